package org.bitloom.network.integer;

import org.bitloom.network.NetworkException;

/** How a kernel moves over an image, in pixels: its extent, the distance between positions, and between its taps. */
public record Window(int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int dilationHeight,
                     int dilationWidth) {
    private static final int MAX = 1 << 16;

    public Window {
        requirePositive("kernel", kernelHeight, kernelWidth);
        requirePositive("stride", strideHeight, strideWidth);
        requirePositive("dilation", dilationHeight, dilationWidth);
    }

    /** Square, not dilated. */
    public static Window square(int kernel, int stride) {
        return new Window(kernel, kernel, stride, stride, 1, 1);
    }

    /** Rows that one kernel position covers, dilation included. */
    public long spanHeight() {
        return (kernelHeight - 1L) * dilationHeight + 1;
    }

    /** Columns that one kernel position covers, dilation included. */
    public long spanWidth() {
        return (kernelWidth - 1L) * dilationWidth + 1;
    }

    /** Taps of the kernel. */
    public int taps() {
        return kernelHeight * kernelWidth;
    }

    private static void requirePositive(String what, int height, int width) {
        if (height < 1 || width < 1 || height > MAX || width > MAX || (long) height * width > Integer.MAX_VALUE) {
            throw new NetworkException(what + " of " + height + " x " + width + ": each must be 1 to " + MAX
                    + ", and their product below 2^31");
        }
    }
}
