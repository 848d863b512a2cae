package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arg-max unit against looking for the first of the greatest. */
class ArgMaxUnitTest {
    @ParameterizedTest
    @CsvSource({
        "8, 1, 10", "8, 10, 10", "8, 16, 10", "5, 4, 10", "5, 3, 10", "5, 5, 10",
        "2, 4, 16", "1, 3, 7", "12, 7, 64", "40, 2, 5", "3, 2, 2", "3, 1, 2"
    })
    void theFirstOfTheGreatestWins(int bits, int lanes, int count) {
        ArgMaxUnit.Config least = new ArgMaxUnit.Config(bits, lanes, count);
        for (int stages = 0; stages <= least.mostStages() + 1; stages++) {
            check(least.withStages(stages));
        }
    }

    private static void check(ArgMaxUnit.Config config) {
        int bits = config.numberBits();
        int lanes = config.lanes();
        int count = config.count();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(bits * 100L + lanes);
        long least = -(1L << (bits - 1));
        List<BitVector> words = new ArrayList<>();
        List<BitVector> expected = new ArrayList<>();
        for (int frame = 0; frame < 60; frame++) {
            // Few different numbers, so that many are equal; in some frames all are the least there is.
            long span = frame % 8 == 0 ? 1 : Math.min(1L << bits, frame % 2 == 0 ? 3 : 1L << bits);
            int best = 0;
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < config.words() * lanes; i++) {
                boolean padding = i >= count;
                numbers.add(padding ? -least - 1 : least + random.nextLong(span));
                best = !padding && numbers.get(i) > numbers.get(best) ? i : best;
            }
            for (int word = 0; word < config.words(); word++) {
                Packer packer = new Packer();
                numbers.subList(word * lanes, (word + 1) * lanes).forEach(number -> packer.add(number, bits));
                words.add(packer.vector());
            }
            expected.add(BitVector.of(config.indexBits(), best));
        }
        BlockBench.check(Elaborator.elaborate("unit", ArgMaxUnit::new, config), config::timing, words, expected);
    }

    @Test
    void oneNumberAloneIsNotCompared() {
        assertThatThrownBy(() -> new ArgMaxUnit.Config(8, 1, 1))
                .hasMessage("a greatest is looked for among at least 2 numbers of at least 1 bit, not among 1 of 8, 1 a word");
    }
}
