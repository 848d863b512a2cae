package org.bitloom.network.integer;

import org.bitloom.network.NetworkException;

/** Pixels added around an image, all channels of which are {@code value}. */
public record Padding(int top, int left, int bottom, int right, long value) {
    public static final Padding NONE = new Padding(0, 0, 0, 0, 0);
    private static final int MAX = 1 << 16;

    public Padding {
        for (int pixels : new int[] {top, left, bottom, right}) {
            if (pixels < 0 || pixels > MAX) {
                throw new NetworkException("padding of " + pixels + " pixels: it must be 0 to " + MAX);
            }
        }
    }

    /** As much on all four sides. */
    public static Padding around(int pixels, long value) {
        return new Padding(pixels, pixels, pixels, pixels, value);
    }

    public boolean isEmpty() {
        return top == 0 && left == 0 && bottom == 0 && right == 0;
    }
}
