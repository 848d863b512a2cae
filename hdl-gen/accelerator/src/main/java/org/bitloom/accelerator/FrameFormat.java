package org.bitloom.accelerator;

import org.bitloom.blocks.Packer;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.network.ValueType;

/**
 * How a frame of values stands in the words of a stream: {@code lanes} values a word, the first lowest, each in
 * {@code laneBits}; lanes beyond the last value are zero.
 *
 * @param values values of a frame
 * @param type   what a value is; in the lane it is extended by zeros, or for a signed type by its sign
 */
public record FrameFormat(int values, ValueType type, int laneBits, int lanes) {
    public FrameFormat {
        if (laneBits < type.bits()) {
            throw new IllegalArgumentException(type + " in lanes of " + laneBits + " bits");
        }
    }

    public int words() {
        return (values + lanes - 1) / lanes;
    }

    public int wordBits() {
        return lanes * laneBits;
    }

    /** The words of a frame. */
    public BitVector[] pack(long[] frame) {
        BitVector[] words = new BitVector[words()];
        for (int w = 0; w < words.length; w++) {
            Packer word = new Packer();
            for (int lane = 0; lane < lanes; lane++) {
                int index = w * lanes + lane;
                word.add(index < values ? type.encode(frame[index]) : 0, laneBits);
            }
            words[w] = word.vector();
        }
        return words;
    }
}
