package org.bitloom.network.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bitloom.network.NetworkException;
import org.junit.jupiter.api.Test;

class ThresholdTableTest {
    private static final ThresholdTable TABLE =
            new ThresholdTable(new long[][] {{-2, 3, 3}, {3, 3, -2}}, new boolean[] {false, true});

    @Test
    void anAscendingChannelPassesFromTheThresholdUp() {
        assertThat(TABLE.level(0, -3)).isZero();
        assertThat(TABLE.level(0, -2)).isEqualTo(1);
        assertThat(TABLE.level(0, 2)).isEqualTo(1);
        assertThat(TABLE.level(0, 3)).isEqualTo(3);
    }

    @Test
    void aDescendingChannelPassesFromTheThresholdDown() {
        assertThat(TABLE.level(1, 4)).isZero();
        assertThat(TABLE.level(1, 3)).isEqualTo(2);
        assertThat(TABLE.level(1, -1)).isEqualTo(2);
        assertThat(TABLE.level(1, -2)).isEqualTo(3);
    }

    @Test
    void clampingToTheRangeOfTheAccumulatorChangesNoLevel() {
        ThresholdTable wide = new ThresholdTable(new long[][] {
            {ThresholdTable.ALWAYS, -9, 0, 9, ThresholdTable.NEVER},
            {ThresholdTable.NEVER, 9, 0, -9, ThresholdTable.ALWAYS}}, new boolean[] {false, true});
        for (int min = -12; min <= 0; min++) {
            for (int max = min; max <= 12; max++) {
                ThresholdTable clamped = wide.clampedTo(min, max);
                for (int channel = 0; channel < 2; channel++) {
                    for (int accumulator = min; accumulator <= max; accumulator++) {
                        assertThat(clamped.level(channel, accumulator)).isEqualTo(wide.level(channel, accumulator));
                    }
                    for (int i = 0; i < 5; i++) {
                        assertThat(clamped.at(channel, i)).isBetween(min - 1L, max + 1L);
                    }
                }
            }
        }
        assertThat(wide.clampedTo(-4, 4)).isEqualTo(new ThresholdTable(
                new long[][] {{-4, -4, 0, 5, 5}, {4, 4, 0, -5, -5}}, new boolean[] {false, true}));
    }

    @Test
    void thresholdsOutOfOrderAreRefused() {
        assertThatThrownBy(() -> ThresholdTable.shared(1, 0)).isInstanceOf(NetworkException.class).hasMessage(
                "thresholds of channel 0 are not sorted in the order in which they pass: 1 before 0");
        assertThatThrownBy(() -> new ThresholdTable(new long[][] {{0, 1}}, new boolean[] {true}))
                .isInstanceOf(NetworkException.class).hasMessageContaining("0 before 1");
        assertThatThrownBy(() -> ThresholdTable.ascending(new long[][] {{1}, {1, 2}}))
                .isInstanceOf(NetworkException.class).hasMessageContaining("channel 1 has 2 thresholds");
    }
}
