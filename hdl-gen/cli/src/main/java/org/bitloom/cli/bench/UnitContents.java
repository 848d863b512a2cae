package org.bitloom.cli.bench;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;

/** Weights and thresholds of the compared unit: splitmix64 of their place, the same for every HDL. */
final class UnitContents {
    private static final int PLACES = 4096;

    private final UnitShape shape;

    UnitContents(UnitShape shape) {
        this.shape = shape;
    }

    /** Sebastiano Vigna's splitmix64, public domain. */
    static long mix(long seed) {
        long z = seed * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Limb {@code limb} of the weights of the rows of {@code pe} in the step of {@code address}. */
    private static long weights(int pe, int address, int limb) {
        return mix((((long) pe * PLACES + address) << 8) + limb);
    }

    /** How many columns must agree for the row to fire. */
    private long threshold(int pe, int fold) {
        int k = shape.columns();
        return k / 2 - k / 64 + Long.remainderUnsigned(mix((1L << 40) + (long) pe * PLACES + fold), k / 32);
    }

    MemoryContents weights() {
        int limbs = shape.simd() / 64;
        List<BitVector> words = new ArrayList<>();
        for (int address = 0; address < shape.synapseFolds() * shape.neuronFolds(); address++) {
            long[] word = new long[shape.pe() * limbs];
            for (int i = 0; i < word.length; i++) {
                word[i] = weights(i / limbs, address, i % limbs);
            }
            words.add(BitVector.of(shape.pe() * shape.simd(), word));
        }
        return MemoryContents.of(shape.pe() * shape.simd(), words);
    }

    /** Bits that hold the difference of count and threshold for every row. */
    int accumulatorBits() {
        long widest = 0;
        for (int pe = 0; pe < shape.pe(); pe++) {
            for (int fold = 0; fold < shape.neuronFolds(); fold++) {
                long threshold = threshold(pe, fold);
                widest = Math.max(widest, Math.max(threshold - 1, shape.columns() - threshold));
            }
        }
        return 65 - Long.numberOfLeadingZeros(widest);
    }

    /** Accumulators start from minus the threshold. */
    MemoryContents starts() {
        int bits = accumulatorBits();
        List<BitVector> words = new ArrayList<>();
        for (int fold = 0; fold < shape.neuronFolds(); fold++) {
            long[] word = new long[BitVector.limbCount(shape.pe() * bits)];
            for (int pe = 0; pe < shape.pe(); pe++) {
                long start = -threshold(pe, fold);
                for (int bit = 0; bit < bits; bit++) {
                    word[(pe * bits + bit) / 64] |= (start >>> bit & 1) << (pe * bits + bit) % 64;
                }
            }
            words.add(BitVector.of(shape.pe() * bits, word));
        }
        return MemoryContents.of(shape.pe() * bits, words);
    }
}
