package org.bitloom.network.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.bitloom.network.ValueType;
import org.junit.jupiter.api.Test;

class WeightsTest {
    @Test
    void bitsOfBinaryWeightsAreThoseOfTheColumns() {
        Random random = new Random(1);
        Weights.Binary weights = Weights.Binary.of(3, 200, (row, column) -> random.nextBoolean() ? 1 : -1);
        for (int row = 0; row < weights.rows(); row++) {
            for (int from = 0; from < weights.columns(); from++) {
                for (int count = 1; count <= Math.min(64, weights.columns() - from); count++) {
                    long expected = 0;
                    for (int i = 0; i < count; i++) {
                        expected |= (weights.at(row, from + i) + 1) / 2 << i;
                    }
                    assertThat(weights.bits(row, from, count)).isEqualTo(expected);
                }
            }
        }
        assertThatThrownBy(() -> weights.bits(0, 190, 11)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void sumsOfARowGiveTheExtremesOfItsProductNegatedOrNot() {
        Weights weights = Weights.IntegerMatrix.of(ValueType.signed(4), 1, 4, (row, column) -> 3 * column - 5);
        RowSums sums = RowSums.of(weights, 0);
        assertThat(sums).isEqualTo(new RowSums(1 + 4, -5 - 2));
        assertThat(sums.least(ValueType.unsigned(2))).isEqualTo(-7 * 3);
        assertThat(sums.greatest(ValueType.signed(3))).isEqualTo(5 * 3 + 7 * 4);
        assertThat(sums.negated().greatest(ValueType.unsigned(2))).isEqualTo(7 * 3);
        assertThat(RowSums.of(Weights.Binary.of(1, 70, (row, column) -> column < 66 ? 1 : -1), 0))
                .isEqualTo(new RowSums(66, -4));
    }
}
