package org.bitloom.compression.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.junit.jupiter.api.Test;

class PatternSetTest {
    private static List<String> shown(List<BitPattern> patterns) {
        return patterns.stream().map(BitPattern::toString).toList();
    }

    @Test
    void everyPatternOfSomeBitsIsThereOnceAndEndsInAKeptBit() {
        assertThat(shown(PatternSet.of(3, 5))).containsExactly("XX.X", "XX.0X", "X0.XX", "XX.00X", "X0.X0X", "X0.0XX");
        List<BitPattern> four = PatternSet.of(4, 10);
        assertThat(four).doesNotHaveDuplicates().hasSize(1 + 3 + 6 + 10 + 15 + 21 + 28)
                .allMatch(pattern -> pattern.bits() == 4 && pattern.toString().endsWith("X") && pattern.width() <= 10);
    }

    @Test
    void theTableOfThreeBitsIsAboutFifteenPatterns() {
        assertThat(shown(PublishedMasks.threeBits())).hasSize(15).contains("X0.0XX", "X0.X0000X").doesNotContain("XX.X");
    }

    @Test
    void whatHasNoPatternsIsRefused() {
        for (int[] each : new int[][] {{1, 8}, {4, 3}, {4, BitPattern.MAX_WIDTH + 1}}) {
            assertThatThrownBy(() -> PatternSet.of(each[0], each[1])).isInstanceOf(NetworkException.class);
        }
    }
}
