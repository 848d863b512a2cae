package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.blocks.ParallelWindow.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.stream.Stalls;
import org.bitloom.hdl.stream.StreamBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parallel window against plain loops over rows, columns and the kernel. */
class ParallelWindowTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void allTapsOfEveryWindowSideBySide(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 5; i++) {
            Config config = new Config(random.nextInt(1, 70), Shapes.some(random));
            List<BitVector> words = new ArrayList<>();
            List<BitVector> expected = new ArrayList<>();
            for (int frame = 0; frame < 3; frame++) {
                List<BitVector> image = new ArrayList<>();
                for (int word = 0; word < config.inputWords(); word++) {
                    image.add(BitVector.of(config.wordBits(), random.nextLong(), random.nextLong()));
                }
                words.addAll(image);
                expected.addAll(windows(config.shape(), image));
            }
            BlockBench.check(Elaborator.elaborate("unit", ParallelWindow::new, config), config::timing, words, expected);
        }
    }

    private static List<BitVector> windows(WindowShape shape, List<BitVector> image) {
        List<BitVector> words = new ArrayList<>();
        for (List<Integer> window : Shapes.windows(shape)) {
            for (int fold = 0; fold < shape.folds(); fold++) {
                int word = fold;
                words.add(Lanes.beside(window.stream()
                        .map(pixel -> image.get(pixel * shape.folds() + word))
                        .toList()));
            }
        }
        return words;
    }

    @Test
    void aFrameTakesAsManyCyclesAsItHasWords() {
        Config config = new Config(32, new WindowShape(30, 30, 2, 3, 3, 1, 1, 1, 1));
        StreamBench bench = new StreamBench(
                CompiledSimulator.compile(Elaborator.elaborate("unit", ParallelWindow::new, config), 1));
        bench.reset().follow(config.timing());
        bench.feed("in", Collections.nCopies(3 * 1800, BitVector.zero(32)), Stalls.never());
        bench.take("out", Stalls.never()).runUntil("out", 3 * config.outputWords());
        List<Long> cycles = bench.cycles("out");
        assertThat(cycles.getLast() - cycles.get(2 * config.outputWords() - 1)).isEqualTo(1800);
    }
}
