package org.bitloom.hdl.stream;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.sim.Interpreter;
import org.bitloom.hdl.sim.Simulation;

/** Random words, ways to hold a stream up, and simulators. */
final class Words {
    /** Stalls of the source and of the sink. */
    record Profile(String name, Stalls source, Stalls sink) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Which simulator runs the design. */
    enum Simulator {
        INTERPRETED,
        COMPILED;

        StreamBench start(Design design) {
            Simulation simulation =
                    this == COMPILED ? CompiledSimulator.compile(design, 11) : new Interpreter(design, 11);
            return new StreamBench(simulation).reset();
        }
    }

    private Words() {}

    static List<BitVector> random(int width, int count, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return IntStream.range(0, count)
                .mapToObj(_ -> BitVector.of(width, random.longs(BitVector.limbCount(width)).toArray()))
                .toList();
    }

    static List<Profile> profiles() {
        return List.of(
                new Profile("none", Stalls.never(), Stalls.never()),
                new Profile("seldom", Stalls.random(0.3, 1), Stalls.random(0.3, 2)),
                new Profile("often", Stalls.random(0.9, 3), Stalls.random(0.9, 4)),
                new Profile("slow source", Stalls.random(0.8, 5), Stalls.random(0.1, 6)),
                new Profile("slow sink", Stalls.random(0.1, 7), Stalls.random(0.8, 8)),
                new Profile("alternating", Stalls.alternating(), Stalls.alternating()),
                new Profile("against each other", cycle -> cycle % 2 == 1, Stalls.alternating()),
                new Profile("bursts", Stalls.bursts(13, 0), Stalls.bursts(7, 3)),
                new Profile("long bursts", Stalls.bursts(40, 20), Stalls.bursts(40, 40)));
    }
}
