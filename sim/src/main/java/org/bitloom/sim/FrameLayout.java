package org.bitloom.sim;

import java.util.function.LongUnaryOperator;

/**
 * How the values of one frame lie in the words of a stream: value {@code i} is lane {@code i % lanes} of word
 * {@code i / lanes}, lane 0 in the least significant bits. Lanes after the last value are padding.
 *
 * @param values values of one frame
 * @param bits   width of a lane, 1 to 64
 * @param lanes  lanes of a word
 * @param decode from the bits of a lane, zero-extended, to the value they stand for
 */
public record FrameLayout(int values, int bits, int lanes, LongUnaryOperator decode) {
    public FrameLayout {
        if (values < 1 || bits < 1 || bits > 64 || lanes < 1) {
            throw new IllegalArgumentException(
                    values + " values of " + bits + " bits in words of " + lanes + " lanes");
        }
    }

    /** Words that one frame takes. */
    public int wordsPerFrame() {
        return (values + lanes - 1) / lanes;
    }

    /** The values of one frame of a stream. */
    public long[] unpack(WordStream words, int frame) {
        long[] result = new long[values];
        int first = Math.multiplyExact(frame, wordsPerFrame());
        for (int i = 0; i < values; i++) {
            result[i] = decode.applyAsLong(words.field(first + i / lanes, i % lanes * bits, bits));
        }
        return result;
    }
}
