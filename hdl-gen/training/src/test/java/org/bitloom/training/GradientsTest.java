package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Gradients against definitions that are obviously right: plain sums of products and difference quotients. */
class GradientsTest {
    private static final int BATCH = 8;

    @Test
    void theInputGradientOfADenseLayerIsTheTransposedProduct() {
        BinaryDense layer = new BinaryDense(20, 3, new Randomness(1));
        float[][] slopes = slopes(3);
        float[][] inputSlopes = layer.backward(slopes);
        for (int i = 0; i < BATCH; i++) {
            for (int input = 0; input < 20; input++) {
                double sum = 0;
                for (int row = 0; row < 3; row++) {
                    sum += slopes[i][row] * layer.signs()[row].expanded()[input];
                }
                assertThat(inputSlopes[i][input]).isCloseTo((float) sum, within(1e-5f));
            }
        }
    }

    @Test
    void oneStepOfAdamMovesEachWeightAgainstTheSumOfSlopeTimesInput() {
        BinaryDense layer = new BinaryDense(20, 3, new Randomness(1));
        BitRow[] batch = batch(20);
        float[][] slopes = slopes(3);
        layer.collect(slopes, batch);
        // a first step of Adam has the size of its rate, whatever the slope: 2 passes every clipped weight through 0
        layer.step(2);
        for (int row = 0; row < 3; row++) {
            for (int input = 0; input < 20; input++) {
                double gradient = 0;
                for (int i = 0; i < BATCH; i++) {
                    gradient += slopes[i][row] * batch[i].expanded()[input];
                }
                assertThat(layer.signs()[row].get(input)).isEqualTo(gradient < 0);
            }
        }
    }

    @Test
    void theGradientOfBatchNormalizationIsItsDifferenceQuotient() {
        int[][] sums = {{-40}, {12}, {30}, {-6}, {4}, {22}, {-18}, {8}};
        float[][] slopes = slopes(1);
        BatchNorm norm = new BatchNorm(1);
        norm.forward(sums);
        float[][] gradient = norm.backward(slopes);
        double[] values = Arrays.stream(sums).mapToDouble(s -> s[0]).toArray();
        boolean[] passes = new boolean[BATCH];
        double[] normalized = normalized(values);
        for (int i = 0; i < BATCH; i++) {
            passes[i] = Math.abs(normalized[i]) <= 1;
        }
        for (int i = 0; i < BATCH; i++) {
            double step = 1e-4;
            double[] above = values.clone();
            above[i] += step;
            double[] below = values.clone();
            below[i] -= step;
            double quotient = (weighted(normalized(above), slopes, passes)
                    - weighted(normalized(below), slopes, passes)) / (2 * step);
            assertThat((double) gradient[i][0]).isCloseTo(quotient, within(1e-6));
        }
        assertThat(passes).contains(true).contains(false);
    }

    @Test
    void theGradientOfTheLossIsItsDifferenceQuotient() {
        int[][] sums = {{4, -2, 6}, {0, 0, -8}};
        int[] labels = {0, 1};
        float scale = 0.25f;
        float[][] gradient = SoftmaxLoss.of(sums, labels, scale).slopes();
        for (int i = 0; i < sums.length; i++) {
            for (int c = 0; c < 3; c++) {
                // sums are integers: the finest difference is one, taken at a scale so small that it is tiny
                int factor = 1 << 20;
                double quotient = (loss(sums, labels, scale / factor, factor, i, c, 1)
                        - loss(sums, labels, scale / factor, factor, i, c, -1)) / 2 * factor;
                assertThat((double) gradient[i][c]).isCloseTo(quotient, within(1e-5));
            }
        }
    }

    private static double loss(int[][] sums, int[] labels, float scale, int factor, int picture, int c, int change) {
        int[][] finer = new int[sums.length][];
        for (int i = 0; i < sums.length; i++) {
            finer[i] = Arrays.stream(sums[i]).map(s -> s * factor).toArray();
        }
        finer[picture][c] += change;
        return SoftmaxLoss.of(finer, labels, scale).loss();
    }

    private static double[] normalized(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) / Math.sqrt(variance + BatchNorm.EPSILON)).toArray();
    }

    private static double weighted(double[] values, float[][] slopes, boolean[] passes) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += passes[i] ? slopes[i][0] * values[i] : 0;
        }
        return sum;
    }

    private static float[][] slopes(int outputs) {
        Randomness random = new Randomness(2);
        float[][] slopes = new float[BATCH][outputs];
        for (float[] row : slopes) {
            for (int i = 0; i < outputs; i++) {
                row[i] = (float) random.gaussian();
            }
        }
        return slopes;
    }

    private static BitRow[] batch(int inputs) {
        Randomness random = new Randomness(3);
        BitRow[] batch = new BitRow[BATCH];
        Arrays.setAll(batch, i -> BitRowTest.random(inputs, random));
        return batch;
    }
}
