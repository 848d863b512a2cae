package org.bitloom.training;

/**
 * Batch normalization and sign under training (arXiv 1502.03167, algorithm 1; the sign's slope is 1 within ±1 and 0
 * beyond, the straight-through estimator of arXiv 1602.02830, equation 4). One pair gamma, beta a feature.
 */
final class BatchNorm {
    /** What Brevitas and PyTorch use by default. */
    static final float EPSILON = 1e-5f;
    private static final float NO_LIMIT = Float.MAX_VALUE;

    private final Parameters gamma;
    private final Parameters beta;
    private float[] inverseDeviation = {};
    private float[][] normalized = {};
    private float[][] shifted = {};

    BatchNorm(int features) {
        gamma = new Parameters(features, 1);
        beta = new Parameters(features, 0);
    }

    /** Signs of a batch's normalized sums; keeps what {@link #backward} needs. */
    BitRow[] forward(int[][] sums) {
        Moments moments = Moments.of(sums);
        int features = sums[0].length;
        BitRow[] signs = new BitRow[sums.length];
        normalized = new float[sums.length][features];
        shifted = new float[sums.length][features];
        inverseDeviation = new float[features];
        for (int f = 0; f < features; f++) {
            inverseDeviation[f] = (float) (1 / StrictMath.sqrt(moments.variance()[f] + EPSILON));
        }
        for (int i = 0; i < sums.length; i++) {
            for (int f = 0; f < features; f++) {
                normalized[i][f] = (sums[i][f] - moments.mean()[f]) * inverseDeviation[f];
                shifted[i][f] = gamma.values[f] * normalized[i][f] + beta.values[f];
            }
            float[] ofPicture = shifted[i];
            signs[i] = BitRow.of(features, f -> ofPicture[f] >= 0);
        }
        return signs;
    }

    /** From the gradient of the signs to the gradient of the sums; collects those of gamma and beta. */
    float[][] backward(float[][] slopes) {
        int count = slopes.length;
        int features = inverseDeviation.length;
        float[] ofGamma = new float[features];
        float[] ofBeta = new float[features];
        float[][] through = new float[count][features];
        for (int i = 0; i < count; i++) {
            for (int f = 0; f < features; f++) {
                through[i][f] = Math.abs(shifted[i][f]) <= 1 ? slopes[i][f] : 0;
                ofGamma[f] += through[i][f] * normalized[i][f];
                ofBeta[f] += through[i][f];
            }
        }
        float[][] sumSlopes = new float[count][features];
        for (int i = 0; i < count; i++) {
            for (int f = 0; f < features; f++) {
                float centred = through[i][f] - (ofBeta[f] + normalized[i][f] * ofGamma[f]) / count;
                sumSlopes[i][f] = gamma.values[f] * inverseDeviation[f] * centred;
            }
        }
        for (int f = 0; f < features; f++) {
            gamma.gradient[f] += ofGamma[f];
            beta.gradient[f] += ofBeta[f];
        }
        return sumSlopes;
    }

    void step(float learningRate) {
        gamma.step(learningRate, NO_LIMIT);
        beta.step(learningRate, NO_LIMIT);
    }

    /** The normalization to be used from now on, with the moments of all training pictures. */
    Normalization frozen(Moments moments) {
        return new Normalization(gamma.values.clone(), beta.values.clone(), moments.mean(), moments.variance(),
                EPSILON);
    }
}
