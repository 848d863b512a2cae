package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
    void thePlacesThatAreSetAreVisitedInOrder() {
        List<Integer> visited = new ArrayList<>();
        BitRow.of(200, i -> i % 63 == 0).forEachSet(visited::add);
        assertThat(visited).containsExactly(0, 63, 126, 189);
    }

    static BitRow random(int size, Randomness random) {
        return BitRow.of(size, i -> random.below(2) == 1);
    }
}
