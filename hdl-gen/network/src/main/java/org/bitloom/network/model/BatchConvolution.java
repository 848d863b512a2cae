package org.bitloom.network.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A convolution of a batch with constant weights. */
final class BatchConvolution {
    private final Spatial.Convolution convolution;
    private final Batch image;
    private final Tensor weights;
    private final int perGroup;
    private final int taps;

    /** For each output the taps whose weight is not 0, in the order channel, row, column, and the weights. */
    private final int[][] places;
    private final float[][] factors;

    private BatchConvolution(Spatial.Convolution convolution, Batch image, Tensor weights) {
        this.convolution = convolution;
        this.image = image;
        this.weights = weights;
        this.perGroup = weights.shape().at(1);
        this.taps = weights.shape().stride(0);
        int outputs = weights.shape().at(0);
        this.places = new int[outputs][];
        this.factors = new float[outputs][];
        for (int output = 0; output < outputs; output++) {
            collect(output);
        }
    }

    private void collect(int output) {
        int[] kept = new int[taps];
        float[] values = new float[taps];
        int count = 0;
        for (int tap = 0; tap < taps; tap++) {
            float weight = weights.at(output * taps + tap);
            if (weight != 0) {
                kept[count] = tap;
                values[count++] = weight;
            }
        }
        places[output] = Arrays.copyOf(kept, count);
        factors[output] = Arrays.copyOf(values, count);
    }

    static Batch of(Spatial.Convolution convolution, Batch image, List<BatchKernels.Operand> inputs) {
        Dimensions shape =
                SpatialShapes.output(convolution, inputs.stream().map(BatchKernels.Operand::shape).toList());
        Tensor bias = inputs.size() > 2 ? inputs.get(2).constant() : null;
        BatchConvolution sums = new BatchConvolution(convolution, image, Objects.requireNonNull(inputs.get(1).constant()));
        float[][] result = sums.result(shape);
        if (bias != null) {
            for (int i = 0; i < result.length; i++) {
                BatchSums.add(result[i], bias.at(i / shape.stride(1) % shape.at(1)));
            }
        }
        return Batch.owning(shape, result, image.images());
    }

    /** Position by position: what a kernel sees is looked up once for all outputs of its group. */
    private float[][] result(Dimensions shape) {
        float[][] result = new float[shape.size()][image.images()];
        float[][] seen = new float[taps][];
        float[][] terms = new float[taps][];
        float[] weighted = new float[taps];
        int groups = convolution.groups();
        int outputs = shape.at(1) / groups;
        int positions = shape.stride(1);
        for (int plane = 0; plane < shape.at(0) * groups; plane++) {
            for (int position = 0; position < positions; position++) {
                look(plane, position / shape.at(3), position % shape.at(3), seen);
                for (int output = 0; output < outputs; output++) {
                    int channel = plane % groups * outputs + output;
                    int[] kept = places[channel];
                    int count = 0;
                    for (int k = 0; k < kept.length; k++) {
                        float[] term = seen[kept[k]];
                        if (term != null) {
                            terms[count] = term;
                            weighted[count++] = factors[channel][k];
                        }
                    }
                    BatchSums.add(result[(plane / groups * shape.at(1) + channel) * positions + position], terms, weighted,
                            count);
                }
            }
        }
        return result;
    }

    /** The elements under the kernel at a position, null in the padding; {@code plane} counts batches and groups. */
    private void look(int plane, int y, int x, float[][] seen) {
        int rows = image.shape().at(2);
        int columns = image.shape().at(3);
        int first = plane * perGroup;
        int tap = 0;
        for (int channel = first; channel < first + perGroup; channel++) {
            for (int ky = 0; ky < convolution.rows().kernel(); ky++) {
                int row = convolution.rows().place(y, ky);
                for (int kx = 0; kx < convolution.columns().kernel(); kx++) {
                    int column = convolution.columns().place(x, kx);
                    boolean inside = row >= 0 && row < rows && column >= 0 && column < columns;
                    seen[tap++] = inside ? image.elements()[(channel * rows + row) * columns + column] : null;
                }
            }
        }
    }
}
