package org.bitloom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bitloom.network.BitPattern.Overflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitPatternTest {
    /** The paper's names and patterns. */
    @ParameterizedTest
    @CsvSource({
        "3_0_0, XX.X", "4_0_0, XX.XX", "4_1_0_0, X0.XX", "5_1_0_0, X0.XXX", "5_2_0_1_0, X0.0XX", "5_2_0_2_0, X0.X0X",
        "6_2_0_1_0, X0.0XXX", "6_2_0_2_0, X0.X0XX", "6_2_0_3_0, X0.XX0X", "6_3_0_1_2_0, X0.00XX",
        "6_3_0_1_3_0, X0.0X0X", "7_3_0_1_2_0, X0.00XXX", "7_3_0_1_3_0, X0.0X0XX", "7_4_0_1_2_4_0, X0.00X0X",
        "8_4_0_1_2_3_0, X0.000XXX", "8_4_0_1_2_4_0, X0.00X0XX", "8_5_0_2_3_4_5_0, X0.X0000X"
    })
    void bothNotationsNameOnePattern(String listed, String shown) {
        BitPattern pattern = BitPattern.parse(listed);
        assertThat(pattern).isEqualTo(BitPattern.parse(shown));
        assertThat(pattern).hasToString(shown);
        assertThat(pattern.listed()).isEqualTo(listed);
        assertThat(pattern.bits()).isEqualTo(shown.replaceAll("[^X]", "").length());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "X", "0X.X", "X1.0", "X0.0", "6_2_0_0", "6_2_0_0_0", "6_2_0_5_0", "6_2_0_1", "99_1_0_0", "1_0_0",
        "X0.XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
    })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> BitPattern.parse(text)).isInstanceOf(NetworkException.class)
                .hasMessageContaining("bit pattern");
    }

    @Test
    void everyPatternOfUpToSevenBitsHoldsExactlyItsValues() {
        for (int width = 2; width <= 7; width++) {
            for (int kept = 1; kept < 1 << width - 1; kept++) {
                BitPattern pattern = new BitPattern(width, kept);
                int limit = (1 << width - 1) - 1;
                int[] expected = IntStream.rangeClosed(-limit, limit).filter(pattern::contains).toArray();
                assertThat(pattern.values()).isEqualTo(expected);
                assertThat(BitPattern.parse(pattern.toString())).isEqualTo(pattern);
                for (int value : expected) {
                    assertThat(pattern.decode(pattern.encode(value))).isEqualTo(value);
                    assertThat(pattern.encode(value)).isBetween(0, (1 << pattern.bits()) - 1);
                }
                assertThat(pattern.decode(1 << pattern.bits() - 1)).isZero();
            }
        }
    }

    /** Sixteenths of a unit, from beyond one end to beyond the other, against a search over all values. */
    @Test
    void everyRuleRoundsAsItSays() {
        for (int width = 2; width <= 6; width++) {
            for (int kept = 1; kept < 1 << width - 1; kept++) {
                BitPattern pattern = new BitPattern(width, kept);
                int limit = (1 << width - 1) - 1;
                double unit = Math.pow(2, -pattern.fractionBits());
                for (int at = -20 * limit; at <= 20 * limit; at++) {
                    int sixteenths = at;
                    double number = sixteenths / 16.0 * unit;
                    int sign = sixteenths < 0 ? -1 : 1;
                    int rounded = Math.min(limit, (Math.abs(sixteenths) + 8) / 16);
                    assertThat(pattern.quantize(number, Overflow.MASK)).isEqualTo(sign * (rounded & kept));
                    assertThat(pattern.quantize(number, Overflow.SATURATE))
                            .isEqualTo(sign * (rounded > kept ? kept : rounded & kept));
                    int distance = Math.abs(16 * pattern.quantize(number, Overflow.NEAREST) - sixteenths);
                    int least = Arrays.stream(pattern.values()).map(v -> Math.abs(16 * v - sixteenths)).min().orElseThrow();
                    assertThat(distance).isEqualTo(least);
                }
            }
        }
    }

    @Test
    void theExampleOfTheMaskedMagnitude() {
        assertThat(BitPattern.parse("X0.0XX").quantize(0.625, Overflow.MASK)).isEqualTo(1);
        assertThat(BitPattern.parse("X0.0XX").quantize(-0.625, Overflow.SATURATE)).isEqualTo(-3);
    }
}
