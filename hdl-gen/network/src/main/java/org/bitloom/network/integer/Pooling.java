package org.bitloom.network.integer;

import java.util.function.LongBinaryOperator;
import org.bitloom.network.Shape;

/** Each channel's values under a window, padding among them, combined one after the other. */
record Pooling(Window window, Padding padding, Shape input, Shape output) {
    long[] of(long[] image, long start, LongBinaryOperator combine) {
        long[] results = new long[output.size()];
        int at = 0;
        for (int y = 0; y < output.height(); y++) {
            for (int x = 0; x < output.width(); x++) {
                for (int channel = 0; channel < output.channels(); channel++) {
                    long result = start;
                    for (int ky = 0; ky < window.kernelHeight(); ky++) {
                        for (int kx = 0; kx < window.kernelWidth(); kx++) {
                            int row = y * window.strideHeight() + ky * window.dilationHeight() - padding.top();
                            int column = x * window.strideWidth() + kx * window.dilationWidth() - padding.left();
                            result = combine.applyAsLong(result, value(image, row, column, channel));
                        }
                    }
                    results[at++] = result;
                }
            }
        }
        return results;
    }

    private long value(long[] image, int row, int column, int channel) {
        boolean inside = row >= 0 && row < input.height() && column >= 0 && column < input.width();
        return inside ? image[(row * input.width() + column) * input.channels() + channel] : padding.value();
    }
}
