package org.bitloom.blocks;

import java.util.Arrays;
import org.bitloom.hdl.ir.BitVector;

/** Puts numbers side by side into one word, the first lowest: how lanes stand in streams and memories. */
public final class Packer {
    private long[] limbs = new long[4];
    private int width;

    /** Adds the lowest {@code bits} bits of a number, 1 to 64. */
    public Packer add(long number, int bits) {
        int needed = BitVector.limbCount(width + bits);
        if (needed > limbs.length) {
            limbs = Arrays.copyOf(limbs, Math.max(needed, 2 * limbs.length));
        }
        long value = number & BitVector.topMask(bits);
        int offset = width & 63;
        limbs[width >>> 6] |= value << offset;
        if (offset + bits > 64) {
            limbs[(width >>> 6) + 1] |= value >>> (64 - offset);
        }
        width += bits;
        return this;
    }

    public int width() {
        return width;
    }

    /** All that was added; there must be something. */
    public BitVector vector() {
        return BitVector.of(width, limbs);
    }
}
