package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.blocks.PoolUnit.Config;
import org.bitloom.blocks.PoolUnit.Operation;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pool unit against the greatest and the sum of the numbers of each lane. */
class PoolUnitTest {
    private static final int FRAMES = 4;

    @ParameterizedTest
    @ValueSource(strings = {"b", "u1", "u4", "u8", "s1", "s2", "s5", "s16"})
    void theGreatestAndTheSumOfEachLane(String name) {
        Format input = Lanes.format(name);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(name.hashCode());
        for (int taps : new int[] {1, 2, 4, 9}) {
            for (int folds : new int[] {1, 2, 3, 21}) {
                int lanes = random.nextInt(1, 6);
                check(new Config(input, lanes, folds, taps, Operation.MAX, input.bits(), random.nextInt(2)), random);
                check(new Config(input, lanes, folds, taps, Operation.SUM, input.bits() + 7, 0), random);
                check(new Config(input, lanes, folds, taps, Operation.SUM, input.bits() + 7, 1), random);
                check(new Config(input, lanes, folds, taps, Operation.SUM, Math.max(1, input.bits() - 1), random.nextInt(2)), random);
            }
        }
    }

    private static void check(Config config, RandomGenerator random) {
        List<BitVector> words = new ArrayList<>();
        List<BitVector> expected = new ArrayList<>();
        int channels = config.lanes() * config.folds();
        for (int frame = 0; frame < FRAMES; frame++) {
            long[] greatest = new long[channels];
            long[] sum = new long[channels];
            for (int tap = 0; tap < config.taps(); tap++) {
                Packer pixel = new Packer();
                for (int channel = 0; channel < channels; channel++) {
                    long number = Lanes.number(config.input(), random);
                    greatest[channel] = tap == 0 ? number : Math.max(greatest[channel], number);
                    sum[channel] += number;
                    pixel.add(Lanes.encoded(config.input(), number), config.input().bits());
                }
                words.addAll(Lanes.words(pixel, config.folds()));
            }
            Packer result = new Packer();
            for (int channel = 0; channel < channels; channel++) {
                result.add(
                        config.operation() == Operation.SUM
                                ? sum[channel]
                                : Lanes.encoded(config.input(), greatest[channel]),
                        config.outputBits());
            }
            expected.addAll(Lanes.words(result, config.folds()));
        }
        BlockBench.check(Elaborator.elaborate("unit", PoolUnit::new, config), config::timing, words, expected);
    }

    @Test
    void theGreatestIsNotWiderThanTheNumbers() {
        assertThatThrownBy(() -> new Config(new Format.Signed(4), 1, 1, 4, Operation.MAX, 5, 0))
                .hasMessage("the greatest of numbers has their 4 bits, not 5");
    }
}
