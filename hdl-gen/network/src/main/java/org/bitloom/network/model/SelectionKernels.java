package org.bitloom.network.model;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The selections in float32; indexes are given as floats, exact because a tensor axis stays below 2^24. */
final class SelectionKernels {
    private SelectionKernels() {
    }

    static List<Tensor> apply(Selection selection, Tensor x) {
        int length = x.shape().at(selection.axis());
        int stride = x.shape().stride(selection.axis());
        List<Dimensions> shapes = ShapeRules.outputs(selection, List.of(x.shape()));
        int lanes = x.size() / length;
        int depth = shapes.getFirst().size() / lanes;
        float[] first = new float[lanes * depth];
        float[] second = new float[lanes * depth];
        for (int lane = 0; lane < lanes; lane++) {
            int start = lane / stride * stride * length + lane % stride;
            int target = lane / stride * stride * depth + lane % stride;
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = x.at(start + i * stride);
            }
            switch (selection) {
                case Selection.ArgMax max -> first[target] = order(values, true)[0];
                case Selection.TopK top -> {
                    int[] order = order(values, top.largest());
                    for (int i = 0; i < top.k(); i++) {
                        first[target + i * stride] = values[order[i]];
                        second[target + i * stride] = order[i];
                    }
                }
                case Selection.Softmax softmax -> {
                    float[] probabilities = softmax(values, softmax.logarithm());
                    for (int i = 0; i < length; i++) {
                        first[target + i * stride] = probabilities[i];
                    }
                }
            }
        }
        return shapes.size() == 1 ? List.of(Tensor.owning(shapes.getFirst(), first))
                : List.of(Tensor.owning(shapes.get(0), first), Tensor.owning(shapes.get(1), second));
    }

    /** Indexes from the largest (smallest) value on; equal values in order of index, since the sort is stable. */
    private static int[] order(float[] values, boolean largest) {
        Comparator<Integer> ascending = (i, j) -> values[i] == values[j] ? 0 : Float.compare(values[i], values[j]);
        return IntStream.range(0, values.length).boxed().sorted(largest ? ascending.reversed() : ascending)
                .mapToInt(Integer::intValue).toArray();
    }

    private static float[] softmax(float[] values, boolean logarithm) {
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (float value : values) {
            sum += Math.exp(value - max);
        }
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (logarithm ? values[i] - max - Math.log(sum) : Math.exp(values[i] - max) / sum);
        }
        return result;
    }
}
