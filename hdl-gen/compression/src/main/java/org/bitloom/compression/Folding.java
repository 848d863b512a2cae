package org.bitloom.compression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.Shape;
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
import org.jspecify.annotations.Nullable;

/**
 * Folds a quantized float model into an integer network that computes the same, exactly: each value of the model is
 * carried as integers of the network and, element by element, the exact real number that an integer stands for. Scales,
 * biases, batch-norm and activations only change what integers stand for; a quantizer turns all that has gathered into
 * integer thresholds; a product with quantized weights is a dense layer.
 *
 * <p>"The same" is meant in exact arithmetic: a float program that rounds after every operation can differ where a
 * value falls within its rounding error of a threshold.
 */
public final class Folding {
    private final Model model;
    private final NetworkDraft draft;
    private final ProductFolder products;
    private final Map<String, Value> values = new HashMap<>();
    private final List<String> notes;

    private Folding(Model model, InputEncoding encoding) {
        this.model = model;
        this.notes = new ArrayList<>(model.notes());
        Dimensions shape = model.inputShape();
        TensorType input = new TensorType(integerShape(shape), encoding.type());
        this.draft = new NetworkDraft(input);
        this.products = new ProductFolder(draft, model);
        Stream stream = Stream.of(IntegerNetwork.INPUT, shape, Response.line(encoding.scale(), encoding.offset()));
        if (shape.rank() == 4) {
            // The file has channel, row, column; the integer network row, column, channel.
            List<Integer> channelLast = List.of(0, 2, 3, 1);
            int[] places = new int[shape.size()];
            int[] from = shape.transposedIndexes(channelLast);
            for (int i = 0; i < from.length; i++) {
                places[from[i]] = i;
            }
            stream = new Stream(stream.layer(), shape, places, stream.responses(), null);
        }
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
            Folding folding = new Folding(model, encoding);
            IntegerNetwork network = folding.run();
            return new Folded(network, folding.notes);
        } catch (NetworkException e) {
            throw new NetworkException(model.source() + ": " + e.getMessage(), e);
        }
    }

    /** Channel last and without the batch. */
    private static Shape integerShape(Dimensions shape) {
        if (shape.rank() > 1 && shape.at(0) != 1) {
            throw new NetworkException("the input has the shape " + shape + ", a batch of " + shape.at(0)
                    + "; export with a batch of 1 or a dynamic batch");
        }
        return switch (shape.rank()) {
            case 1 -> Shape.of(shape.at(0));
            case 4 -> Shape.of(shape.at(2), shape.at(3), shape.at(1));
            case 0 -> throw new NetworkException("the input is a single number; it must be a vector or an image");
            default -> new Shape(shape.sizes().subList(1, shape.rank()));
        };
    }

    private IntegerNetwork run() {
        for (Node node : model.nodes()) {
            try {
                fold(node);
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
        if (inputs.stream().anyMatch(v -> v instanceof Stream s && s.reading() != null)) {
            requireReading(node, ((Stream) inputs.getFirst()).reading());
        }
        switch (node.operator()) {
            case Arithmetic arithmetic -> put(node, ParameterFolder.arithmetic(arithmetic, inputs.get(0), inputs.get(1)));
            case Activation activation -> put(node, activation(node, activation, inputs.getFirst()));
            case Linear.MatMul m -> put(node,
                    products.product(node, inputs.get(0).stream(), inputs.get(1), false));
            case Linear.Gemm gemm -> put(node, products.gemm(node, gemm, inputs));
            case Linear.BatchNormalization norm -> put(node,
                    ParameterFolder.normalized(norm, inputs.getFirst().stream()));
            case Quantizer quantizer -> put(node, switch (inputs.getFirst()) {
                case Stream stream -> new QuantizerFolder(draft, node.name(), stream).fold(quantizer);
                case Value.Known(Tensor tensor) -> Lattice.of(quantizer, tensor);
                case Lattice l -> throw new NetworkException("quantizes what is already quantized; remove it");
                case Value.ClassIndex c -> throw new IllegalStateException();
            });
            case Movement movement -> put(node,
                    inputs.getFirst().moved(movement, model.shapeOf(node.output())));
            case Spatial s -> throw new NetworkException("cannot be folded yet");
            case Joining j -> throw new NetworkException("cannot be folded yet");
            case Selection selection -> selection(node, selection, inputs.getFirst().stream());
        }
    }

    private void put(Node node, Value value) {
        values.put(node.output(), value);
    }

    private static void requireReading(Node node, @Nullable String reading) {
        boolean reads = switch (node.operator()) {
            case Selection s -> true;
            case Movement m -> true;
            case Activation.Identity i -> true;
            default -> false;
        };
        if (!reads) {
            throw new NetworkException("follows a " + reading + ", which cannot be computed in integers and is supported "
                    + "only at the end of a model; replace it by a quantized activation");
        }
    }

    private Value activation(Node node, Activation activation, Value input) {
        if (activation instanceof Activation.Identity) {
            return input;
        }
        if (input instanceof Lattice lattice && activation instanceof Activation.Negate) {
            return lattice.times(Rational.of(-1));
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
            case Activation.Sigmoid s -> dropped(node, "sigmoid", stream);
            case Activation.HyperbolicTangent t -> dropped(node, "tanh", stream);
            case Activation.SquareRoot s -> throw new NetworkException("takes the square root of data, which cannot be "
                    + "folded; replace it by a quantized activation");
        };
    }

    /** A strictly rising function at the end changes no order: the scores before it are given. */
    private Stream dropped(Node node, String what, Stream stream) {
        notes.add("The " + what + " at the end (" + node.label() + ") is left out: it does not change the order of the "
                + "scores.");
        return stream.read(what);
    }

    private void selection(Node node, Selection selection, Stream scores) {
        if (scores.shape().at(selection.axis()) != scores.size()) {
            throw new NetworkException("works along axis " + selection.axis() + " of shape " + scores.shape()
                    + "; only one vector of scores is supported");
        }
        switch (selection) {
            case Selection.Softmax softmax -> put(node, dropped(node, softmax.logarithm() ? "log-softmax" : "softmax",
                    scores));
            case Selection.ArgMax max -> put(node, new Value.ClassIndex(scores));
            case Selection.TopK top -> topK(node, top, scores);
        }
    }

    /** The best class is its index; more than one is left to whoever reads the scores. */
    private void topK(Node node, Selection.TopK top, Stream scores) {
        if (!top.largest()) {
            throw new NetworkException("asks for the smallest elements (largest=0), which is not supported; negate the "
                    + "scores");
        }
        String indexes = node.outputs().getLast();
        if (top.k() == 1) {
            values.put(indexes, new Value.ClassIndex(scores));
        } else {
            notes.add("The TopK at the end (" + node.label() + ") is left out: all scores are given.");
            values.put(indexes, scores.read("TopK"));
        }
        values.put(node.output(), scores.read("TopK"));
    }
}
