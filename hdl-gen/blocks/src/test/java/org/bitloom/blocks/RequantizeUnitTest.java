package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.blocks.RequantizeUnit.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requantization against its definition in exact arithmetic. */
class RequantizeUnitTest {
    private static final int FRAMES = 60;

    /** Bits of multiplier and offset: 0 is one for all channels, for the multiplier −1 is 1. */
    @ParameterizedTest
    @CsvSource({
        "s12, u8, 2, 3, 9, 0, 7", "s12, u8, 2, 3, 9, 14, 7", "s12, s8, 1, 5, 0, 12, 5", "s9, u4, 4, 1, -1, 0, 3",
        "s9, s4, 3, 2, -1, 10, 2", "s20, u8, 1, 70, 16, 34, 18", "u6, u3, 2, 2, 5, 7, 4", "s32, s16, 2, 2, 31, 63, 31",
        "s6, u8, 2, 2, 3, 4, 0", "s6, s12, 2, 2, -1, 0, 0", "s4, s2, 3, 2, 4, 5, 40", "s4, u2, 3, 2, 4, 5, 7", "b, s3, 5, 2, 3, 4, 1",
        "s5, s1, 2, 2, 4, 5, 3", "s5, u1, 2, 2, 4, 5, 3", "u8, u8, 3, 1, 0, 0, 6"
    })
    void eachLaneIsScaledRoundedDownAndClamped(
            String inputName, String outputName, int lanes, int folds, int multiplierBits, int offsetBits, int shift) {
        Format input = Lanes.format(inputName);
        Format output = Lanes.format(outputName);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(shift);
        int channels = lanes * folds;
        long[] multipliers = new long[channels];
        long[] offsets = new long[channels];
        Arrays.setAll(multipliers, _ -> multiplierBits > 0 ? signed(random, multiplierBits) : multiplierBits < 0 ? 1 : 13);
        Arrays.setAll(offsets, _ -> offsetBits > 0 ? signed(random, offsetBits) : -21);
        Config config = new Config(
                input,
                lanes,
                folds,
                multiplierBits > 0 ? new ByChannel.Table(multiplierBits) : new ByChannel.Common(multipliers[0]),
                offsetBits > 0 ? new ByChannel.Table(offsetBits) : new ByChannel.Common(offsets[0]),
                shift,
                output);
        List<BitVector> words = new ArrayList<>();
        List<BitVector> expected = new ArrayList<>();
        for (int word = 0; word < FRAMES * folds; word++) {
            Packer numbers = new Packer();
            Packer results = new Packer();
            for (int lane = 0; lane < lanes; lane++) {
                int channel = word % folds * lanes + lane;
                long number = number(config, channel, multipliers[channel], offsets[channel], random);
                numbers.add(input.code(number), input.bits());
                results.add(requantized(config, number, multipliers[channel], offsets[channel]), output.bits());
            }
            words.add(numbers.vector());
            expected.add(results.vector());
        }
        Design design = Elaborator.elaborate("unit", (Config own) -> {
            RequantizeUnit unit = new RequantizeUnit(own);
            unit.table.forEach(rom -> rom.contents(own.table(multipliers, offsets)));
            return unit;
        }, config);
        BlockBench.check(design, config::timing, words, expected);
    }

    private static long signed(RandomGenerator random, int bits) {
        return random.nextLong() >> 64 - bits;
    }

    /** Any number, or one whose result is near the ends of the output's range. */
    private static long number(Config config, int channel, long multiplier, long offset, RandomGenerator random) {
        long any = Lanes.number(config.input(), random);
        if (random.nextBoolean() || multiplier == 0 || config.input() instanceof Format.Bipolar) {
            return any;
        }
        long target = random.nextBoolean() ? least(config.output()) : greatest(config.output());
        long near = BigInteger.valueOf(target + random.nextInt(-1, 2))
                .shiftLeft(config.shift())
                .subtract(BigInteger.valueOf(offset))
                .divide(BigInteger.valueOf(multiplier))
                .longValue() + random.nextInt(-1, 2);
        return near >= least(config.input()) && near <= greatest(config.input()) ? near : any;
    }

    private static long requantized(Config config, long number, long multiplier, long offset) {
        BigInteger scaled = BigInteger.valueOf(number)
                .multiply(BigInteger.valueOf(multiplier))
                .add(BigInteger.valueOf(offset))
                .shiftRight(config.shift());
        return scaled.max(BigInteger.valueOf(least(config.output())))
                .min(BigInteger.valueOf(greatest(config.output())))
                .longValueExact();
    }

    private static long least(Format format) {
        return format instanceof Format.Signed(int n) ? -(1L << n - 1) : 0;
    }

    private static long greatest(Format format) {
        return format instanceof Format.Signed(int n) ? (1L << n - 1) - 1 : (1L << format.bits()) - 1;
    }

    @Test
    void resultsAreNumbers() {
        assertThatThrownBy(() -> new Config(
                        new Format.Signed(8), 1, 1, new ByChannel.Common(1), new ByChannel.Common(0), 1, new Format.Bipolar()))
                .hasMessage("a number becomes an unsigned or a signed one, not b");
        assertThatThrownBy(() -> new Config(new Format.Signed(8), 1, 1, new ByChannel.Common(1), new ByChannel.Table(4), 8,
                        new Format.Unsigned(4)))
                .hasMessage("a shift by 8 makes all unsigned results of 9 bits 0");
        assertThatThrownBy(() -> new ByChannel.Table(64)).hasMessage("numbers of a table have 1 to 63 bits, not 64");
    }
}
