package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BitRowTest {
    @Test
    void theDotProductIsThatOfTheFloats() {
        Randomness random = new Randomness(11);
        for (int size : new int[] {1, 10, 63, 64, 65, 784}) {
            BitRow a = random(size, random);
            BitRow b = random(size, random);
            float sum = 0;
            for (int i = 0; i < size; i++) {
                sum += a.expanded()[i] * b.expanded()[i];
            }
            assertThat((float) a.dot(b)).isEqualTo(sum);
        }
    }

    @Test
    void aClearedPlaceIsMinusOneAgain() {
        BitRow row = new BitRow(70);
        row.set(69, true);
        assertThat(row.get(69)).isTrue();
        row.set(69, false);
        assertThat(row.expanded()).containsOnly(-1);
    }

    static BitRow random(int size, Randomness random) {
        BitRow row = new BitRow(size);
        for (int i = 0; i < size; i++) {
            row.set(i, random.below(2) == 1);
        }
        return row;
    }
}
