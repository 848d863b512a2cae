package org.bitloom.compression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.TensorType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Joining;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Selection;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Tensor;

/**
 * Folds a quantized float model into an integer network that computes the same, exactly: each value of the model is
 * carried as integers of the network and, element by element, the exact real number that an integer stands for. Scales,
 * biases, batch-norm and activations only change what integers stand for; a quantizer turns all that has gathered into
 * integer thresholds; products and convolutions with quantized weights, pools, and the places where paths part and meet
 * are layers of their own.
 *
 * <p>"The same" is meant in exact arithmetic: a float program that rounds after every operation can differ where a
 * value falls within its rounding error of a threshold.
 */
public final class NetworkFolder {
    private final Model model;
    private final NetworkDraft draft;
    private final ProductFolder products;
    private final ConvolutionFolder convolutions;
    private final PoolFolder pools;
    private final SumFolder sums;
    private final BranchFolder branches;
    private final SelectionFolder selections;
    private final Map<String, Value> values = new HashMap<>();
    private final List<String> notes;

    private NetworkFolder(Model model, InputEncoding encoding) {
        this.model = model;
        this.notes = new ArrayList<>(model.notes());
        InputLayout layout = InputLayout.of(model);
        this.draft = new NetworkDraft(new TensorType(layout.shape(), encoding.type()));
        this.products = new ProductFolder(draft, model);
        this.convolutions = new ConvolutionFolder(draft, notes);
        this.pools = new PoolFolder(draft, new ChannelTurner(draft, values));
        this.branches = new BranchFolder(draft);
        this.selections = new SelectionFolder(notes);
        this.sums = new SumFolder(draft, branches);
        Response[] responses = new Response[layout.places().length];
        Arrays.fill(responses, Response.line(encoding.scale(), encoding.offset()));
        Stream stream = new Stream(IntegerNetwork.INPUT, model.inputShape(), layout.places(), responses, null);
        values.put(model.input(), stream);
        model.constants().forEach((name, tensor) -> values.put(name, new Value.Known(tensor)));
    }

    /** The integer network of a model; a {@link NetworkException} names the node that cannot be folded. */
    public static IntegerNetwork fold(Model model, InputEncoding encoding) {
        return withNotes(model, encoding).network();
    }

    /** The same, with what was left out or assumed. */
    public static Folded withNotes(Model model, InputEncoding encoding) {
        try {
            NetworkFolder folder = new NetworkFolder(model, encoding);
            IntegerNetwork network = folder.run();
            return new Folded(network, folder.notes);
        } catch (NetworkException e) {
            throw new NetworkException(model.source() + ": " + e.getMessage(), e);
        }
    }

    private IntegerNetwork run() {
        Map<String, Integer> lastReaders = new HashMap<>();
        for (int i = 0; i < model.nodes().size(); i++) {
            for (String input : model.nodes().get(i).inputs()) {
                lastReaders.put(input, i);
            }
        }
        model.outputs().forEach(lastReaders::remove);
        for (int i = 0; i < model.nodes().size(); i++) {
            Node node = model.nodes().get(i);
            int place = i;
            try {
                fold(node);
                values.keySet().removeIf(name -> lastReaders.getOrDefault(name, place + 1) <= place);
            } catch (NetworkException e) {
                throw new NetworkException(node.label() + ": " + e.getMessage(), e);
            }
        }
        return new OutputFolder(draft, notes).network(model.name(), output());
    }

    /** The one output; of a TopK's values and indexes the index. */
    private Value output() {
        List<Value> outputs = model.outputs().stream().map(values::get)
                .filter(v -> model.outputs().size() == 1 || !(v instanceof Stream s && "TopK".equals(s.reading())))
                .toList();
        if (outputs.size() != 1) {
            throw new NetworkException("the model has " + model.outputs().size()
                    + " outputs; models of exactly one output can be folded: export only the scores or the class");
        }
        return outputs.getFirst();
    }

    private void fold(Node node) {
        List<Value> inputs = node.inputs().stream().map(values::get).toList();
        if (inputs.getFirst() instanceof Value.ClassIndex && !(node.operator() instanceof Movement)
                && !(node.operator() instanceof Activation.Identity)) {
            throw new NetworkException("computes with the index of a class; the index must be the model's output");
        }
        requireReading(node, inputs);
        switch (node.operator()) {
            case Arithmetic arithmetic -> put(node, arithmetic(node, arithmetic, inputs.get(0), inputs.get(1)));
            case Activation activation -> put(node, activation(node, activation, inputs.getFirst()));
            case Linear.MatMul m -> put(node,
                    products.product(node, inputs.get(0).stream(), inputs.get(1), false));
            case Linear.Gemm gemm -> put(node, products.gemm(node, gemm, inputs));
            case Linear.BatchNormalization norm -> put(node,
                    ParameterFolder.normalized(norm, inputs.getFirst().stream()));
            case Quantizer quantizer -> put(node, switch (inputs.getFirst()) {
                case Stream stream -> new QuantizerFolder(draft, node.name(), stream).fold(quantizer);
                case Value.Known(Tensor tensor) -> Lattice.of(quantizer, tensor);
                case Margin m -> throw Margin.misplaced();
                case Lattice l -> throw new NetworkException("quantizes what is already quantized; remove it");
                case Value.ClassIndex c -> throw new IllegalStateException();
            });
            case Movement movement -> move(node, movement, inputs.getFirst());
            case Spatial spatial -> put(node, image(node, spatial, inputs, model.shapeOf(node.output())));
            case Joining.Concat(int axis) -> put(node,
                    branches.concat(node.name(), inputs, axis, model.shapeOf(node.output())));
            case Joining.Sum() -> {
                Value sum = inputs.getFirst();
                for (Value input : inputs.subList(1, inputs.size())) {
                    sum = arithmetic(node, Arithmetic.ADD, sum, input);
                }
                put(node, sum);
            }
            case Selection selection -> selections.fold(node, selection, inputs.getFirst().stream(), values);
        }
    }

    private Value arithmetic(Node node, Arithmetic operation, Value left, Value right) {
        boolean sum = operation == Arithmetic.ADD || operation == Arithmetic.SUBTRACT;
        if (sum && left instanceof Stream a && right instanceof Stream b) {
            return sums.add(node.name(), a, operation == Arithmetic.ADD ? b : b.map(r -> r.times(Rational.of(-1))));
        }
        return ParameterFolder.arithmetic(operation, left, right);
    }

    private Value image(Node node, Spatial operator, List<Value> inputs, Dimensions shape) {
        return switch (operator) {
            case Spatial.Convolution convolution -> convolutions.fold(node, convolution, inputs, shape);
            case Spatial.MaxPool pool -> pools.maximum(node, pool, inputs.getFirst(), shape);
            case Spatial.AveragePool pool -> pools.average(node, pool, inputs.getFirst(), shape);
            case Spatial.Pad pad -> Margin.around(inputs.getFirst(), pad, shape);
        };
    }

    private void move(Node node, Movement movement, Value input) {
        List<Movement.Slice> slices = switch (movement) {
            case Movement.Slice slice -> List.of(slice);
            case Movement.Split split -> split.slices(input.shape());
            case Movement.Reshape r -> List.of();
            case Movement.Transpose t -> List.of();
        };
        if (slices.isEmpty()) {
            put(node, input.moved(movement, model.shapeOf(node.output())));
        }
        for (int i = 0; i < slices.size(); i++) {
            Movement.Slice slice = slices.get(i);
            values.put(node.outputs().get(i), input instanceof Stream stream
                    ? branches.slice(node.name(), stream,
                            stream.shape().slicedIndexes(slice.starts(), slice.target()), slice.target())
                    : input.moved(slice, slice.target()));
        }
    }

    private void put(Node node, Value value) {
        values.put(node.output(), value);
    }

    private static void requireReading(Node node, List<Value> inputs) {
        boolean reads = switch (node.operator()) {
            case Selection s -> true;
            case Movement.Reshape r -> true;
            case Movement.Transpose t -> true;
            case Activation.Identity i -> true;
            default -> false;
        };
        for (Value input : inputs) {
            if (!reads && input instanceof Stream stream && stream.reading() != null) {
                throw new NetworkException("follows a " + stream.reading() + ", which cannot be computed in integers and "
                        + "is supported only at the end of a model; replace it by a quantized activation");
            }
        }
    }

    private Value activation(Node node, Activation activation, Value input) {
        if (activation instanceof Activation.Identity) {
            return input;
        }
        if (input instanceof Lattice lattice && activation instanceof Activation.Negate) {
            return lattice.times(Rational.of(-1));
        }
        if (input instanceof Margin) {
            throw Margin.misplaced();
        }
        if (!(input instanceof Stream stream)) {
            throw new NetworkException("changes quantized weights; quantize the final weights instead");
        }
        return switch (activation) {
            case Activation.Identity i -> stream;
            case Activation.Negate n -> stream.map(r -> r.times(Rational.of(-1)));
            case Activation.Relu r -> stream.map(response -> response.clipped(Rational.ZERO, null));
            case Activation.Clip clip -> {
                Rational low = Float.isInfinite(clip.min()) ? null : Rational.of(clip.min());
                Rational high = Float.isInfinite(clip.max()) ? null : Rational.of(clip.max());
                yield stream.map(response -> response.clipped(low, high));
            }
            case Activation.Sign s -> new QuantizerFolder(draft, node.name(), stream).sign();
            case Activation.Sigmoid s -> selections.dropped(node, "sigmoid", stream);
            case Activation.HyperbolicTangent t -> selections.dropped(node, "tanh", stream);
            case Activation.SquareRoot s -> throw new NetworkException("takes the square root of data, which cannot be "
                    + "folded; replace it by a quantized activation");
        };
    }
}
