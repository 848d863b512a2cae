package org.bitloom.hdl.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** FIFOs of every kind, and the register slice, which is one of two words to those around it. */
class FifoTest {
    private static final int WIDTH = 70;

    record Buffer(String name, Design design, int depth, Supplier<Timing> timing) {
        @Override
        public String toString() {
            return name;
        }

        StreamBench bench() {
            return Words.Simulator.INTERPRETED.start(design);
        }
    }

    static Stream<Buffer> buffers() {
        List<Buffer> buffers = new ArrayList<>();
        for (MemoryStyle style : List.of(MemoryStyle.DISTRIBUTED, MemoryStyle.BLOCK)) {
            for (int depth = 2; depth <= 9; depth++) {
                Fifo.Config config = new Fifo.Config(WIDTH, depth, style);
                Design design = Elaborator.elaborate("fifo", Fifo::new, config);
                buffers.add(new Buffer(style + " " + depth, design, depth, config::timing));
            }
        }
        RegisterSlice.Config slice = new RegisterSlice.Config(WIDTH);
        buffers.add(new Buffer("slice", Elaborator.elaborate("slice", RegisterSlice::new, slice), 2, slice::timing));
        return buffers.stream();
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void wordsLeaveInOrderAndInTheCyclesOfTheTimingHoweverStalled(Buffer buffer) {
        List<BitVector> words = Words.random(WIDTH, 150, 5);
        for (Words.Simulator simulator : Words.Simulator.values()) {
            for (Words.Profile profile : Words.profiles()) {
                StreamBench bench = simulator.start(buffer.design()).follow(buffer.timing().get());
                bench.feed("in", words, profile.source()).take("out", profile.sink());
                bench.runUntil("out", words.size());
                bench.run(20);
                assertThat(bench.given("out")).as(profile.name()).isEqualTo(words);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void aWordPassesInEachCycleOneCycleLater(Buffer buffer) {
        List<BitVector> words = Words.random(WIDTH, 40, 6);
        StreamBench bench = buffer.bench().feed("in", words, Stalls.never()).take("out", Stalls.never());
        bench.run(60);
        assertThat(bench.cycles("out")).isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void asManyWordsAsTheDepthAreHeld(Buffer buffer) {
        List<BitVector> words = Words.random(WIDTH, 40, 7);
        StreamBench bench = buffer.bench().feed("in", words, Stalls.never()).take("out", cycle -> cycle < 30);
        bench.run(30);
        assertThat(bench.taken("in")).isEqualTo(buffer.depth());
        bench.run(100);
        assertThat(bench.given("out")).isEqualTo(words);
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void aResetInMidStreamLeavesNothingBehind(Buffer buffer) {
        StreamBench bench = buffer.bench();
        for (int held = 0; held < 2 * buffer.depth(); held++) {
            List<BitVector> lost = Words.random(WIDTH, 30, held);
            bench.feed("in", lost, Stalls.random(0.2, held)).take("out", Stalls.random(0.6, held)).run(3 + held);
            bench.reset();
            List<BitVector> words = Words.random(WIDTH, 20, 100 + held);
            bench.follow(buffer.timing().get());
            bench.feed("in", words, Stalls.never()).take("out", Stalls.alternating()).runUntil("out", 20);
            assertThat(bench.given("out")).isEqualTo(words);
        }
    }

    @Test
    void theTimingRemembersHowFullItWas() {
        FifoTiming timing = new FifoTiming(3);
        timing.clock(true, false);
        timing.clock(true, false);
        timing.clock(false, true);
        timing.clock(true, true);
        assertThat(timing.greatest()).isEqualTo(2);
    }

    @Test
    void fewOrNarrowWordsAreNotWorthABlockMemory() {
        assertThat(new Fifo.Config(64, 64).style()).isEqualTo(MemoryStyle.DISTRIBUTED);
        assertThat(new Fifo.Config(8, 65).style()).isEqualTo(MemoryStyle.DISTRIBUTED);
        assertThat(new Fifo.Config(64, 65).style()).isEqualTo(MemoryStyle.BLOCK);
        assertThat(new Fifo.Config(1, 4096).style()).isEqualTo(MemoryStyle.BLOCK);
    }

    @Test
    void aSingleWordIsNoFifo() {
        assertThatThrownBy(() -> new Fifo.Config(8, 1)).hasMessage("a FIFO holds at least 2 words, not 1");
    }
}
