package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.blocks.SliceUnit.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.junit.jupiter.api.Test;

class SliceUnitTest {
    @Test
    void theWordsThatAreKeptInOrder() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
        for (int words = 1; words < 7; words++) {
            for (int first = 0; first < words; first++) {
                for (int count = 1; first + count <= words; count++) {
                    Config config = new Config(70, words, first, count);
                    List<BitVector> given = new ArrayList<>();
                    List<BitVector> kept = new ArrayList<>();
                    for (int i = 0; i < 40 * words; i++) {
                        BitVector word = BitVector.of(70, random.nextLong(), random.nextLong());
                        given.add(word);
                        if (i % words >= first && i % words < first + count) {
                            kept.add(word);
                        }
                    }
                    BlockBench.check(Elaborator.elaborate("unit", SliceUnit::new, config), config::timing, given, kept);
                }
            }
        }
    }

    @Test
    void wordsThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> new Config(8, 4, 3, 2)).hasMessage("a pixel of 4 words has no words 3 to 4 to keep");
    }
}
