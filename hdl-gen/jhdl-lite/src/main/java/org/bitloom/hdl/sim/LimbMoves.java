package org.bitloom.hdl.sim;

import java.lang.constant.ClassDesc;

/** Copies, shifts, slices, joints and extensions of values in {@link Limbs}, indices, and delay lines. */
final class LimbMoves {
    static final ClassDesc NAME = ClassDesc.of("org.bitloom.hdl.sim.LimbMoves");

    private LimbMoves() {}

    static void copy(long[] s, int to, int from, int n) {
        System.arraycopy(s, from, s, to, n);
    }

    /** {@code to} must not overlap the operand unless it is the same. */
    static void shiftLeft(long[] s, int to, int a, int width, int amount) {
        int n = Limbs.count(width);
        int skip = amount >>> 6;
        int bits = amount & 63;
        for (int i = n - 1; i >= 0; i--) {
            int k = i - skip;
            long value = k >= 0 ? s[a + k] << bits : 0;
            if (bits != 0 && k >= 1) {
                value |= s[a + k - 1] >>> -bits;
            }
            s[to + i] = value;
        }
        s[to + n - 1] &= Limbs.top(width);
    }

    /** {@code to} must not overlap the operand unless it is the same. */
    static void shiftRight(long[] s, int to, int a, int width, int amount) {
        extract(s, to, a, Limbs.count(width), amount, Limbs.count(width));
    }

    /** {@code to} must not overlap the operand unless it is the same. */
    static void shiftRightArithmetic(long[] s, int to, int a, int width, int amount) {
        long sign = Limbs.bit(s, a, width - 1);
        shiftRight(s, to, a, width, amount);
        if (sign != 0) {
            setOnes(s, to, width - Math.min(amount, width), width);
        }
    }

    /** Bits {@code low} and up, {@code width} of them, of an operand of {@code na} limbs. */
    static void slice(long[] s, int to, int a, int na, int low, int width) {
        int n = Limbs.count(width);
        extract(s, to, a, na, low, n);
        s[to + n - 1] &= Limbs.top(width);
    }

    private static void extract(long[] s, int to, int a, int na, int low, int n) {
        int skip = low >>> 6;
        int bits = low & 63;
        for (int i = 0; i < n; i++) {
            int k = i + skip;
            long value = k < na ? s[a + k] >>> bits : 0;
            if (bits != 0 && k + 1 < na) {
                value |= s[a + k + 1] << -bits;
            }
            s[to + i] = value;
        }
    }

    static void clear(long[] s, int to, int n) {
        for (int i = 0; i < n; i++) {
            s[to + i] = 0;
        }
    }

    /** Ors a value of {@code width} bits into the bits from {@code bit} up; {@code to} must not overlap it. */
    static void insert(long[] s, int to, int bit, int from, int width) {
        int n = Limbs.count(width);
        for (int i = 0; i < n; i++) {
            insertLong(s, to, bit + 64 * i, s[from + i], Math.min(64, width - 64 * i));
        }
    }

    /** Ors a value of {@code width} bits, at most 64, into the bits from {@code bit} up. */
    static void insertLong(long[] s, int to, int bit, long value, int width) {
        int limb = to + (bit >>> 6);
        int shift = bit & 63;
        s[limb] |= value << shift;
        if (shift + width > 64) {
            s[limb + 1] |= value >>> -shift;
        }
    }

    static void extend(long[] s, int to, int a, int narrow, int width, int signed) {
        int na = Limbs.count(narrow);
        int n = Limbs.count(width);
        for (int i = 0; i < na; i++) {
            s[to + i] = s[a + i];
        }
        for (int i = na; i < n; i++) {
            s[to + i] = 0;
        }
        if (signed != 0 && Limbs.bit(s, to, narrow - 1) != 0) {
            setOnes(s, to, narrow, width);
        }
    }

    /** A value of at most 64 bits, extended to more than 64. */
    static void extendLong(long[] s, int to, long value, int narrow, int width, int signed) {
        long limb = signed != 0 ? value << -narrow >> -narrow : value;
        int n = Limbs.count(width);
        s[to] = limb;
        for (int i = 1; i < n; i++) {
            s[to + i] = signed != 0 ? limb >> 63 : 0;
        }
        s[to + n - 1] &= Limbs.top(width);
    }

    /** An unsigned number as an index or a shift, {@code limit} where it is greater. */
    static int bounded(long value, int limit) {
        return value < 0 || value > limit ? limit : (int) value;
    }

    static int bounded(long[] s, int a, int width, int limit) {
        for (int i = Limbs.count(width) - 1; i > 0; i--) {
            if (s[a + i] != 0) {
                return limit;
            }
        }
        return bounded(s[a], limit);
    }

    static long shiftLeft(long value, int amount) {
        return amount > 63 ? 0 : value << amount;
    }

    static long shiftRight(long value, int amount) {
        return amount > 63 ? 0 : value >>> amount;
    }

    static long shiftRightArithmetic(long value, int amount) {
        return value >> Math.min(amount, 63);
    }

    /** One enabled edge of a delay line of at most 64 bits, of {@code ring + 1} cycles, see {@link StateLayout}. */
    static void delay(long[] s, int at, int ring, long value) {
        int place = (int) s[at + 1];
        s[at] = s[at + 2 + place];
        s[at + 2 + place] = value;
        s[at + 1] = place + 1 == ring ? 0 : place + 1;
    }

    /**
     * One enabled edge of a wider delay line: the word behind the oldest takes the newest, the next oldest is shown.
     */
    static void delay(long[] s, int at, int cycles, int n, int from) {
        int begin = at + 1;
        int shown = ((int) s[at] - begin) / n;
        int newest = shown == 0 ? cycles : shown - 1;
        System.arraycopy(s, from, s, begin + newest * n, n);
        s[at] = begin + (shown == cycles ? 0 : shown + 1) * n;
    }

    private static void setOnes(long[] s, int to, int from, int width) {
        int n = Limbs.count(width);
        for (int i = from >>> 6; i < n; i++) {
            s[to + i] |= i == from >>> 6 ? -1L << (from & 63) : -1L;
        }
        s[to + n - 1] &= Limbs.top(width);
    }
}
