package org.bitloom.hdl.stream;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The cycles in which one end of a stream holds back: a source offers no new word, a sink is not ready. */
@FunctionalInterface
public interface Stalls {
    /** Asked once for each cycle, in order. */
    boolean at(long cycle);

    static Stalls never() {
        return cycle -> false;
    }

    /** Each cycle with a probability. */
    static Stalls random(double probability, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return cycle -> random.nextDouble() < probability;
    }

    /** Every other cycle, cycle 0 included. */
    static Stalls alternating() {
        return cycle -> cycle % 2 == 0;
    }

    /** For {@code length} cycles, then not for as many, and so on; {@code offset} cycles into that. */
    static Stalls bursts(int length, int offset) {
        return cycle -> (cycle + offset) / length % 2 == 0;
    }
}
