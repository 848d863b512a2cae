package org.bitloom.training;

import java.util.function.IntConsumer;

/** A vector over {−1, +1}, packed: bit set = +1. Bits beyond the size are clear, so that they never disagree. */
final class BitRow {
    private final int size;
    private final long[] words;

    BitRow(int size) {
        this.size = size;
        words = new long[(size + 63) >>> 6];
    }

    int size() {
        return size;
    }

    BitRow copy() {
        BitRow copy = new BitRow(size);
        System.arraycopy(words, 0, copy.words, 0, words.length);
        return copy;
    }

    boolean get(int index) {
        return (words[index >>> 6] >>> index & 1) != 0;
    }

    void set(int index, boolean positive) {
        if (positive) {
            words[index >>> 6] |= 1L << index;
        } else {
            words[index >>> 6] &= ~(1L << index);
        }
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
