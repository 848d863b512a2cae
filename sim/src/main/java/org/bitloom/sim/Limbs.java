package org.bitloom.sim;

/** Bits of a number that lies in limbs, the least significant limb first. */
final class Limbs {
    private Limbs() {}

    /** The {@code width} bits (1 to 64) from bit {@code low} upwards of the number that starts at limb {@code offset}. */
    static long field(long[] limbs, int offset, int low, int width) {
        int limb = offset + (low >>> 6);
        int shift = low & 63;
        long value = limbs[limb] >>> shift;
        if (shift + width > 64) {
            value |= limbs[limb + 1] << (64 - shift);
        }
        return value & WordStream.topMask(width);
    }
}
