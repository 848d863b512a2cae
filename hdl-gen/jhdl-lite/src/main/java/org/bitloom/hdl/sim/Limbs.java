package org.bitloom.hdl.sim;

/**
 * What compiled code calls for values of more than 64 bits. A value is a run of little-endian limbs in the state, given
 * by the index of its first limb; bits above its width are zero, and every result keeps it so. Nothing is allocated.
 * {@code to} may be one of the operands unless a method says otherwise. Results are longs where they are bits.
 */
final class Limbs {
    private Limbs() {}

    static long top(int width) {
        return -1L >>> (-width & 63);
    }

    static int count(int width) {
        return (width + 63) >>> 6;
    }

    static void copy(long[] s, int to, int from, int n) {
        System.arraycopy(s, from, s, to, n);
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

    static void add(long[] s, int to, int a, int b, int width) {
        int n = count(width);
        long carry = 0;
        for (int i = 0; i < n; i++) {
            long x = s[a + i];
            long y = s[b + i];
            long sum = x + y + carry;
            carry = (x & y | (x | y) & ~sum) >>> 63;
            s[to + i] = sum;
        }
        s[to + n - 1] &= top(width);
    }

    static void subtract(long[] s, int to, int a, int b, int width) {
        int n = count(width);
        long borrow = 0;
        for (int i = 0; i < n; i++) {
            long x = s[a + i];
            long y = s[b + i];
            long difference = x - y - borrow;
            borrow = (~x & y | (~x | y) & difference) >>> 63;
            s[to + i] = difference;
        }
        s[to + n - 1] &= top(width);
    }

    /** The whole product of operands of any widths, limb by limb; {@code to} must not overlap the operands. */
    static void multiply(long[] s, int to, int a, int widthA, int b, int widthB, int signed) {
        int n = count(widthA + widthB);
        int na = count(widthA);
        int nb = count(widthB);
        java.util.Arrays.fill(s, to, to + n, 0L);
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
            if (bit(s, a, widthA - 1) != 0) {
                subtractShifted(s, to, n, b, nb, widthA);
            }
            if (bit(s, b, widthB - 1) != 0) {
                subtractShifted(s, to, n, a, na, widthB);
            }
        }
        s[to + n - 1] &= top(widthA + widthB);
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

    /** {@code to} must not overlap the operand unless it is the same. */
    static void shiftLeft(long[] s, int to, int a, int width, int amount) {
        int n = count(width);
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
        s[to + n - 1] &= top(width);
    }

    /** {@code to} must not overlap the operand unless it is the same. */
    static void shiftRight(long[] s, int to, int a, int width, int amount) {
        extract(s, to, a, count(width), amount, count(width));
    }

    /** {@code to} must not overlap the operand unless it is the same. */
    static void shiftRightArithmetic(long[] s, int to, int a, int width, int amount) {
        long sign = bit(s, a, width - 1);
        shiftRight(s, to, a, width, amount);
        if (sign != 0) {
            setOnes(s, to, width - Math.min(amount, width), width);
        }
    }

    /** Bits {@code low} and up, {@code width} of them, of an operand of {@code na} limbs. */
    static void slice(long[] s, int to, int a, int na, int low, int width) {
        int n = count(width);
        extract(s, to, a, na, low, n);
        s[to + n - 1] &= top(width);
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
        int n = count(width);
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
        int na = count(narrow);
        int n = count(width);
        for (int i = 0; i < na; i++) {
            s[to + i] = s[a + i];
        }
        for (int i = na; i < n; i++) {
            s[to + i] = 0;
        }
        if (signed != 0 && bit(s, to, narrow - 1) != 0) {
            setOnes(s, to, narrow, width);
        }
    }

    /** A value of at most 64 bits, extended to more than 64. */
    static void extendLong(long[] s, int to, long value, int narrow, int width, int signed) {
        long limb = signed != 0 ? value << -narrow >> -narrow : value;
        int n = count(width);
        s[to] = limb;
        for (int i = 1; i < n; i++) {
            s[to + i] = signed != 0 ? limb >> 63 : 0;
        }
        s[to + n - 1] &= top(width);
    }

    /** Adds a term of {@code narrow} bits, extended, to a sum of {@code width}. */
    static void accumulate(long[] s, int to, int a, int narrow, int width, int signed) {
        int na = count(narrow);
        int n = count(width);
        long fill = signed != 0 && bit(s, a, narrow - 1) != 0 ? -1L : 0;
        long carry = 0;
        for (int i = 0; i < n; i++) {
            long x = s[to + i];
            long y = i < na ? s[a + i] : fill;
            if (i == na - 1) {
                y |= fill & ~top(narrow);
            }
            long sum = x + y + carry;
            carry = (x & y | (x | y) & ~sum) >>> 63;
            s[to + i] = sum;
        }
        s[to + n - 1] &= top(width);
    }

    /** Adds a term of at most 64 bits, extended, to a sum of more than 64. */
    static void accumulateLong(long[] s, int to, long value, int narrow, int width, int signed) {
        int n = count(width);
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
        s[to + n - 1] &= top(width);
    }

    /** An unsigned number as an index or a shift, {@code limit} where it is greater. */
    static int bounded(long value, int limit) {
        return value < 0 || value > limit ? limit : (int) value;
    }

    static int bounded(long[] s, int a, int width, int limit) {
        for (int i = count(width) - 1; i > 0; i--) {
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

    static long lessUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) >>> 31;
    }

    static long lessSigned(long a, long b) {
        return a < b ? 1 : 0;
    }

    /** The whole product of two operands of at most 64 bits, sign-extended where signed, in 65 to 128 bits. */
    static void multiplyLong(long[] s, int to, long a, long b, int width, int signed) {
        s[to] = a * b;
        s[to + 1] = (signed != 0 ? Math.multiplyHigh(a, b) : Math.unsignedMultiplyHigh(a, b)) & top(width);
    }

    /** One enabled edge of a delay line of at most 64 bits, of {@code ring + 1} cycles, see {@link StateLayout}. */
    static void delay(long[] s, int at, int ring, long value) {
        int place = (int) s[at + 1];
        s[at] = s[at + 2 + place];
        s[at + 2 + place] = value;
        s[at + 1] = place + 1 == ring ? 0 : place + 1;
    }

    /** One enabled edge of a wider delay line: the word behind the oldest takes the newest, the next oldest is shown. */
    static void delay(long[] s, int at, int cycles, int n, int from) {
        int begin = at + 1;
        int shown = ((int) s[at] - begin) / n;
        int newest = shown == 0 ? cycles : shown - 1;
        System.arraycopy(s, from, s, begin + newest * n, n);
        s[at] = begin + (shown == cycles ? 0 : shown + 1) * n;
    }

    private static long bit(long[] s, int a, int index) {
        return s[a + (index >>> 6)] >>> (index & 63) & 1L;
    }

    private static void setOnes(long[] s, int to, int from, int width) {
        int n = count(width);
        for (int i = from >>> 6; i < n; i++) {
            s[to + i] |= i == from >>> 6 ? -1L << (from & 63) : -1L;
        }
        s[to + n - 1] &= top(width);
    }
}
