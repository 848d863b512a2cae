package org.bitloom.training;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** An immutable vector over {−1, +1}, packed: bit set = +1. Bits beyond the size are clear, so that they never disagree. */
final class BitRow {
    private final int size;
    private final long[] words;

    private BitRow(int size, long[] words) {
        this.size = size;
        this.words = words;
    }

    /** The vector that is +1 where the predicate holds. */
    static BitRow of(int size, IntPredicate positive) {
        long[] words = new long[(size + 63) >>> 6];
        for (int word = 0; word < words.length; word++) {
            int first = word << 6;
            long bits = 0;
            for (int bit = Math.min(64, size - first) - 1; bit >= 0; bit--) {
                bits = bits << 1 | (positive.test(first + bit) ? 1 : 0);
            }
            words[word] = bits;
        }
        return new BitRow(size, words);
    }

    int size() {
        return size;
    }

    boolean get(int index) {
        return (words[index >>> 6] >>> index & 1) != 0;
    }

    /** Scalar product, exact: size − 2 · (places that disagree). */
    int dot(BitRow other) {
        int disagreements = 0;
        for (int i = 0; i < words.length; i++) {
            disagreements += Long.bitCount(words[i] ^ other.words[i]);
        }
        return size - 2 * disagreements;
    }

    /** Visits the places that are +1, in ascending order. */
    void forEachSet(IntConsumer visitor) {
        for (int word = 0; word < words.length; word++) {
            for (long rest = words[word]; rest != 0; rest &= rest - 1) {
                visitor.accept((word << 6) + Long.numberOfTrailingZeros(rest));
            }
        }
    }

    /** The vector as floats −1 and +1. */
    float[] expanded() {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = get(i) ? 1 : -1;
        }
        return values;
    }
}
