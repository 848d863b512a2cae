package org.bitloom.compression.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitloom.compression.InputEncoding;
import org.bitloom.network.Rational;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Joining;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Where activations are quantized: before each product, pool, sum and concatenation whose data is not a multiple of
 * integers already, behind the ReLU where there is one, so that an unsigned quantizer takes its place. The model's input
 * is integers as it comes; a mean that is subtracted from it is rounded to whole steps.
 */
final class QuantizationPlanner {
    private final Model model;
    private final Recipe recipe;
    private final InputEncoding encoding;
    private final Set<String> known;
    private final List<QuantizationPlan.Step> steps = new ArrayList<>();
    private final Map<String, Meaning> meanings = new HashMap<>();
    private final Map<String, Site> sites = new HashMap<>();
    private final SharedFormats formats = new SharedFormats();
    private final Map<String, String> makers = new HashMap<>();

    QuantizationPlanner(Model model, Recipe recipe, InputEncoding encoding) {
        this.model = model;
        this.recipe = recipe;
        this.encoding = encoding;
        this.known = new HashSet<>(model.constants().keySet());
    }

    QuantizationPlan plan() {
        Rational lowest = encoding.scale().times(Rational.of(encoding.type().min())).plus(encoding.offset());
        meanings.put(model.input(), new Meaning.Grid(null, encoding.scale(), lowest.signum() >= 0, null));
        makers.put(model.input(), "input");
        for (Node node : model.nodes()) {
            node.outputs().forEach(output -> makers.put(output, node.name()));
            if (known.containsAll(node.inputs())) {
                known.addAll(node.outputs());
                copy(node, Map.of());
                continue;
            }
            Meaning meaning = visit(node);
            node.outputs().forEach(output -> meanings.put(output, meaning));
        }
        return new QuantizationPlan(steps, formats.groups());
    }

    private Meaning visit(Node node) {
        return switch (node.operator()) {
            case Operator linear when linear.takesWeights() && known.contains(node.inputs().get(1)) -> {
                Map<Integer, Site> needed = new HashMap<>();
                Meaning.Grid data = grid(node, 0, needed);
                steps.add(new QuantizationPlan.Step.Copy(node, needed, data));
                yield new Meaning.Real(false, node.name());
            }
            case Activation activation -> activation(node, activation);
            case Arithmetic arithmetic -> arithmetic(node, arithmetic);
            case Joining.Sum() -> joined(node);
            case Joining.Concat c -> joined(node);
            case Movement m -> same(node);
            case Spatial.AveragePool pool -> {
                Meaning.Grid data = quantized(node);
                yield new Meaning.Real(data.nonNegative(), data.layer());
            }
            case Spatial.MaxPool pool -> quantized(node);
            case Spatial.Pad pad -> quantized(node);
            default -> {
                copy(node, Map.of());
                yield new Meaning.Real(false, meaning(node, 0).layer());
            }
        };
    }

    private Meaning meaning(Node node, int input) {
        Meaning meaning = meanings.get(node.inputs().get(input));
        return meaning == null ? new Meaning.Real(false, null) : meaning;
    }

    private void copy(Node node, Map<Integer, Site> needed) {
        steps.add(new QuantizationPlan.Step.Copy(node, needed, null));
    }

    private Meaning same(Node node) {
        copy(node, Map.of());
        return meaning(node, 0);
    }

    private Meaning.Grid quantized(Node node) {
        Map<Integer, Site> needed = new HashMap<>();
        Meaning.Grid data = grid(node, 0, needed);
        copy(node, needed);
        return data;
    }

    /** What an input stands for, quantized where it is not; the site at which it is goes into {@code needed}. */
    private Meaning.Grid grid(Node node, int input, Map<Integer, Site> needed) {
        if (meaning(node, input) instanceof Meaning.Grid grid) {
            return grid;
        }
        return quantizedAgain(node, input, needed);
    }

    private Meaning.Grid quantizedAgain(Node node, int input, Map<Integer, Site> needed) {
        String value = node.inputs().get(input);
        Meaning meaning = meaning(node, input);
        Site site = sites.get(value);
        if (site == null) {
            String layer = meaning.layer();
            LayerFormat format = layer == null ? recipe.standard() : recipe.of(layer);
            site = new Site(value, makers.get(value) + "_quantized", null);
            formats.add(site, format.activationBits(), !meaning.nonNegative());
            sites.put(value, site);
            steps.add(new QuantizationPlan.Step.Quantize(site));
        }
        needed.put(input, site);
        return new Meaning.Grid(site, Rational.ONE, meaning.nonNegative(), meaning.layer());
    }

    /** Operands of a sum or concatenation get one format. */
    private Meaning joined(Node node) {
        Map<Integer, Site> needed = new HashMap<>();
        Meaning.Grid first = null;
        boolean nonNegative = true;
        for (int input = 0; input < node.inputs().size(); input++) {
            if (known.contains(node.inputs().get(input))) {
                continue;
            }
            Meaning.Grid grid = grid(node, input, needed);
            if (!grid.canJoin()) {
                grid = quantizedAgain(node, input, needed);
            }
            nonNegative &= grid.nonNegative();
            if (first == null) {
                first = grid;
            } else if (first.site() != null && grid.site() != null) {
                formats.join(first.site(), grid.site());
            }
        }
        copy(node, needed);
        if (first == null) {
            throw new IllegalStateException(node.name());
        }
        return node.operator() instanceof Joining.Concat
                ? new Meaning.Grid(first.site(), Rational.ONE, nonNegative, first.layer())
                : new Meaning.Real(nonNegative && node.operator() != Arithmetic.SUBTRACT, first.layer());
    }

    private Meaning activation(Node node, Activation activation) {
        Meaning before = meaning(node, 0);
        return switch (activation) {
            case Activation.Identity i -> same(node);
            case Activation.Relu r when before.nonNegative() -> nothing(node);
            case Activation.Clip clip when before.nonNegative() && clip.min() <= 0 && clip.max() == Float.POSITIVE_INFINITY ->
                    nothing(node);
            case Activation.Relu r -> {
                copy(node, Map.of());
                yield new Meaning.Real(true, before.layer());
            }
            case Activation.Clip clip -> {
                copy(node, Map.of());
                yield new Meaning.Real(clip.min() >= 0, before.layer());
            }
            default -> {
                copy(node, Map.of());
                yield new Meaning.Real(activation instanceof Activation.Sigmoid, before.layer());
            }
        };
    }

    /** A node that changes no number. */
    private Meaning nothing(Node node) {
        copy(new Node(node.name(), node.label(), new Activation.Identity(), node.inputs(), node.outputs()), Map.of());
        return meaning(node, 0);
    }

    private Meaning arithmetic(Node node, Arithmetic operation) {
        boolean left = known.contains(node.inputs().getFirst());
        if (!left && !known.contains(node.inputs().get(1))) {
            boolean sum = operation == Arithmetic.ADD || operation == Arithmetic.SUBTRACT;
            return sum ? joined(node) : plain(node);
        }
        Tensor constant = model.constants().get(node.inputs().get(left ? 0 : 1));
        Meaning before = meaning(node, left ? 1 : 0);
        if (constant == null) {
            return plain(node);
        }
        Float same = common(constant);
        return switch (operation) {
            case MULTIPLY -> same == null || same == 0 ? plain(node) : scaled(node, before, Rational.of(same));
            case DIVIDE -> left || same == null || same == 0 ? plain(node)
                    : scaled(node, before, Rational.ONE.over(Rational.of(same)));
            case ADD, SUBTRACT -> before instanceof Meaning.Grid grid && grid.site() == null
                    && !(left && operation == Arithmetic.SUBTRACT) ? shifted(node, grid, left ? 0 : 1, constant) : plain(node);
            case POWER -> plain(node);
        };
    }

    private Meaning plain(Node node) {
        copy(node, Map.of());
        return new Meaning.Real(false, meaning(node, 0).layer());
    }

    private static @Nullable Float common(Tensor constant) {
        for (int i = 1; i < constant.size(); i++) {
            if (constant.at(i) != constant.at(0)) {
                return null;
            }
        }
        return constant.at(0);
    }

    private Meaning scaled(Node node, Meaning before, Rational factor) {
        copy(node, Map.of());
        boolean nonNegative = before.nonNegative() && factor.signum() > 0;
        return switch (before) {
            case Meaning.Grid(Site site, Rational step, boolean n, String layer) ->
                    new Meaning.Grid(site, step.times(factor), nonNegative, layer);
            case Meaning.Real real -> new Meaning.Real(nonNegative, real.layer());
        };
    }

    /** The input less a mean: whole steps, the mean rounded, in as many bits as it takes. */
    private Meaning shifted(Node node, Meaning.Grid before, int constant, Tensor mean) {
        double step = before.factor().doubleValue();
        float[] rounded = mean.toArray();
        long least = 0;
        long greatest = 0;
        for (int i = 0; i < rounded.length; i++) {
            double steps = rounded[i] / step;
            long whole = (long) Math.copySign(Math.floor(Math.abs(steps) + 0.5), steps);
            rounded[i] = (float) (whole * step);
            long added = node.operator() == Arithmetic.SUBTRACT ? -whole : whole;
            least = Math.min(least, added);
            greatest = Math.max(greatest, added);
        }
        least += encoding.type().min();
        greatest += encoding.type().max();
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(greatest, ~least)) + 1;
        if (bits > LayerFormat.MAX_ACTIVATION_BITS || !(step > 0)) {
            return plain(node);
        }
        Site site = new Site(node.output(), node.name() + "_quantized", new ActivationFormat(bits, true, (float) step));
        steps.add(new QuantizationPlan.Step.Shift(node, constant, Tensor.of(mean.shape(), rounded), site));
        return new Meaning.Grid(site, Rational.ONE, false, null);
    }
}
