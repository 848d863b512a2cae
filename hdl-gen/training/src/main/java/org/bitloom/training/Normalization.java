package org.bitloom.training;

/** Batch normalization of inference: gamma · (sum − mean) / √(variance + epsilon) + beta, a set of numbers a feature. */
record Normalization(float[] gamma, float[] beta, float[] mean, float[] variance, float epsilon) {
    /** Whether each normalized sum is at least 0. */
    BitRow signs(int[] sums) {
        return BitRow.of(sums.length, f -> {
            double normalized = (sums[f] - (double) mean[f]) / StrictMath.sqrt((double) variance[f] + epsilon);
            return gamma[f] * normalized + beta[f] >= 0;
        });
    }
}
