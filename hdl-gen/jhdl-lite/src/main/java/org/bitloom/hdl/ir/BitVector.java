package org.bitloom.hdl.ir;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An immutable vector of bits, at least one wide; bit 0 is the least significant. Kept as little-endian 64-bit limbs
 * whose bits above the width are zero, so that equal vectors have equal limbs.
 */
public final class BitVector {
    private final int width;
    private final long[] limbs;

    private BitVector(int width, long[] limbs) {
        this.width = width;
        this.limbs = limbs;
    }

    /** The lowest {@code width} bits of the limbs; missing limbs are zero. */
    public static BitVector of(int width, long... limbs) {
        requireWidth(width);
        long[] own = Arrays.copyOf(limbs, limbCount(width));
        own[own.length - 1] &= topMask(width);
        return new BitVector(width, own);
    }

    /** The two's complement of {@code value} in {@code width} bits; bits above are dropped. */
    public static BitVector of(int width, BigInteger value) {
        requireWidth(width);
        long[] own = new long[limbCount(width)];
        for (int i = 0; i < own.length; i++) {
            own[i] = value.shiftRight(64 * i).longValue();
        }
        own[own.length - 1] &= topMask(width);
        return new BitVector(width, own);
    }

    /** The two's complement of {@code value} in {@code width} bits, sign-extended where the width exceeds 64. */
    public static BitVector ofSigned(int width, long value) {
        requireWidth(width);
        long[] own = new long[limbCount(width)];
        Arrays.fill(own, value < 0 ? -1L : 0L);
        own[0] = value;
        own[own.length - 1] &= topMask(width);
        return new BitVector(width, own);
    }

    public static BitVector zero(int width) {
        return of(width, 0L);
    }

    public static BitVector ones(int width) {
        return ofSigned(width, -1L);
    }

    /** How many 64-bit limbs a vector of this width has. */
    public static int limbCount(int width) {
        return (width + 63) >>> 6;
    }

    /** The bits of the last limb that belong to a vector of this width. */
    public static long topMask(int width) {
        return -1L >>> (-width & 63);
    }

    public int width() {
        return width;
    }

    /** Limb {@code index}, bits {@code 64*index} and up; zero beyond the width. */
    public long limb(int index) {
        return index < limbs.length ? limbs[index] : 0L;
    }

    /** A copy of the limbs. */
    public long[] limbs() {
        return limbs.clone();
    }

    public boolean bit(int index) {
        return (limb(index >>> 6) >>> (index & 63) & 1L) != 0;
    }

    public boolean isZero() {
        for (long limb : limbs) {
            if (limb != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean isAllOnes() {
        return equals(ones(width));
    }

    /** The lowest 64 bits, unsigned. */
    public long toLong() {
        return limbs[0];
    }

    public BigInteger toUnsigned() {
        byte[] bytes = new byte[limbs.length * 8 + 1];
        for (int i = 0; i < limbs.length * 8; i++) {
            bytes[bytes.length - 1 - i] = (byte) (limbs[i >>> 3] >>> (8 * (i & 7)));
        }
        return new BigInteger(bytes);
    }

    public BigInteger toSigned() {
        BigInteger unsigned = toUnsigned();
        return bit(width - 1) ? unsigned.subtract(BigInteger.ONE.shiftLeft(width)) : unsigned;
    }

    /** Bits {@code high} down to {@code low}, both included. */
    public BitVector slice(int high, int low) {
        if (low < 0 || high < low || high >= width) {
            throw new IllegalArgumentException("bits " + high + ".." + low + " of a vector of " + width);
        }
        int size = high - low + 1;
        long[] own = new long[limbCount(size)];
        int shift = low & 63;
        for (int i = 0; i < own.length; i++) {
            int from = (low >>> 6) + i;
            own[i] = shift == 0 ? limb(from) : limb(from) >>> shift | limb(from + 1) << (64 - shift);
        }
        own[own.length - 1] &= topMask(size);
        return new BitVector(size, own);
    }

    /** Hexadecimal digits, as many as the width needs, most significant first. */
    public String toHex() {
        int digits = (width + 3) / 4;
        char[] text = new char[digits];
        for (int i = 0; i < digits; i++) {
            text[digits - 1 - i] = Character.forDigit((int) (limb(i >>> 4) >>> (4 * (i & 15)) & 15), 16);
        }
        return new String(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitVector that && width == that.width && Arrays.equals(limbs, that.limbs);
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(limbs);
    }

    @Override
    public String toString() {
        return width + "'h" + toHex();
    }

    private static void requireWidth(int width) {
        if (width < 1) {
            throw new IllegalArgumentException("a bit vector has at least one bit, not " + width);
        }
    }
}
