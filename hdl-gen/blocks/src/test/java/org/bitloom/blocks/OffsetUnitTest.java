package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.blocks.OffsetUnit.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetUnitTest {
    private static final int FRAMES = 6;

    @ParameterizedTest
    @CsvSource({"u8, 1, 12, 9, 9", "u8, 3, 100, 9, 9", "s5, 2, 7, 3, 6", "b, 4, 3, 2, 3", "u1, 1, 1, 5, 6", "s32, 2, 5, 40, 41",
        "u8, 2, 4, 8, 4"})
    void eachElementHasItsOffset(String name, int lanes, int words, int offsetBits, int outputBits) {
        Format input = Lanes.format(name);
        Config config = new Config(input, lanes, words, offsetBits, outputBits);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(words);
        long[] offsets = new long[lanes * words];
        Arrays.setAll(offsets, _ -> random.nextLong() >> 64 - offsetBits);
        List<BitVector> given = new ArrayList<>();
        List<BitVector> expected = new ArrayList<>();
        for (int word = 0; word < FRAMES * words; word++) {
            Packer numbers = new Packer();
            Packer sums = new Packer();
            for (int lane = 0; lane < lanes; lane++) {
                long number = Lanes.number(input, random);
                numbers.add(input.code(number), input.bits());
                sums.add(number + offsets[word % words * lanes + lane], outputBits);
            }
            given.add(numbers.vector());
            expected.add(sums.vector());
        }
        Design design = Elaborator.elaborate("unit", (Config own) -> {
            OffsetUnit unit = new OffsetUnit(own);
            unit.offsets.contents(own.table(offsets));
            return unit;
        }, config);
        BlockBench.check(design, config::timing, given, expected);
    }

    @Test
    void anOffsetHasAWidth() {
        assertThatThrownBy(() -> new Config(new Format.Unsigned(8), 1, 4, 0, 9))
                .hasMessage("lanes, words and bits are positive, and offsets have at most 64 bits: 1, 4, 0, 9");
    }
}
