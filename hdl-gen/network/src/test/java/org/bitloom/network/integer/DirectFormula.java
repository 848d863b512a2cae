package org.bitloom.network.integer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;

/**
 * Each operation computed the other way round from the golden model: the padded image exists as a whole, and every
 * input is added to the outputs that it reaches (the golden model collects the inputs of each output).
 */
final class DirectFormula {
    private DirectFormula() { }

    static long[] apply(Operation operation, Shape shape, long[] in) {
        return apply(operation, List.of(shape), List.of(in));
    }

    static long[] apply(Operation operation, List<Shape> shapes, List<long[]> inputs) {
        Shape shape = shapes.getFirst();
        long[] in = inputs.getFirst();
        return switch (operation) {
            case Operation.Dense(Weights weights, var bias) -> {
                long[] out = start(weights.rows(), bias);
                for (int column = 0; column < in.length; column++) {
                    for (int row = 0; row < out.length; row++) {
                        out[row] += in[column] * weights.at(row, column);
                    }
                }
                yield out;
            }
            case Operation.Convolution convolution -> convolution(convolution, shape, in);
            case Operation.MaxPool(Window window, Padding padding) ->
                pool(window, padding, shape, in, Long.MIN_VALUE, Math::max);
            case Operation.SumPool(Window window, Padding padding) -> pool(window, padding, shape, in, 0, Long::sum);
            case Operation.Add() -> {
                long[] out = in.clone();
                Arrays.setAll(out, i -> out[i] + inputs.get(1)[i]);
                yield out;
            }
            case Operation.Concat concat -> {
                int channels = shapes.stream().mapToInt(Shape::channels).sum();
                long[] out = new long[in.length / shape.channels() * channels];
                int first = 0;
                for (int i = 0; i < inputs.size(); i++) {
                    int width = shapes.get(i).channels();
                    for (int k = 0; k < inputs.get(i).length; k++) {
                        out[k / width * channels + first + k % width] = inputs.get(i)[k];
                    }
                    first += width;
                }
                yield out;
            }
            case Operation.Slice(int first, int channels) -> IntStream.range(0, in.length)
                    .filter(i -> i % shape.channels() >= first && i % shape.channels() < first + channels)
                    .mapToLong(i -> in[i]).toArray();
            case Operation.Threshold threshold -> threshold(threshold, shape, in);
            case Operation.Requantize requantize -> IntStream.range(0, in.length)
                    .mapToLong(i -> requantize(requantize, i % shape.channels(), in[i])).toArray();
            case Operation.Offset(var offsets) ->
                IntStream.range(0, in.length).mapToLong(i -> in[i] + offsets.get(i)).toArray();
            case Operation.PositionScale(var rows, var columns) -> {
                long[] out = new long[in.length];
                for (int y = 0; y < shape.height(); y++) {
                    for (int x = 0; x < shape.width(); x++) {
                        for (int c = 0; c < shape.channels(); c++) {
                            int i = (y * shape.width() + x) * shape.channels() + c;
                            out[i] = in[i] * (rows.get(y) * columns.get(x));
                        }
                    }
                }
                yield out;
            }
            case Operation.ArgMax() -> {
                long max = Arrays.stream(in).max().orElseThrow();
                int first = 0;
                while (in[first] != max) {
                    first++;
                }
                yield new long[] {first};
            }
        };
    }

    private static long requantize(Operation.Requantize requantize, int channel, long value) {
        BigInteger multiplier = BigInteger.valueOf(
                requantize.multipliers().get(requantize.multipliers().size() == 1 ? 0 : channel));
        BigInteger offset = BigInteger.valueOf(requantize.offsets().get(requantize.offsets().size() == 1 ? 0 : channel));
        BigInteger scaled = BigInteger.valueOf(value).multiply(multiplier).add(offset);
        BigDecimal exact = new BigDecimal(scaled).divide(new BigDecimal(BigInteger.TWO.pow(requantize.shift())));
        BigInteger rounded = exact.setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
        ValueType type = requantize.outputType();
        return rounded.max(BigInteger.valueOf(type.min())).min(BigInteger.valueOf(type.max())).longValueExact();
    }

    private static long[] start(int rows, List<Long> bias) {
        return bias.isEmpty() ? new long[rows] : bias.stream().mapToLong(Long::longValue).toArray();
    }

    private static long[] convolution(Operation.Convolution convolution, Shape shape, long[] in) {
        Padding pad = convolution.padding();
        Window w = convolution.window();
        int height = shape.height() + pad.top() + pad.bottom();
        int width = shape.width() + pad.left() + pad.right();
        int rows = convolution.weights().rows();
        int outHeight = (height - (w.kernelHeight() - 1) * w.dilationHeight() - 1) / w.strideHeight() + 1;
        int outWidth = (width - (w.kernelWidth() - 1) * w.dilationWidth() - 1) / w.strideWidth() + 1;
        long[][][] out = new long[outHeight][outWidth][];
        for (long[][] line : out) {
            Arrays.setAll(line, x -> start(rows, convolution.bias()));
        }
        int perGroup = shape.channels() / convolution.groups();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < shape.channels(); c++) {
                    boolean inside = y >= pad.top() && y < pad.top() + shape.height()
                            && x >= pad.left() && x < pad.left() + shape.width();
                    long value = !inside ? pad.value()
                            : in[((y - pad.top()) * shape.width() + x - pad.left()) * shape.channels() + c];
                    for (int ky = 0; ky < w.kernelHeight(); ky++) {
                        for (int kx = 0; kx < w.kernelWidth(); kx++) {
                            int top = y - ky * w.dilationHeight();
                            int left = x - kx * w.dilationWidth();
                            if (top < 0 || left < 0 || top % w.strideHeight() != 0 || left % w.strideWidth() != 0
                                    || top / w.strideHeight() >= outHeight || left / w.strideWidth() >= outWidth) {
                                continue;
                            }
                            int column = (ky * w.kernelWidth() + kx) * perGroup + c % perGroup;
                            for (int row = 0; row < rows; row++) {
                                if (row / (rows / convolution.groups()) == c / perGroup) {
                                    out[top / w.strideHeight()][left / w.strideWidth()][row] +=
                                            value * convolution.weights().at(row, column);
                                }
                            }
                        }
                    }
                }
            }
        }
        return flat(out);
    }

    /** Every pixel of the padded image goes to each position whose window covers it. */
    private static long[] pool(Window w, Padding pad, Shape shape, long[] in, long start, LongBinaryOperator combine) {
        int height = shape.height() + pad.top() + pad.bottom();
        int width = shape.width() + pad.left() + pad.right();
        int outHeight = (height - (int) w.spanHeight()) / w.strideHeight() + 1;
        int outWidth = (width - (int) w.spanWidth()) / w.strideWidth() + 1;
        long[][][] out = new long[outHeight][outWidth][shape.channels()];
        Arrays.stream(out).flatMap(Arrays::stream).forEach(pixel -> Arrays.fill(pixel, start));
        for (int pixel = 0; pixel < height * width; pixel++) {
            int y = pixel / width;
            int x = pixel % width;
            int row = y - pad.top();
            int column = x - pad.left();
            boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
            for (int at = 0; at < outHeight * outWidth; at++) {
                int down = y - at / outWidth * w.strideHeight();
                int right = x - at % outWidth * w.strideWidth();
                if (down < 0 || right < 0 || down % w.dilationHeight() != 0 || right % w.dilationWidth() != 0
                        || down >= w.spanHeight() || right >= w.spanWidth()) {
                    continue;
                }
                long[] results = out[at / outWidth][at % outWidth];
                for (int c = 0; c < results.length; c++) {
                    results[c] = combine.applyAsLong(results[c], inside
                            ? in[(row * shape.width() + column) * shape.channels() + c] : pad.value());
                }
            }
        }
        return flat(out);
    }

    private static long[] threshold(Operation.Threshold threshold, Shape shape, long[] in) {
        ThresholdTable table = threshold.table();
        long[] out = new long[in.length];
        for (int i = 0; i < in.length; i++) {
            int channel = table.channels() == 1 ? 0 : i % shape.channels();
            long passed = 0;
            for (int k = 0; k < table.count(); k++) {
                boolean above = in[i] >= table.at(channel, k);
                boolean below = in[i] <= table.at(channel, k);
                passed += (table.descending(channel) ? below : above) ? 1 : 0;
            }
            out[i] = threshold.outputType().min() + threshold.outputType().step() * passed;
        }
        return out;
    }

    private static long[] flat(long[][][] image) {
        return Arrays.stream(image).flatMap(Arrays::stream).flatMapToLong(Arrays::stream).toArray();
    }
}
