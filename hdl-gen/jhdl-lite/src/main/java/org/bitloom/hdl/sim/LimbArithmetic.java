package org.bitloom.hdl.sim;

import java.lang.constant.ClassDesc;

/** Sums and products of values in {@link Limbs}. */
final class LimbArithmetic {
    static final ClassDesc NAME = ClassDesc.of("org.bitloom.hdl.sim.LimbArithmetic");

    private LimbArithmetic() {}

    static void add(long[] s, int to, int a, int b, int width) {
        int n = Limbs.count(width);
        long carry = 0;
        for (int i = 0; i < n; i++) {
            long x = s[a + i];
            long y = s[b + i];
            long sum = x + y + carry;
            carry = (x & y | (x | y) & ~sum) >>> 63;
            s[to + i] = sum;
        }
        s[to + n - 1] &= Limbs.top(width);
    }

    static void subtract(long[] s, int to, int a, int b, int width) {
        int n = Limbs.count(width);
        long borrow = 0;
        for (int i = 0; i < n; i++) {
            long x = s[a + i];
            long y = s[b + i];
            long difference = x - y - borrow;
            borrow = (~x & y | (~x | y) & difference) >>> 63;
            s[to + i] = difference;
        }
        s[to + n - 1] &= Limbs.top(width);
    }

    /** The whole product of operands of any widths, limb by limb; {@code to} must not overlap the operands. */
    static void multiply(long[] s, int to, int a, int widthA, int b, int widthB, int signed) {
        int n = Limbs.count(widthA + widthB);
        int na = Limbs.count(widthA);
        int nb = Limbs.count(widthB);
        LimbMoves.clear(s, to, n);
        for (int i = 0; i < na; i++) {
            long carry = 0;
            for (int j = 0; j < nb && i + j < n; j++) {
                long low = s[a + i] * s[b + j];
                long high = Math.unsignedMultiplyHigh(s[a + i], s[b + j]);
                low += carry;
                high += Long.compareUnsigned(low, carry) < 0 ? 1 : 0;
                long old = s[to + i + j];
                low += old;
                high += Long.compareUnsigned(low, old) < 0 ? 1 : 0;
                s[to + i + j] = low;
                carry = high;
            }
            if (i + nb < n) {
                s[to + i + nb] = carry;
            }
        }
        if (signed != 0) {
            // a < 0 stands for a − 2^widthA: take b·2^widthA off again, and likewise for b.
            if (Limbs.bit(s, a, widthA - 1) != 0) {
                subtractShifted(s, to, n, b, nb, widthA);
            }
            if (Limbs.bit(s, b, widthB - 1) != 0) {
                subtractShifted(s, to, n, a, na, widthB);
            }
        }
        s[to + n - 1] &= Limbs.top(widthA + widthB);
    }

    private static void subtractShifted(long[] s, int to, int n, int a, int na, int shift) {
        int skip = shift >>> 6;
        int bits = shift & 63;
        long borrow = 0;
        for (int i = skip; i < n; i++) {
            int k = i - skip;
            long y = k < na ? s[a + k] << bits : 0;
            if (bits != 0 && k >= 1 && k - 1 < na) {
                y |= s[a + k - 1] >>> -bits;
            }
            long x = s[to + i];
            long difference = x - y - borrow;
            borrow = (~x & y | (~x | y) & difference) >>> 63;
            s[to + i] = difference;
        }
    }

    /** Adds a term of {@code narrow} bits, extended, to a sum of {@code width}. */
    static void accumulate(long[] s, int to, int a, int narrow, int width, int signed) {
        int na = Limbs.count(narrow);
        int n = Limbs.count(width);
        long fill = signed != 0 && Limbs.bit(s, a, narrow - 1) != 0 ? -1L : 0;
        long carry = 0;
        for (int i = 0; i < n; i++) {
            long x = s[to + i];
            long y = i < na ? s[a + i] : fill;
            if (i == na - 1) {
                y |= fill & ~Limbs.top(narrow);
            }
            long sum = x + y + carry;
            carry = (x & y | (x | y) & ~sum) >>> 63;
            s[to + i] = sum;
        }
        s[to + n - 1] &= Limbs.top(width);
    }

    /** Adds a term of at most 64 bits, extended, to a sum of more than 64. */
    static void accumulateLong(long[] s, int to, long value, int narrow, int width, int signed) {
        int n = Limbs.count(width);
        long y = signed != 0 ? value << -narrow >> -narrow : value;
        long fill = signed != 0 ? y >> 63 : 0;
        long carry = 0;
        for (int i = 0; i < n; i++) {
            long x = s[to + i];
            long sum = x + y + carry;
            carry = (x & y | (x | y) & ~sum) >>> 63;
            s[to + i] = sum;
            y = fill;
        }
        s[to + n - 1] &= Limbs.top(width);
    }

    /** The whole product of two operands of at most 64 bits, sign-extended where signed, in 65 to 128 bits. */
    static void multiplyLong(long[] s, int to, long a, long b, int width, int signed) {
        s[to] = a * b;
        s[to + 1] = (signed != 0 ? Math.multiplyHigh(a, b) : Math.unsignedMultiplyHigh(a, b)) & Limbs.top(width);
    }
}
