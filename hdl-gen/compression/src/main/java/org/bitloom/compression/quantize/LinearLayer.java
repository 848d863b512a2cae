package org.bitloom.compression.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution or matrix product of data with constant weights, and its bias.
 *
 * @param weightAxis the axis of the weights that counts output channels
 * @param axis       the axis of the output that does
 */
record LinearLayer(Node node, Tensor weights, double[] bias, int weightAxis, int axis) {
    /** The layer that a node is, or null. */
    static @Nullable LinearLayer of(Node node, Map<String, Tensor> constants, Dimensions output) {
        if (!node.operator().takesWeights() || constants.containsKey(node.inputs().getFirst())) {
            return null;
        }
        Tensor weights = constants.get(node.inputs().get(1));
        if (weights == null) {
            return null;
        }
        return switch (node.operator()) {
            case Spatial.Convolution convolution -> of(node, constants, weights, 0, 1, output, 1, 1);
            case Linear.Gemm gemm ->
                    of(node, constants, weights, gemm.transposeB() ? 0 : 1, 1, output, gemm.alpha(), gemm.beta());
            default -> of(node, constants, weights, 1, output.rank() - 1, output, 1, 1);
        };
    }

    private static @Nullable LinearLayer of(Node node, Map<String, Tensor> constants, Tensor weights, int weightAxis,
            int axis, Dimensions output, float alpha, float beta) {
        double[] bias = new double[output.at(axis)];
        if (node.inputs().size() > 2) {
            Tensor constant = constants.get(node.inputs().get(2));
            if (constant == null || constant.size() != 1 && constant.size() != bias.length) {
                return null;
            }
            Arrays.setAll(bias, c -> (double) beta * constant.at(constant.size() == 1 ? 0 : c));
        }
        Tensor scaled = alpha == 1 ? weights : times(weights, i -> alpha);
        return new LinearLayer(node, scaled, bias, weightAxis, axis);
    }

    private interface Factor {
        double at(int element);
    }

    private static Tensor times(Tensor tensor, Factor factor) {
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * factor.at(i));
        }
        return Tensor.of(tensor.shape(), values);
    }

    /** The layer that gives what this one and a change of each channel give. */
    LinearLayer then(PerChannel change) {
        int stride = weights.shape().stride(weightAxis);
        double[] factor = change.factor();
        double[] changed = new double[bias.length];
        Arrays.setAll(changed, c -> bias[c] * factor[c] + change.term()[c]);
        return new LinearLayer(node, times(weights, i -> factor[i / stride % factor.length]), changed, weightAxis, axis);
    }

    /** Appends the layer, giving a value of that name. */
    void addTo(ModelDraft draft, String output) {
        String data = node.inputs().getFirst();
        String weight = draft.constant(node.inputs().get(1), weights);
        float[] numbers = new float[bias.length];
        for (int c = 0; c < numbers.length; c++) {
            numbers[c] = (float) bias[c];
        }
        boolean biased = Arrays.stream(bias).anyMatch(number -> (float) number != 0);
        Tensor biases = Tensor.of(Dimensions.of(numbers.length), numbers);
        List<String> plain = List.of(data, weight);
        switch (node.operator()) {
            case Linear.Gemm gemm when !biased ->
                    put(draft, new Linear.Gemm(1, 1, gemm.transposeA(), gemm.transposeB()), plain, output);
            case Linear.MatMul m when biased && axis != 1 -> {
                String sums = draft.value(node.name() + "_sums");
                put(draft, m, plain, sums);
                draft.add(node.name() + "_bias", node.label(), Arithmetic.ADD,
                        List.of(sums, draft.constant(node.name() + "_bias", biases)), output);
            }
            case Operator operator when !biased -> put(draft, operator, plain, output);
            case Operator operator -> {
                Operator with = switch (operator) {
                    case Linear.Gemm gemm -> new Linear.Gemm(1, 1, gemm.transposeA(), gemm.transposeB());
                    case Linear.MatMul m -> new Linear.Gemm(1, 1, false, false);
                    default -> operator;
                };
                put(draft, with, List.of(data, weight, draft.constant(node.name() + "_bias", biases)), output);
            }
        }
    }

    private void put(ModelDraft draft, Operator operator, List<String> inputs, String output) {
        draft.add(new Node(node.name(), node.label(), operator, inputs, List.of(output)));
    }
}
