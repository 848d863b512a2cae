package org.bitloom.network.integer;

import org.bitloom.network.Shape;

/** The values under a convolution's kernel at one output position, in the order of the weight columns. */
final class Patch {
    private final Operation.Convolution convolution;
    private final Shape image;

    Patch(Operation.Convolution convolution, Shape image) {
        this.convolution = convolution;
        this.image = image;
    }

    long[] at(long[] values, int y, int x, int group) {
        Window window = convolution.window();
        Padding padding = convolution.padding();
        int channels = convolution.channelsPerGroup();
        long[] patch = new long[convolution.weights().columns()];
        int at = 0;
        for (int ky = 0; ky < window.kernelHeight(); ky++) {
            for (int kx = 0; kx < window.kernelWidth(); kx++) {
                int row = y * window.strideHeight() + ky * window.dilationHeight() - padding.top();
                int column = x * window.strideWidth() + kx * window.dilationWidth() - padding.left();
                boolean inside = row >= 0 && row < image.height() && column >= 0 && column < image.width();
                for (int channel = 0; channel < channels; channel++) {
                    patch[at++] = inside
                            ? values[(row * image.width() + column) * image.channels() + group * channels + channel]
                            : padding.value();
                }
            }
        }
        return patch;
    }
}
