package org.bitloom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ValueTypeTest {
    @Test
    void everyValueOfASmallTypeSurvivesItsBits() {
        for (ValueType type : List.of(ValueType.bipolar(), ValueType.unsigned(1), ValueType.unsigned(5),
                ValueType.signed(1), ValueType.signed(6))) {
            int values = 0;
            for (long value = type.min(); value <= type.max(); value += type.step()) {
                assertThat(type.contains(value)).isTrue();
                assertThat(type.encode(value)).isBetween(0L, (1L << type.bits()) - 1);
                assertThat(type.decode(type.encode(value))).isEqualTo(value);
                assertThat(type.decode(type.encode(value) | -1L << type.bits())).isEqualTo(value);
                values++;
            }
            assertThat(values).isEqualTo((int) type.levels());
            assertThat(type.contains(type.max() + type.step())).isFalse();
            assertThat(type.contains(type.min() - type.step())).isFalse();
        }
        assertThat(ValueType.bipolar().contains(0)).isFalse();
        assertThat(ValueType.bipolar().encode(-1)).isZero();
    }

    @Property
    void theHoldingTypeIsTheSmallest(@ForAll @IntRange(min = -100_000, max = 100_000) int a,
            @ForAll @IntRange(min = -100_000, max = 100_000) int b) {
        long min = Math.min(a, b);
        long max = Math.max(a, b);
        ValueType type = ValueType.holding(min, max);
        assertThat(type.min()).isLessThanOrEqualTo(min);
        assertThat(type.max()).isGreaterThanOrEqualTo(max);
        if (type.bits() > 1) {
            ValueType narrower = min < 0 ? ValueType.signed(type.bits() - 1) : ValueType.unsigned(type.bits() - 1);
            assertThat(narrower.min() <= min && narrower.max() >= max).isFalse();
        }
    }

    @Test
    void theHoldingTypeOfExtremesIsExact() {
        assertThat(ValueType.holding(0, 0)).isEqualTo(ValueType.unsigned(1));
        assertThat(ValueType.holding(-1, -1)).isEqualTo(ValueType.signed(1));
        assertThat(ValueType.holding(-1, 0)).isEqualTo(ValueType.signed(1));
        assertThat(ValueType.holding(-1, 1)).isEqualTo(ValueType.signed(2));
        assertThat(ValueType.holding(0, (1L << 62) - 1)).isEqualTo(ValueType.unsigned(62));
        assertThatThrownBy(() -> ValueType.holding(0, 1L << 62)).isInstanceOf(NetworkException.class);
        assertThatThrownBy(() -> ValueType.holding(Long.MIN_VALUE, 0)).isInstanceOf(NetworkException.class);
        assertThatThrownBy(() -> ValueType.unsigned(0)).isInstanceOf(NetworkException.class)
                .hasMessage("unsigned type of 0 bits: the width must be 1 to 62");
    }

    @Test
    void shapesWithoutElementsOrWithTooManyAreRefused() {
        assertThat(Shape.of(28, 28, 1)).hasToString("28x28x1");
        assertThat(Shape.of(3, 4, 5).size()).isEqualTo(60);
        assertThatThrownBy(() -> Shape.of()).isInstanceOf(NetworkException.class);
        assertThatThrownBy(() -> Shape.of(3, 0)).isInstanceOf(NetworkException.class);
        assertThatThrownBy(() -> Shape.of(-3, -3)).isInstanceOf(NetworkException.class);
        assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16)).isInstanceOf(NetworkException.class);
    }

    @Test
    void rationalsAreExactAndInLowestTerms() {
        assertThat(Rational.of(6, -4)).isEqualTo(Rational.of(-3, 2)).hasToString("-3/2");
        assertThat(Rational.of(0.1f)).isNotEqualTo(Rational.of(1, 10));
        assertThat(Rational.of(0.375)).isEqualTo(Rational.of(3, 8));
        assertThat(Rational.of(-7, 2).floor()).isEqualTo(-4);
        assertThat(Rational.of(-7, 2).ceiling()).isEqualTo(-3);
        assertThat(Rational.of(4, 2).floor()).isEqualTo(2);
        assertThat(Rational.of(1, 3).plus(Rational.of(1, 6))).isEqualTo(Rational.of(1, 2));
        assertThat(Rational.of(1, 3).over(Rational.of(-2, 3))).isEqualTo(Rational.of(-1, 2));
        assertThat(Rational.of(1, 3)).isLessThan(Rational.of(34, 100));
        assertThat(Rational.of(Double.MIN_VALUE).doubleValue()).isEqualTo(Double.MIN_VALUE);
        assertThatThrownBy(() -> Rational.of(Double.NaN)).isInstanceOf(NetworkException.class);
        assertThatThrownBy(() -> Rational.ONE.over(Rational.ZERO)).isInstanceOf(NetworkException.class);
    }
}
