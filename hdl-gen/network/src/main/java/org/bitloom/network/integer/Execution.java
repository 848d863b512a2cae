package org.bitloom.network.integer;

import java.util.List;
import java.util.function.IntToLongFunction;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;

/** One operation applied to its inputs, by its definition. */
final class Execution {
    private Execution() { }

    static long[] apply(Operation operation, List<TensorType> types, Shape output, List<long[]> inputs) {
        TensorType type = types.getFirst();
        long[] values = inputs.getFirst();
        return switch (operation) {
            case Operation.Dense dense -> dense(dense, type.type(), values);
            case Operation.Convolution convolution -> convolution(convolution, type, output, values);
            case Operation.MaxPool(Window window, Padding padding) ->
                new Pooling(window, padding, type.shape(), output).of(values, Long.MIN_VALUE, Math::max);
            case Operation.SumPool(Window window, Padding padding) ->
                new Pooling(window, padding, type.shape(), output).of(values, 0, Long::sum);
            case Operation.Add() -> sum(values, inputs.get(1));
            case Operation.Concat concat -> concat(types, output, inputs);
            case Operation.Slice slice -> slice(slice, type.shape(), output, values);
            case Operation.Threshold threshold -> threshold(threshold, type.shape(), values);
            case Operation.Requantize requantize -> requantized(requantize, type.shape(), values);
            case Operation.Offset offset -> sum(values, offset.offsets().stream().mapToLong(Long::longValue).toArray());
            case Operation.PositionScale scale -> scaled(scale, type.shape(), values);
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
            case Weights.IntegerMatrix matrix -> row -> matrix.product(row, values);
            case Weights.BitMasked masked -> row -> masked.values().product(row, values);
        };
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sums = new long[a.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = a[i] + b[i];
        }
        return sums;
    }

    private static long[] concat(List<TensorType> types, Shape output, List<long[]> inputs) {
        long[] joined = new long[output.size()];
        int at = 0;
        for (int pixel = 0; pixel < output.size() / output.channels(); pixel++) {
            for (int i = 0; i < inputs.size(); i++) {
                int channels = types.get(i).shape().channels();
                for (int channel = 0; channel < channels; channel++) {
                    joined[at++] = inputs.get(i)[pixel * channels + channel];
                }
            }
        }
        return joined;
    }

    private static long[] slice(Operation.Slice slice, Shape input, Shape output, long[] values) {
        long[] run = new long[output.size()];
        for (int i = 0; i < run.length; i++) {
            int pixel = i / slice.channels();
            run[i] = values[pixel * input.channels() + slice.first() + i % slice.channels()];
        }
        return run;
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

    private static long[] requantized(Operation.Requantize requantize, Shape shape, long[] values) {
        ValueType type = requantize.outputType();
        long[] results = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            int channel = i % shape.channels();
            long scaled = values[i] * requantize.multiplier(channel) + requantize.offset(channel);
            results[i] = Math.clamp(scaled >> requantize.shift(), type.min(), type.max());
        }
        return results;
    }

    private static long[] scaled(Operation.PositionScale scale, Shape shape, long[] values) {
        long[] results = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            int position = i / shape.channels();
            results[i] = values[i] * scale.rows().get(position / shape.width())
                    * scale.columns().get(position % shape.width());
        }
        return results;
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
