package org.bitloom.compression.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Tensor;
import org.jspecify.annotations.Nullable;

/** {@code y = factor[c] · x + term[c]} for each channel c of a value. */
record PerChannel(double[] factor, double[] term) {
    static PerChannel identity(int channels) {
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        return new PerChannel(ones, new double[channels]);
    }

    /** What a node does to {@code value} of the given shape, or null where it is nothing of this kind. */
    static @Nullable PerChannel of(Node node, String value, Dimensions shape, int axis, Map<String, Tensor> constants) {
        int channels = shape.at(axis);
        return switch (node.operator()) {
            case Activation.Identity i -> identity(channels);
            case Linear.BatchNormalization norm when axis == 1 -> of(norm);
            case Arithmetic arithmetic -> {
                boolean first = node.inputs().getFirst().equals(value);
                Tensor constant = constants.get(node.inputs().get(first ? 1 : 0));
                double[] numbers = constant == null ? null : numbers(constant, shape, axis);
                yield numbers == null ? null : of(arithmetic, first, numbers);
            }
            default -> null;
        };
    }

    /** {@code gamma · (x − mean) / sqrt(variance + epsilon) + beta}. */
    static PerChannel of(Linear.BatchNormalization norm) {
        double[] factor = new double[norm.channels()];
        double[] term = new double[norm.channels()];
        for (int c = 0; c < factor.length; c++) {
            factor[c] = norm.gamma().at(c) / Math.sqrt((double) norm.variance().at(c) + norm.epsilon());
            term[c] = norm.beta().at(c) - norm.mean().at(c) * factor[c];
        }
        return new PerChannel(factor, term);
    }

    private static @Nullable PerChannel of(Arithmetic operation, boolean first, double[] numbers) {
        PerChannel none = identity(numbers.length);
        return switch (operation) {
            case ADD -> new PerChannel(none.factor, numbers);
            case SUBTRACT -> first ? new PerChannel(none.factor, negated(numbers))
                    : new PerChannel(negated(none.factor), numbers);
            case MULTIPLY -> new PerChannel(numbers, none.term);
            case DIVIDE -> first && Arrays.stream(numbers).allMatch(n -> n != 0)
                    ? new PerChannel(Arrays.stream(numbers).map(n -> 1 / n).toArray(), none.term) : null;
            case POWER -> null;
        };
    }

    private static double[] negated(double[] numbers) {
        return Arrays.stream(numbers).map(n -> -n).toArray();
    }

    /** The numbers of a constant by channel; null where it differs within one, or makes the value larger. */
    private static double @Nullable [] numbers(Tensor constant, Dimensions shape, int axis) {
        List<Integer> sizes = constant.shape().sizes();
        int channelAt = sizes.size() - (shape.rank() - axis);
        for (int i = 0; i < sizes.size(); i++) {
            if (sizes.get(i) != 1 && (i != channelAt || sizes.get(i) != shape.at(axis))) {
                return null;
            }
        }
        if (sizes.size() > shape.rank()) {
            return null;
        }
        double[] numbers = new double[shape.at(axis)];
        Arrays.setAll(numbers, c -> constant.at(constant.size() == 1 ? 0 : c));
        return numbers;
    }

    /** This and then another. */
    PerChannel then(PerChannel next) {
        double[] factors = new double[factor.length];
        double[] terms = new double[term.length];
        for (int c = 0; c < factors.length; c++) {
            factors[c] = factor[c] * next.factor[c];
            terms[c] = term[c] * next.factor[c] + next.term[c];
        }
        return new PerChannel(factors, terms);
    }
}
