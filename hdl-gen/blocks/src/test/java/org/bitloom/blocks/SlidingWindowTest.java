package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.blocks.SlidingWindow.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.stream.Stalls;
import org.bitloom.hdl.stream.StreamBench;
import org.bitloom.hdl.stream.StreamTiming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sliding window against plain loops over rows, columns and the kernel. */
class SlidingWindowTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void everyWordOfEveryWindowInOrder(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 5; i++) {
            Config config = someConfig(random);
            List<BitVector> words = new ArrayList<>();
            List<BitVector> expected = new ArrayList<>();
            int frames = 3;
            for (int frame = 0; frame < frames; frame++) {
                List<BitVector> image = new ArrayList<>();
                for (int word = 0; word < config.inputWords(); word++) {
                    image.add(BitVector.of(config.wordBits(), random.nextLong()));
                }
                words.addAll(image);
                expected.addAll(windows(config.shape(), image));
            }
            BlockBench.check(Elaborator.elaborate("unit", SlidingWindow::new, config), config::timing, words, expected);
        }
    }

    private static List<BitVector> windows(WindowShape shape, List<BitVector> image) {
        int folds = shape.folds();
        return Shapes.windows(shape).stream()
                .flatMap(List::stream)
                .flatMap(pixel -> image.subList(pixel * folds, (pixel + 1) * folds).stream())
                .toList();
    }

    private static Config someConfig(RandomGenerator random) {
        return someMemory(random).withAhead(random.nextBoolean());
    }

    private static Config someMemory(RandomGenerator random) {
        WindowShape shape = Shapes.some(random);
        Config smallest = Config.smallest(random.nextInt(1, 70), shape);
        return switch (random.nextInt(3)) {
            case 0 -> smallest;
            case 1 -> Config.gapless(smallest.wordBits(), shape);
            default -> smallest.withCapacity(smallest.capacity() + random.nextInt(600));
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void gaplessIsTheLeastCapacityWithoutABubble(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 200; i++) {
            Config some = someConfig(random);
            Config gapless = Config.gapless(some.wordBits(), some.shape());
            int bound = Math.max(some.inputWords(), some.outputWords());
            assertThat(interval(gapless)).as(gapless.toString()).isEqualTo(bound);
            if (gapless.capacity() > some.shape().span() + 1) {
                assertThat(interval(gapless.withCapacity(gapless.capacity() - 1))).as(gapless.toString())
                        .isGreaterThan(bound);
            }
        }
    }

    /** Size, folds, the lower bound, and what FINN's RTL takes under the same simulator. */
    @ParameterizedTest
    @CsvSource({
        "32, 1, 8100, 8160",
        "30, 2, 14112, 14222",
        "14, 2, 2592, 2638",
        "12, 4, 3600, 3674",
        "5, 4, 324, 342",
        "3, 8, 72, 74"
    })
    void theLayersOfCnvTakeTheirLowerBound(int size, int folds, int bound, int finn) {
        Config config = Config.gapless(32, new WindowShape(size, size, folds, 3, 3, 1, 1, 1, 1));
        assertThat(bound).isEqualTo(Math.max(config.inputWords(), config.outputWords())).isLessThan(finn);
        StreamBench bench = new StreamBench(
                CompiledSimulator.compile(Elaborator.elaborate("unit", SlidingWindow::new, config), 1));
        bench.reset().follow(config.timing());
        bench.feed("in", Collections.nCopies(4 * config.inputWords(), BitVector.zero(32)), Stalls.never());
        bench.take("out", Stalls.never()).runUntil("out", 4 * config.outputWords());
        List<Long> cycles = bench.cycles("out");
        long third = cycles.get(3 * config.outputWords() - 1);
        assertThat(cycles.getLast() - third).as("cycles of a frame").isEqualTo(bound);
        assertThat(cycles.getFirst()).as("cycles until the first word leaves").isEqualTo(2);
    }

    /** Cycles of a frame in the long run, where words are always offered and always taken. */
    private static long interval(Config config) {
        StreamTiming timing = config.timing();
        long given = 0;
        long cycle = 0;
        long last = 0;
        long interval = 0;
        for (int frame = 0; frame < 6; frame++) {
            for (long words = 0; words < config.outputWords(); cycle++) {
                words += timing.offers() ? 1 : 0;
                timing.clock(true, true);
            }
            interval = cycle - last;
            last = cycle;
        }
        return interval;
    }

    @Test
    void aWindowThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new WindowShape(5, 5, 1, 3, 3, 1, 1, 3, 1))
                .hasMessage("a window of 7 × 3 pixels does not fit into a frame of 5 × 5");
    }
}
