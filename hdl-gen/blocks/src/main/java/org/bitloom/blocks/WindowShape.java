package org.bitloom.blocks;

/**
 * The windows of a frame: one for each position of a kernel that lies wholly inside.
 *
 * @param height, width size of a frame in pixels
 * @param folds         words of a pixel
 */
public record WindowShape(
        int height,
        int width,
        int folds,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth) {
    public WindowShape {
        if (height < 1 || width < 1 || folds < 1) {
            throw new IllegalArgumentException(
                    "a frame is of positive size, not " + height + " × " + width + " of " + folds + " words");
        }
        if (kernelHeight < 1 || kernelWidth < 1 || strideHeight < 1 || strideWidth < 1 || dilationHeight < 1
                || dilationWidth < 1) {
            throw new IllegalArgumentException("kernel, stride and dilation are positive, not " + kernelHeight + " × "
                    + kernelWidth + ", " + strideHeight + " × " + strideWidth + ", " + dilationHeight + " × "
                    + dilationWidth);
        }
        long tall = (kernelHeight - 1L) * dilationHeight + 1;
        long wide = (kernelWidth - 1L) * dilationWidth + 1;
        if (tall > height || wide > width) {
            throw new IllegalArgumentException("a window of " + tall + " × " + wide
                    + " pixels does not fit into a frame of " + height + " × " + width);
        }
    }

    String label() {
        return "h" + height + "_w" + width + "_k" + kernelHeight + "_" + kernelWidth;
    }

    /** Rows from a window's first to its last. */
    int spanHeight() {
        return (kernelHeight - 1) * dilationHeight;
    }

    /** Columns from a window's first to its last. */
    int spanWidth() {
        return (kernelWidth - 1) * dilationWidth;
    }

    /** Words of a frame from the first to the last that a window has. */
    int span() {
        return Math.multiplyExact(spanHeight() * width + spanWidth() + 1, folds) - 1;
    }

    public int outputHeight() {
        return (height - spanHeight() - 1) / strideHeight + 1;
    }

    public int outputWidth() {
        return (width - spanWidth() - 1) / strideWidth + 1;
    }

    /** Windows of a frame. */
    public int positions() {
        return Math.multiplyExact(outputHeight(), outputWidth());
    }

    /** Pixels of a window. */
    public int taps() {
        return Math.multiplyExact(kernelHeight, kernelWidth);
    }

    /** Words of a frame. */
    public int inputWords() {
        return Math.multiplyExact(Math.multiplyExact(height, width), folds);
    }
}
