package org.bitloom.accelerator.dataflow;

import org.bitloom.blocks.Packer;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.network.ValueType;

/**
 * How a frame of values stands in the words of a stream: pixel after pixel, the channels of a pixel {@code lanes} at a
 * time, the first lowest. The last word of a pixel has lanes to spare where {@code lanes} does not divide the channels;
 * what they hold means nothing. A plain vector is one pixel.
 *
 * @param pixels   pixels of a frame
 * @param channels values of a pixel
 * @param type     what a value is; in the lane it is extended by zeros, or for a signed type by its sign
 * @param laneBits bits of a lane
 * @param lanes    values of a word
 */
public record FrameFormat(int pixels, int channels, ValueType type, int laneBits, int lanes) {
    public FrameFormat {
        if (laneBits < type.bits()) {
            throw new IllegalArgumentException(type + " in lanes of " + laneBits + " bits");
        }
        if (pixels < 1 || channels < 1 || lanes < 1) {
            throw new IllegalArgumentException(
                    pixels + " pixels of " + channels + " channels in words of " + lanes + " lanes");
        }
    }

    /** In lanes as wide as the type. */
    public FrameFormat(int pixels, int channels, ValueType type, int lanes) {
        this(pixels, channels, type, type.bits(), lanes);
    }

    /** Values of a frame. */
    public int values() {
        return pixels * channels;
    }

    /** Words of a pixel. */
    public int folds() {
        return Math.ceilDiv(channels, lanes);
    }

    /** Words of a frame. */
    public int words() {
        return Math.multiplyExact(pixels, folds());
    }

    public int wordBits() {
        return lanes * laneBits;
    }

    /** Whether every lane of every word holds a value. */
    public boolean isDense() {
        return channels % lanes == 0;
    }

    public FrameFormat withLanes(int newLanes) {
        return new FrameFormat(pixels, channels, type, laneBits, newLanes);
    }

    /** The words of a frame; spare lanes are zero. */
    public BitVector[] pack(long[] frame) {
        BitVector[] words = new BitVector[words()];
        int folds = folds();
        for (int w = 0; w < words.length; w++) {
            Packer word = new Packer();
            for (int lane = 0; lane < lanes; lane++) {
                int channel = w % folds * lanes + lane;
                long value = channel < channels ? type.encode(frame[w / folds * channels + channel]) : 0;
                word.add(value, laneBits);
            }
            words[w] = word.vector();
        }
        return words;
    }

    /** Bits of the words of a frame. */
    public interface Words {
        /** The {@code width} bits from bit {@code low} on of a word. */
        long field(int word, int low, int width);
    }

    /** The values that stand in the words of a frame. */
    public long[] unpack(Words words) {
        long[] frame = new long[values()];
        for (int i = 0; i < frame.length; i++) {
            int channel = i % channels;
            int word = i / channels * folds() + channel / lanes;
            frame[i] = type.decode(words.field(word, channel % lanes * laneBits, laneBits));
        }
        return frame;
    }

    @Override
    public String toString() {
        return pixels + " x " + channels + " of " + type + ", " + lanes + " a word";
    }
}
