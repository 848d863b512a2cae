package org.bitloom.network.integer;

import java.util.List;
import java.util.function.IntToLongFunction;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;

/** One operation applied to one input, by its definition. */
final class Execution {
    private Execution() { }

    static long[] apply(Operation operation, TensorType input, Shape output, long[] values) {
        return switch (operation) {
            case Operation.Dense dense -> dense(dense, input.type(), values);
            case Operation.Convolution convolution -> convolution(convolution, input, output, values);
            case Operation.MaxPool pool -> maxPool(pool.window(), input.shape(), output, values);
            case Operation.Threshold threshold -> threshold(threshold, input.shape(), values);
            case Operation.ArgMax() -> new long[] {firstMaximum(values)};
        };
    }

    private static long[] dense(Operation.Dense dense, ValueType type, long[] values) {
        IntToLongFunction product = rowProduct(dense.weights(), type, values);
        long[] sums = new long[dense.weights().rows()];
        for (int row = 0; row < sums.length; row++) {
            sums[row] = biasOf(dense.bias(), row) + product.applyAsLong(row);
        }
        return sums;
    }

    /** A convolution is a dense layer on the patch under each position of the kernel. */
    private static long[] convolution(Operation.Convolution convolution, TensorType input, Shape output,
            long[] image) {
        long[] sums = new long[output.size()];
        Patch patch = new Patch(convolution, input.shape());
        int rowsPerGroup = convolution.weights().rows() / convolution.groups();
        int at = 0;
        for (int y = 0; y < output.height(); y++) {
            for (int x = 0; x < output.width(); x++) {
                for (int group = 0; group < convolution.groups(); group++) {
                    IntToLongFunction product =
                            rowProduct(convolution.weights(), input.type(), patch.at(image, y, x, group));
                    for (int row = group * rowsPerGroup; row < (group + 1) * rowsPerGroup; row++) {
                        sums[at++] = biasOf(convolution.bias(), row) + product.applyAsLong(row);
                    }
                }
            }
        }
        return sums;
    }

    private static long biasOf(List<Long> bias, int row) {
        return bias.isEmpty() ? 0 : bias.get(row);
    }

    /** Σ weights[row, column] · values[column], as a function of the row. */
    private static IntToLongFunction rowProduct(Weights weights, ValueType type, long[] values) {
        return switch (weights) {
            case Weights.Binary binary -> {
                BitPlanes planes = BitPlanes.of(type, values);
                yield row -> planes.product(binary, row);
            }
            case Weights.IntegerMatrix matrix -> row -> {
                long sum = 0;
                for (int column = 0; column < values.length; column++) {
                    sum += matrix.at(row, column) * values[column];
                }
                return sum;
            };
        };
    }

    private static long[] maxPool(Window window, Shape in, Shape out, long[] image) {
        long[] maxima = new long[out.size()];
        int at = 0;
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                for (int channel = 0; channel < out.channels(); channel++) {
                    long max = Long.MIN_VALUE;
                    for (int ky = 0; ky < window.kernelHeight(); ky++) {
                        for (int kx = 0; kx < window.kernelWidth(); kx++) {
                            int row = y * window.strideHeight() + ky * window.dilationHeight();
                            int column = x * window.strideWidth() + kx * window.dilationWidth();
                            max = Math.max(max, image[(row * in.width() + column) * in.channels() + channel]);
                        }
                    }
                    maxima[at++] = max;
                }
            }
        }
        return maxima;
    }

    private static long[] threshold(Operation.Threshold threshold, Shape shape, long[] values) {
        ThresholdTable table = threshold.table();
        ValueType type = threshold.outputType();
        long[] levels = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            int channel = table.channels() == 1 ? 0 : i % shape.channels();
            levels[i] = type.min() + type.step() * table.level(channel, values[i]);
        }
        return levels;
    }

    private static int firstMaximum(long[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
