package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.blocks.LookupUnit.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupUnitTest {
    @ParameterizedTest
    @CsvSource({"b, 5, 3", "u1, 2, 8", "u4, 3, 4", "s4, 3, 9", "u8, 3, 8", "s8, 1, 70", "u10, 2, 1"})
    void eachLaneIsLookedUp(String name, int lanes, int bits) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(bits);
        Format input = Lanes.format(name);
        List<Long> table = random.longs(1L << input.bits()).boxed().toList();
        Config config = new Config(input, lanes, bits, table);
        List<BitVector> words = new ArrayList<>();
        List<BitVector> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Packer word = new Packer();
            List<BitVector> results = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                long number = Lanes.encoded(input, Lanes.number(input, random));
                word.add(number, input.bits());
                results.add(BitVector.ofSigned(bits, table.get((int) (number & (1L << input.bits()) - 1))));
            }
            words.add(word.vector());
            expected.add(Lanes.beside(results));
        }
        BlockBench.check(Elaborator.elaborate("unit", LookupUnit::new, config), config::timing, words, expected);
    }

    @Test
    void aTableHasANumberForEveryInput() {
        assertThatThrownBy(() -> new Config(new Format.Unsigned(3), 1, 2, List.of(1L, 2L)))
                .hasMessage("a table for 3 bits has 8 numbers, not 2");
        assertThatThrownBy(() -> new Config(new Format.Unsigned(11), 1, 2, List.of()))
                .hasMessage("a table is for numbers of at most 10 bits, not 11");
    }
}
