package org.bitloom.training;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Labelled pictures of 28 × 28 grey values (0 = paper, 255 = ink), one after the other, row by row.
 * The arrays are the set's own.
 */
final class DigitSet {
    private static final int IDX_UNSIGNED_BYTES_IN_THREE_DIMENSIONS = 0x0803;
    private static final int IDX_UNSIGNED_BYTES_IN_ONE_DIMENSION = 0x0801;
    private static final int INK = 128;

    private final byte[] pixels;
    private final byte[] labels;

    DigitSet(byte[] pixels, byte[] labels) {
        if (pixels.length != labels.length * Canvas.PIXELS) {
            throw new IllegalArgumentException(labels.length + " labels for " + pixels.length + " pixels");
        }
        this.pixels = pixels;
        this.labels = labels;
    }

    int size() {
        return labels.length;
    }

    int label(int picture) {
        return labels[picture];
    }

    /** A grey value, 0 … 255. */
    int pixel(int picture, int index) {
        return pixels[picture * Canvas.PIXELS + index] & 0xFF;
    }

    /** The first pictures. */
    DigitSet first(int count) {
        return new DigitSet(Arrays.copyOf(pixels, count * Canvas.PIXELS), Arrays.copyOf(labels, count));
    }

    /** What the network sees: a bit is set (+1) where 2·(pixel/255) − 1 ≥ 0, that is pixel ≥ 128, else clear (−1). */
    BitRow bits(int picture) {
        return BitRow.of(Canvas.PIXELS, i -> pixel(picture, i) >= INK);
    }

    /** The pictures as an IDX file: count × 28 × 28 unsigned bytes. */
    byte[] imagesAsIdx() {
        return ByteBuffer.allocate(16 + pixels.length).putInt(IDX_UNSIGNED_BYTES_IN_THREE_DIMENSIONS)
                .putInt(size()).putInt(Canvas.SIDE).putInt(Canvas.SIDE).put(pixels).array();
    }

    /** The labels as an IDX file: count unsigned bytes. */
    byte[] labelsAsIdx() {
        return ByteBuffer.allocate(8 + labels.length).putInt(IDX_UNSIGNED_BYTES_IN_ONE_DIMENSION)
                .putInt(size()).put(labels).array();
    }
}
