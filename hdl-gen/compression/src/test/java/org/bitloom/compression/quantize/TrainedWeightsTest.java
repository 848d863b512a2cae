package org.bitloom.compression.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitloom.network.BitPattern;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Rounding;
import org.bitloom.network.model.Tensor;
import org.junit.jupiter.api.Test;

/** What a format takes from weights, counted by hand. */
class TrainedWeightsTest {
    private static final float[] WEIGHTS = {0, 0.0625f, 0.05f, -0.375f, -0.625f, 0.5f, 1.9f, -3};

    private static TrainedWeights of(Quantizer quantizer) {
        return new TrainedWeights("layer", Tensor.of(Dimensions.of(WEIGHTS.length), WEIGHTS), quantizer);
    }

    private static TrainedWeights.Losses losses(BitPattern.Overflow rule) {
        return of(new Quantizer.BitMasked(BitPattern.parse("X0.0XX"), rule)).losses();
    }

    @Test
    void aPatternSaturatesBeyondItsWidthAndMasksWithinIt() {
        // In eighths 0, 0.5, 0.4, -3, -5, 4, 15.2, -24; of 5 bits 15 is the largest, 3 of those kept. Masked: 5, 4 and 15.
        assertThat(losses(BitPattern.Overflow.MASK)).isEqualTo(new TrainedWeights.Losses(1.0 / 8, 3.0 / 8, 2.0 / 8));
    }

    @Test
    void whatSaturatesMasksNothingAboveTheLargestNumber() {
        assertThat(losses(BitPattern.Overflow.SATURATE)).isEqualTo(new TrainedWeights.Losses(4.0 / 8, 0, 1.0 / 8));
    }

    @Test
    void integersSaturateAboveTheLargestByHalfAStep() {
        TrainedWeights weights = of(new Quantizer.IntegerQuant(
                Tensor.scalar(0.25f), Tensor.scalar(0), 3, true, true, Rounding.HALF_AWAY_FROM_ZERO));
        assertThat(weights.representable()).containsExactly(-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75);
        assertThat(weights.losses()).isEqualTo(new TrainedWeights.Losses(2.0 / 8, 0, 2.0 / 8));
        assertThat(weights.format()).isEqualTo("3 bits");
    }

    @Test
    void numbersOfAPatternAreThoseThatItsWeightsCanBe() {
        TrainedWeights weights = of(new Quantizer.BitMasked(BitPattern.parse("X0.0XX"), BitPattern.Overflow.MASK));
        assertThat(weights.representable()).containsExactly(-0.375, -0.25, -0.125, 0, 0.125, 0.25, 0.375);
        assertThat(of(new Quantizer.BipolarQuant(Tensor.scalar(0.5f))).representable()).containsExactly(-0.5, 0.5);
    }
}
