package org.bitloom.network.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.bitloom.network.BitPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quantizers beside QONNX's written specification (docs/qonnx-custom-ops), with values worked out by hand. */
class QuantizerTest {
    private static Tensor vector(float... values) {
        return Tensor.of(Dimensions.of(1, values.length), values);
    }

    private static float[] apply(Operator operator, float... values) {
        return ModelEvaluator.apply(operator, List.of(vector(values))).getFirst().toArray();
    }

    /** The table of rounding modes of intquant_v1.md. */
    @ParameterizedTest
    @CsvSource({
        "5.5, 6, 6, 5, 6, 5, 6, 5", "2.5, 2, 3, 2, 3, 2, 3, 2", "1.6, 2, 2, 1, 2, 1, 2, 2",
        "1.1, 1, 2, 1, 2, 1, 1, 1", "1.0, 1, 1, 1, 1, 1, 1, 1", "-1.0, -1, -1, -1, -1, -1, -1, -1",
        "-1.1, -1, -1, -2, -2, -1, -1, -1", "-1.6, -2, -1, -2, -2, -1, -2, -2",
        "-2.5, -2, -2, -3, -3, -2, -3, -2", "-5.5, -6, -5, -6, -6, -5, -6, -5"})
    void roundsAsTheTableSays(float x, float round, float ceil, float floor, float up, float down, float halfUp,
            float halfDown) {
        String[] names = {"ROUND", "ceil", "FLOOR", "up", "DOWN", "HALF_UP", "half_down"};
        float[] expected = {round, ceil, floor, up, down, halfUp, halfDown};
        for (int i = 0; i < names.length; i++) {
            Rounding rounding = Rounding.named(names[i]).orElseThrow();
            Operator quant = new Quantizer.IntegerQuant(Tensor.scalar(1), Tensor.scalar(0), 8, true, false, rounding);
            assertThat(apply(quant, x)).as(names[i]).containsExactly(expected[i]);
        }
    }

    @Test
    void boundariesSayWhatRoundingDoes() {
        for (Rounding rounding : Rounding.values()) {
            for (long eighths = -80; eighths <= 80; eighths++) {
                double x = eighths / 8.0;
                for (long level = -8; level <= 8; level++) {
                    long doubled = rounding.doubledBoundary(level);
                    boolean reached = 2 * x > doubled || 2 * x == doubled && rounding.includesBoundary(level);
                    assertThat(reached).as("%s of %s reaches %s", rounding, x, level)
                            .isEqualTo(rounding.round(x) >= level);
                }
            }
        }
    }

    @Test
    void roundingAgreesWithBigDecimal() {
        RoundingMode[] modes = {RoundingMode.HALF_EVEN, RoundingMode.CEILING, RoundingMode.FLOOR, RoundingMode.UP,
            RoundingMode.DOWN, RoundingMode.HALF_UP, RoundingMode.HALF_DOWN};
        for (Rounding rounding : Rounding.values()) {
            for (double x = -6; x <= 6; x += 0.0625) {
                BigDecimal rounded = rounding == Rounding.HALF_UPWARD
                        ? new BigDecimal(x + 0.5).setScale(0, RoundingMode.FLOOR)
                        : new BigDecimal(x).setScale(0, modes[rounding.ordinal()]);
                assertThat(rounding.round(x)).as("%s of %s", rounding, x).isEqualTo(rounded.doubleValue());
            }
        }
    }

    @Test
    void weightsOfABitPatternLoseWhatIsMasked() {
        BitPattern pattern = BitPattern.parse("X0.0XX");
        assertThat(apply(new Quantizer.BitMasked(pattern, BitPattern.Overflow.MASK), 0.6f, -0.6f, 0.3125f, -3, 0.05f))
                .containsExactly(0.125f, -0.125f, 0.375f, -0.375f, 0);
        assertThat(apply(new Quantizer.BitMasked(pattern, BitPattern.Overflow.SATURATE), 0.6f, -0.6f, 0.3f))
                .containsExactly(0.375f, -0.375f, 0.25f);
        assertThat(apply(new Quantizer.BitMasked(BitPattern.parse("X0.X0X"), BitPattern.Overflow.NEAREST), 0.35f, -0.3f))
                .containsExactly(0.5f, -0.125f);
    }

    @Test
    void quantClampsToTheRangeOfItsBits() {
        assertThat(apply(quant(1, 0, 4, true, false), -100, -8, 7, 100)).containsExactly(-8, -8, 7, 7);
        assertThat(apply(quant(1, 0, 4, true, true), -100, -8, 7, 100)).containsExactly(-7, -7, 7, 7);
        assertThat(apply(quant(1, 0, 4, false, false), -1, 0, 15, 16)).containsExactly(0, 0, 15, 15);
        assertThat(apply(quant(1, 0, 4, false, true), -1, 0, 15, 16)).containsExactly(0, 0, 14, 14);
        assertThat(apply(quant(1, 0, 1, false, false), -1, 0.4f, 0.6f, 9)).containsExactly(0, 0, 1, 1);
    }

    @Test
    void quantScalesAndShifts() {
        // x / 0.5 + 2 = 2.6, 4, 1.5, 9; clamped to 7; rounded 3, 4, 2, 7; minus 2, times 0.5.
        assertThat(apply(quant(0.5f, 2, 4, true, false), 0.3f, 1, -0.25f, 3.5f)).containsExactly(0.5f, 1, 0, 2.5f);
    }

    private static Quantizer quant(float scale, float zero, int bits, boolean signed, boolean narrow) {
        return new Quantizer.IntegerQuant(Tensor.scalar(scale), Tensor.scalar(zero), bits, signed, narrow,
                Rounding.HALF_EVEN);
    }

    @Test
    void quantTakesAScaleForEachChannel() {
        Tensor scales = Tensor.of(Dimensions.of(1, 3), 1, 2, 0.5f);
        Operator quant = new Quantizer.IntegerQuant(scales, Tensor.scalar(0), 3, true, false, Rounding.FLOOR);
        assertThat(apply(quant, 2.9f, 2.9f, 2.9f)).containsExactly(2, 2, 1.5f);
    }

    @Test
    void bipolarQuantTakesZeroAsPositive() {
        assertThat(apply(new Quantizer.BipolarQuant(Tensor.scalar(0.25f)), -3, -0.1f, 0, -0f, 5))
                .containsExactly(-0.25f, -0.25f, 0.25f, 0.25f, 0.25f);
    }

    @Test
    void truncOfVersionOneDropsBitsAndKeepsTheScale() {
        // 0.5-scaled 8-bit integers 11, -11, 12 lose 2 bits by floor: 2, -3, 3; version 1 writes them back with 0.5.
        Operator trunc = new Quantizer.Truncation(0.5f, 0, 2, Long.MIN_VALUE, Long.MAX_VALUE, Rounding.FLOOR, 0.5f, 0);
        assertThat(apply(trunc, 5.5f, -5.5f, 6)).containsExactly(1, -1.5f, 1.5f);
    }

    @Test
    void truncOfVersionTwoClampsAndWritesBackWithItsOutputScale() {
        Operator trunc = new Quantizer.Truncation(0.5f, 0, 2, -8, 7, Rounding.HALF_EVEN, 2, 0);
        // 5.5 / 0.5 = 11; 11 / 4 = 2.75 -> 3 -> 6. 5 / 0.5 = 10; 2.5 -> 2 (even) -> 4. 100 / 0.5 / 4 = 50 -> 7 -> 14.
        assertThat(apply(trunc, 5.5f, 5, 100, -100)).containsExactly(6, 4, 14, -16);
    }

    @Test
    void multiThresholdCountsWhatIsPassed() {
        Tensor thresholds = Tensor.of(Dimensions.of(2, 3), -1, 0, 1, 10, 20, 30);
        Operator multi = new Quantizer.MultiThreshold(thresholds, 1, 1, 0);
        assertThat(apply(multi, 0, 20)).containsExactly(2, 2);
        assertThat(apply(multi, -1.5f, 9.9f)).containsExactly(0, 0);
        assertThat(apply(new Quantizer.MultiThreshold(thresholds, 1, 2, -3), 1, 100)).containsExactly(3, 3);
    }

    @Test
    void multiThresholdFindsItsChannelAxis() {
        Tensor x = Tensor.of(Dimensions.of(1, 2, 1, 2), 5, 15, 5, 15);
        Tensor thresholds = Tensor.of(Dimensions.of(2, 1), 0, 10);
        assertThat(ModelEvaluator.apply(new Quantizer.MultiThreshold(thresholds, 1, 1, 0), List.of(x))
                .getFirst().toArray()).containsExactly(1, 1, 0, 1);
        assertThat(ModelEvaluator.apply(new Quantizer.MultiThreshold(thresholds, 3, 1, 0), List.of(x))
                .getFirst().toArray()).containsExactly(1, 1, 1, 1);
    }
}
