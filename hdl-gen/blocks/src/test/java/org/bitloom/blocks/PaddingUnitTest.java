package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.blocks.PaddingUnit.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The padding unit against writing the frame into a greater one. */
class PaddingUnitTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theFrameStandsInTheMiddleOfThePadding(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 8; i++) {
            Config config = someConfig(random);
            List<BitVector> words = new ArrayList<>();
            List<BitVector> expected = new ArrayList<>();
            for (int frame = 0; frame < 3; frame++) {
                List<BitVector> image = new ArrayList<>();
                for (int word = 0; word < config.height() * config.width() * config.folds(); word++) {
                    image.add(BitVector.of(config.wordBits(), random.nextLong(), random.nextLong()));
                }
                words.addAll(image);
                expected.addAll(padded(config, image));
            }
            BlockBench.check(Elaborator.elaborate("unit", PaddingUnit::new, config), config::timing, words, expected);
        }
    }

    private static List<BitVector> padded(Config c, List<BitVector> image) {
        List<BitVector> words = new ArrayList<>();
        for (int y = -c.top(); y < c.height() + c.bottom(); y++) {
            for (int x = -c.left(); x < c.width() + c.right(); x++) {
                boolean inside = y >= 0 && y < c.height() && x >= 0 && x < c.width();
                for (int fold = 0; fold < c.folds(); fold++) {
                    words.add(inside ? image.get((y * c.width() + x) * c.folds() + fold) : c.pad());
                }
            }
        }
        return words;
    }

    private static Config someConfig(RandomGenerator random) {
        int[] sides = new int[4];
        while (sides[0] + sides[1] + sides[2] + sides[3] == 0) {
            for (int side = 0; side < 4; side++) {
                sides[side] = Math.max(0, random.nextInt(-1, 4));
            }
        }
        return new Config(
                random.nextInt(1, 6),
                random.nextInt(1, 6),
                random.nextInt(1, 4),
                sides[0],
                sides[1],
                sides[2],
                sides[3],
                BitVector.of(random.nextInt(1, 90), random.nextLong(), random.nextLong()));
    }

    @Test
    void nothingToPadIsRefused() {
        assertThatThrownBy(() -> new Config(4, 4, 1, 0, 0, 0, 0, BitVector.zero(8)))
                .hasMessage("padding adds pixels, not 0 at the top, 0 at the left, 0 at the bottom, 0 at the right");
    }
}
