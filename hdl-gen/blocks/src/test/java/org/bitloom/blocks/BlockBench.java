package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.stream.Stalls;
import org.bitloom.hdl.stream.StreamBench;
import org.bitloom.hdl.stream.Timing;

/** Compares what a block with one stream in and one out makes of words with what it should, however stalled. */
final class BlockBench {
    private BlockBench() {}

    static void check(Design design, Supplier<Timing> timing, List<BitVector> words, List<BitVector> expected) {
        for (double stall : new double[] {0.0, 0.3, 0.9}) {
            StreamBench bench = new StreamBench(CompiledSimulator.compile(design, 3)).reset().follow(timing.get());
            bench.feed("in", words, Stalls.random(stall, 1)).take("out", Stalls.random(stall, 2));
            bench.runUntil("out", expected.size());
            bench.run(10);
            for (int cycles = 0; bench.taken("in") < words.size() && cycles < 1_000; cycles++) {
                bench.run(10);
            }
            assertThat(bench.given("out")).as("stalled %s", stall).isEqualTo(expected);
            assertThat(bench.taken("in")).isEqualTo(words.size());
        }
        afterReset(design, timing, words, expected);
    }

    /** The same once more, after a reset while words are inside. */
    private static void afterReset(
            Design design, Supplier<Timing> timing, List<BitVector> words, List<BitVector> expected) {
        StreamBench bench = new StreamBench(CompiledSimulator.compile(design, 4)).reset();
        for (int cycles : new int[] {1, 2, 3, 4, 5, 8, 13, 34, 89}) {
            bench.feed("in", words, Stalls.never()).take("out", Stalls.random(0.5, cycles)).run(cycles);
            bench.reset().follow(timing.get());
            bench.feed("in", words, Stalls.never()).take("out", Stalls.never()).runUntil("out", expected.size());
            assertThat(bench.given("out")).as("reset in cycle %d", cycles).isEqualTo(expected);
            bench.reset();
        }
    }
}
