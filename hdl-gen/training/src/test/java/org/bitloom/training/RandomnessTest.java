package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomnessTest {
    @Test
    void theBitsAreThoseOfTheReferenceImplementationOfSplitMix64() {
        Randomness random = new Randomness(1234567);
        assertThat(LongStream.generate(random::bits).limit(5).mapToObj(Long::toUnsignedString)).containsExactly(
                "6457827717110365317", "3203168211198807973", "9817491932198370423", "4593380528125082431",
                "16408922859458223821");
    }

    @Test
    void gaussianNumbersHaveMeanZeroAndVarianceOne() {
        Randomness random = new Randomness(1);
        double[] numbers = IntStream.range(0, 100_000).mapToDouble(i -> random.gaussian()).toArray();
        assertThat(Arrays.stream(numbers).average().orElseThrow()).isBetween(-0.01, 0.01);
        assertThat(Arrays.stream(numbers).map(x -> x * x).average().orElseThrow()).isBetween(0.98, 1.02);
    }

    @Test
    void aPermutationHoldsEachNumberOnce() {
        int[] order = new Randomness(7).permutation(1000);
        assertThat(order).isNotEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(Arrays.stream(order).sorted()).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    }
}
