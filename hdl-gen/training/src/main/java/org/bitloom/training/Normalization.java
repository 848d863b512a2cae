package org.bitloom.training;

/** Batch normalization of inference: gamma · (sum − mean) / √(variance + epsilon) + beta, a set of numbers a feature. */
record Normalization(float[] gamma, float[] beta, float[] mean, float[] variance, float epsilon) {
    /** Whether each normalized sum is at least 0. */
    BitRow signs(int[] sums) {
        BitRow signs = new BitRow(sums.length);
        for (int f = 0; f < sums.length; f++) {
            double normalized = (sums[f] - (double) mean[f]) / StrictMath.sqrt((double) variance[f] + epsilon);
            signs.set(f, gamma[f] * normalized + beta[f] >= 0);
        }
        return signs;
    }
}
