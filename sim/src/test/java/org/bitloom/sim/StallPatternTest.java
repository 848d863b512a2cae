package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StallPatternTest {
    private static Stimulus stimulus(double stall, long seed) {
        return new Stimulus(new WordStream(8, new long[1]), 1, stall, seed, 10, null);
    }

    @Test
    void isMarsagliasXorshift() {
        // The first values of the generator that starts with 2463534242, as printed in the paper's implementations.
        int x = (int) 2463534242L;
        for (long expected : new long[] {723471715L, 2497366906L, 2064144800L}) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            assertThat(Integer.toUnsignedLong(x)).isEqualTo(expected);
        }
        StallPattern pattern = StallPattern.ofInput(stimulus(0.5, 1));
        int start = StallPattern.inputStart(stimulus(0.5, 1));
        int one = start ^ start << 13;
        one ^= one >>> 17;
        assertThat(pattern.next()).isEqualTo(one ^ one << 5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.9, 0.999999})
    void stallsTheShareOfCyclesThatWasAskedFor(double stall) {
        StallPattern pattern = StallPattern.ofOutput(stimulus(stall, 3));
        long stalls = IntStream.range(0, 100_000).filter(_ -> pattern.nextStalls()).count();
        assertThat(stalls / 100_000.0).isCloseTo(stall, within(0.005));
    }

    @Test
    void noStallIsSoCertainThatARunNeverEnds() {
        assertThat(StallPattern.threshold(stimulus(Math.nextDown(1.0), 3))).isLessThan(65_536);
    }

    @Test
    void theThreeUsesAndNearSeedsAreUnrelated() {
        long distinct = IntStream.range(0, 1_000)
                .mapToObj(seed -> stimulus(0, seed))
                .flatMap(s -> IntStream.of(
                                StallPattern.inputStart(s), StallPattern.outputStart(s), StallPattern.noiseStart(s))
                        .boxed())
                .distinct()
                .count();
        assertThat(distinct).isEqualTo(3_000);
    }

    @Test
    void garbageStaysWithinTheWidthOfTheWord() {
        StallPattern noise = StallPattern.ofNoise(stimulus(0, 5));
        long[] limbs = new long[2];
        for (int i = 0; i < 100; i++) {
            noise.nextWord(limbs, 65);
            assertThat(limbs[1]).isBetween(0L, 1L);
            assertThat(limbs[0] >>> 32).isEqualTo(limbs[0] & 0xffff_ffffL);
        }
    }
}
