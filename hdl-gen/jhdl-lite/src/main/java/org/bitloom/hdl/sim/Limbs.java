package org.bitloom.hdl.sim;

import java.lang.constant.ClassDesc;

/**
 * What compiled code calls for values of more than 64 bits: logic, counts and comparisons; {@link LimbArithmetic} and
 * {@link LimbMoves} have the rest. A value is a run of little-endian limbs in the state, given by the index of its
 * first limb; bits above its width are zero, and every result keeps it so. Nothing is allocated. {@code to} may be one
 * of the operands unless a method says otherwise. Results that are bits are longs.
 */
final class Limbs {
    static final ClassDesc NAME = ClassDesc.of("org.bitloom.hdl.sim.Limbs");

    private Limbs() {}

    static long top(int width) {
        return -1L >>> (-width & 63);
    }

    static int count(int width) {
        return (width + 63) >>> 6;
    }

    static void not(long[] s, int to, int a, int width) {
        int n = count(width);
        for (int i = 0; i < n; i++) {
            s[to + i] = ~s[a + i];
        }
        s[to + n - 1] &= top(width);
    }

    static void and(long[] s, int to, int a, int b, int width) {
        int n = count(width);
        for (int i = 0; i < n; i++) {
            s[to + i] = s[a + i] & s[b + i];
        }
    }

    static void or(long[] s, int to, int a, int b, int width) {
        int n = count(width);
        for (int i = 0; i < n; i++) {
            s[to + i] = s[a + i] | s[b + i];
        }
    }

    static void xor(long[] s, int to, int a, int b, int width) {
        int n = count(width);
        for (int i = 0; i < n; i++) {
            s[to + i] = s[a + i] ^ s[b + i];
        }
    }

    static void xnor(long[] s, int to, int a, int b, int width) {
        int n = count(width);
        for (int i = 0; i < n; i++) {
            s[to + i] = ~(s[a + i] ^ s[b + i]);
        }
        s[to + n - 1] &= top(width);
    }

    static long popCount(long[] s, int a, int width) {
        int n = count(width);
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Long.bitCount(s[a + i]);
        }
        return sum;
    }

    static long popCountAnd(long[] s, int a, int b, int width) {
        int n = count(width);
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Long.bitCount(s[a + i] & s[b + i]);
        }
        return sum;
    }

    static long popCountXor(long[] s, int a, int b, int width) {
        int n = count(width);
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Long.bitCount(s[a + i] ^ s[b + i]);
        }
        return sum;
    }

    static long popCountOr(long[] s, int a, int b, int width) {
        int n = count(width);
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Long.bitCount(s[a + i] | s[b + i]);
        }
        return sum;
    }

    /** Bits above the width agree in both operands: the ones of XNOR are what XOR leaves of the width. */
    static long popCountXnor(long[] s, int a, int b, int width) {
        return width - popCountXor(s, a, b, width);
    }

    static long allOnes(long[] s, int a, int width) {
        int n = count(width) - 1;
        for (int i = 0; i < n; i++) {
            if (s[a + i] != -1L) {
                return 0;
            }
        }
        return s[a + n] == top(width) ? 1 : 0;
    }

    static long anyOnes(long[] s, int a, int width) {
        int n = count(width);
        long all = 0;
        for (int i = 0; i < n; i++) {
            all |= s[a + i];
        }
        return all == 0 ? 0 : 1;
    }

    static long parity(long[] s, int a, int width) {
        int n = count(width);
        long all = 0;
        for (int i = 0; i < n; i++) {
            all ^= s[a + i];
        }
        return Long.bitCount(all) & 1;
    }

    static long equal(long[] s, int a, int b, int width) {
        int n = count(width);
        long different = 0;
        for (int i = 0; i < n; i++) {
            different |= s[a + i] ^ s[b + i];
        }
        return different == 0 ? 1 : 0;
    }

    static long lessUnsigned(long[] s, int a, int b, int width) {
        for (int i = count(width) - 1; i >= 0; i--) {
            if (s[a + i] != s[b + i]) {
                return Long.compareUnsigned(s[a + i], s[b + i]) >>> 31;
            }
        }
        return 0;
    }

    static long lessSigned(long[] s, int a, int b, int width) {
        long signA = bit(s, a, width - 1);
        long signB = bit(s, b, width - 1);
        return signA != signB ? signA : lessUnsigned(s, a, b, width);
    }

    static long lessUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) >>> 31;
    }

    static long lessSigned(long a, long b) {
        return a < b ? 1 : 0;
    }

    static long bit(long[] s, int a, int index) {
        return s[a + (index >>> 6)] >>> (index & 63) & 1L;
    }
}
