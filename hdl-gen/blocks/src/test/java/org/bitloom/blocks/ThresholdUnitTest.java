package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bitloom.blocks.ThresholdUnit.Config;
import org.bitloom.blocks.ThresholdUnit.Direction;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The threshold unit against counting the thresholds that each number passes. */
class ThresholdUnitTest {
    private static final int FRAMES = 40;

    /** Input, lanes, folds, thresholds a channel, bits of a level, least level. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(new Format.Unsigned(8), 1, 1, 1, 1, 0),
                Arguments.of(new Format.Unsigned(8), 3, 4, 1, 1, 0),
                Arguments.of(new Format.Signed(6), 2, 3, 3, 2, 0),
                Arguments.of(new Format.Signed(6), 5, 2, 3, 2, -2),
                Arguments.of(new Format.Unsigned(4), 2, 2, 7, 3, 0),
                Arguments.of(new Format.Signed(9), 1, 5, 15, 4, -8),
                Arguments.of(new Format.Signed(3), 4, 1, 2, 6, -1),
                Arguments.of(new Format.Unsigned(1), 6, 2, 1, 1, 0),
                Arguments.of(new Format.Signed(32), 1, 2, 2, 2, 0),
                Arguments.of(new Format.Bipolar(), 4, 2, 1, 1, 0));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void commonThresholds(Format input, int lanes, int folds, int thresholds, int bits, int least) {
        for (Direction direction : List.of(Direction.ASCENDING, Direction.DESCENDING)) {
            Case c = new Case(input, lanes, folds, thresholds, direction);
            List<Long> common = LongStream.of(c.thresholds[0]).boxed().toList();
            Arrays.fill(c.thresholds, c.thresholds[0]);
            Config config = new Config(input, lanes, folds, common, thresholds, bits, least, direction, 0);
            for (int stages = 0; stages <= config.mostStages(); stages++) {
                Config deep = config.withStages(stages);
                c.check(deep, Elaborator.elaborate("unit", ThresholdUnit::new, deep));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void thresholdsOfEachChannel(Format input, int lanes, int folds, int thresholds, int bits, int least) {
        for (Direction direction : Direction.values()) {
            Case c = new Case(input, lanes, folds, thresholds, direction);
            Config config = new Config(input, lanes, folds, List.of(), thresholds, bits, least, direction, 0);
            for (int stages = 0; stages <= config.mostStages(); stages++) {
                checkTable(c, config.withStages(stages));
            }
        }
    }

    private static void checkTable(Case c, Config config) {
        Design design = Elaborator.elaborate("unit", (Config own) -> {
            ThresholdUnit unit = new ThresholdUnit(own);
            unit.table.getFirst().contents(own.table(c.thresholds, c.descending));
            return unit;
        }, config);
        c.check(config, design);
    }

    @Test
    void commonThresholdsHaveOneDirection() {
        assertThatThrownBy(() ->
                        new Config(new Format.Signed(4), 1, 1, List.of(1L), 1, 1, 0, Direction.BY_CHANNEL, 0))
                .hasMessage("common thresholds have a common direction");
        assertThatThrownBy(() -> new Config(new Format.Signed(4), 1, 1, List.of(1L), 2, 1, 0, Direction.ASCENDING, 0))
                .hasMessage("1 common thresholds, but 2 a channel");
    }

    /** Random numbers and thresholds, some of which always pass and some never. */
    private static final class Case {
        final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(9);
        final Format input;
        final long least;
        final long most;
        final long[][] thresholds;
        final boolean[] descending;

        Case(Format input, int lanes, int folds, int count, Direction direction) {
            this.input = input;
            least = switch (input) {
                case Format.Bipolar _ -> -1;
                case Format.Unsigned _ -> 0;
                case Format.Signed(int n) -> -(1L << (n - 1));
                case Format.BitMasked(int _, int kept) -> -kept;
            };
            most = switch (input) {
                case Format.Bipolar _ -> 1;
                case Format.Unsigned(int n) -> (1L << n) - 1;
                case Format.Signed(int n) -> (1L << (n - 1)) - 1;
                case Format.BitMasked(int _, int kept) -> kept;
            };
            thresholds = new long[lanes * folds][count];
            descending = new boolean[lanes * folds];
            for (int channel = 0; channel < thresholds.length; channel++) {
                // One beyond the numbers on either side: passed by all or by none.
                Arrays.setAll(thresholds[channel], _ -> random.nextLong(least - 1, most + 2));
                Arrays.sort(thresholds[channel]);
                descending[channel] = direction == Direction.DESCENDING
                        || direction == Direction.BY_CHANNEL && random.nextBoolean();
            }
        }

        void check(Config config, Design design) {
            List<BitVector> words = new ArrayList<>();
            List<BitVector> expected = new ArrayList<>();
            for (int word = 0; word < FRAMES * config.folds(); word++) {
                Packer numbers = new Packer();
                Packer levels = new Packer();
                for (int lane = 0; lane < config.lanes(); lane++) {
                    int channel = word % config.folds() * config.lanes() + lane;
                    long number = number(channel);
                    numbers.add(input instanceof Format.Bipolar ? (number + 1) / 2 : number, input.bits());
                    long passed = Arrays.stream(thresholds[channel])
                            .filter(t -> descending[channel] ? number <= t : number >= t)
                            .count();
                    levels.add(config.least() + passed, config.outputBits());
                }
                words.add(numbers.vector());
                expected.add(levels.vector());
            }
            BlockBench.check(design, config::timing, words, expected);
        }

        /** Often right at a threshold. */
        private long number(int channel) {
            if (input instanceof Format.Bipolar) {
                return random.nextBoolean() ? 1 : -1;
            }
            long near = thresholds[channel][random.nextInt(thresholds[channel].length)] + random.nextInt(-1, 2);
            return random.nextBoolean() ? random.nextLong(least, most + 1) : Math.clamp(near, least, most);
        }
    }
}
