package org.bitloom.network.integer;

import java.util.Arrays;
import org.bitloom.network.Shape;

/**
 * Each operation computed the other way round from the golden model: the padded image exists as a whole, and every
 * input is added to the outputs that it reaches (the golden model collects the inputs of each output).
 */
final class DirectFormula {
    private DirectFormula() { }

    static long[] apply(Operation operation, Shape shape, long[] in) {
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
            case Operation.MaxPool(Window window) -> maxPool(window, shape, in);
            case Operation.Threshold threshold -> threshold(threshold, shape, in);
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

    private static long[] start(int rows, java.util.List<Long> bias) {
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

    private static long[] maxPool(Window w, Shape shape, long[] in) {
        int outHeight = (shape.height() - (int) w.spanHeight()) / w.strideHeight() + 1;
        int outWidth = (shape.width() - (int) w.spanWidth()) / w.strideWidth() + 1;
        long[][][] out = new long[outHeight][outWidth][shape.channels()];
        for (int y = 0; y < outHeight; y++) {
            for (int x = 0; x < outWidth; x++) {
                Arrays.fill(out[y][x], Long.MIN_VALUE);
                for (int tap = 0; tap < w.taps() * shape.channels(); tap++) {
                    int c = tap % shape.channels();
                    int row = y * w.strideHeight() + tap / shape.channels() / w.kernelWidth() * w.dilationHeight();
                    int column = x * w.strideWidth() + tap / shape.channels() % w.kernelWidth() * w.dilationWidth();
                    out[y][x][c] = Math.max(out[y][x][c], in[(row * shape.width() + column) * shape.channels() + c]);
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
