package org.bitloom.sim;

import java.util.Arrays;

/**
 * The testbench's source of chance: Marsaglia's 32-bit xorshift (Journal of Statistical Software 8(14), 2003, triple
 * 13, 17, 5), one generator for each of three uses, so small that Java, C++ and Verilog agree on it bit for bit.
 *
 * <p>Input and output each step their generator once a cycle, from cycle 0 on, whether the answer is needed or not; a
 * cycle is stalled when the upper 16 bits of the new state are below stall × 65536, rounded. The noise generator steps
 * in each cycle that offers no input word, reset included, and its 32 bits, repeated, fill the idle data bus.
 */
public final class StallPattern {
    private final int threshold;
    private int state;

    private StallPattern(int start, int threshold) {
        this.state = start;
        this.threshold = threshold;
    }

    static StallPattern ofInput(Stimulus stimulus) {
        return new StallPattern(inputStart(stimulus), threshold(stimulus));
    }

    static StallPattern ofOutput(Stimulus stimulus) {
        return new StallPattern(outputStart(stimulus), threshold(stimulus));
    }

    static StallPattern ofNoise(Stimulus stimulus) {
        return new StallPattern(noiseStart(stimulus), 0);
    }

    static int inputStart(Stimulus stimulus) {
        return start(stimulus.seed(), 1);
    }

    static int outputStart(Stimulus stimulus) {
        return start(stimulus.seed(), 2);
    }

    static int noiseStart(Stimulus stimulus) {
        return start(stimulus.seed(), 3);
    }

    /** Seed of the registers without reset, as Verilator wants it: positive, 31 bits. */
    static int registerSeed(Stimulus stimulus) {
        return Math.max(start(stimulus.seed(), 4) >>> 1, 1);
    }

    /** Upper halves of the state below this stall the cycle. */
    static int threshold(Stimulus stimulus) {
        return (int) Math.min(Math.round(stimulus.stall() * 65_536), 65_535);
    }

    /** A non-zero start state, by the finalizer of SplitMix64 (OOPSLA 2014): near seeds give unrelated states. */
    private static int start(long seed, int use) {
        long z = seed * 8 + use + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        int start = (int) (z ^ (z >>> 31));
        return start == 0 ? use : start;
    }

    /** Goes to the next state and returns it. */
    int next() {
        int x = state;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        state = x;
        return x;
    }

    /** Goes to the next state and says whether this cycle is stalled. */
    boolean nextStalls() {
        return next() >>> 16 < threshold;
    }

    /** Goes to the next state and fills the limbs of a word of {@code bits} bits with it. */
    void nextWord(long[] limbs, int bits) {
        long half = next() & 0xffff_ffffL;
        Arrays.fill(limbs, half << 32 | half);
        limbs[limbs.length - 1] &= WordStream.topMask(bits);
    }
}
