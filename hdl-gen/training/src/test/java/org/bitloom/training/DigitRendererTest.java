package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigitRendererTest {
    private static final DigitRenderer RENDERER = new DigitRenderer(Alphabet.standard());

    @Test
    void aPictureDoesNotDependOnHowManyAreDrawn() {
        DigitSet few = RENDERER.render(5, 20);
        DigitSet first = RENDERER.render(5, 100).first(20);
        assertThat(few.imagesAsIdx()).isEqualTo(first.imagesAsIdx());
        assertThat(few.labelsAsIdx()).isEqualTo(first.labelsAsIdx());
    }

    @Test
    void noPictureIsDrawnTwiceNorByTwoSeeds() {
        Set<String> seen = new HashSet<>();
        for (long seed : new long[] {1, 2}) {
            DigitSet set = RENDERER.render(seed, 1000);
            for (int i = 0; i < set.size(); i++) {
                seen.add(Arrays.toString(set.bits(i).expanded()));
            }
        }
        assertThat(seen).hasSize(2000);
    }

    @Test
    void everyDigitComesAboutEquallyOften() {
        DigitSet set = RENDERER.render(3, 2000);
        int[] counts = new int[Alphabet.DIGITS];
        for (int i = 0; i < set.size(); i++) {
            counts[set.label(i)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(150, 250);
        }
    }
}
