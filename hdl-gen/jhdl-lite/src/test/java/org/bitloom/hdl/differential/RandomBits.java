package org.bitloom.hdl.differential;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;

/** Values that follow from a small number; 0 gives zeros, so that shrinking leads there. */
public final class RandomBits {
    private RandomBits() {}

    public static BitVector of(int width, int seed) {
        return seed == 0 ? BitVector.zero(width) : of(width, new SplittableRandom(seed));
    }

    static BitVector of(int width, SplittableRandom random) {
        return BitVector.of(
                width,
                LongStream.generate(random::nextLong).limit(BitVector.limbCount(width)).toArray());
    }

    public static MemoryContents contents(int width, int depth, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return MemoryContents.of(
                width,
                IntStream.range(0, depth)
                        .mapToObj(_ -> seed == 0 ? BitVector.zero(width) : of(width, random))
                        .toList());
    }
}
