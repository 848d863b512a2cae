package org.bitloom.training;

/** Mean and (biased) variance of each feature, from exact integer sums and rounded once at the end. */
record Moments(float[] mean, float[] variance) {
    static Moments of(int[][] samples) {
        int features = samples[0].length;
        long count = samples.length;
        float[] mean = new float[features];
        float[] variance = new float[features];
        for (int f = 0; f < features; f++) {
            long sum = 0;
            long squares = 0;
            for (int[] sample : samples) {
                sum += sample[f];
                squares += (long) sample[f] * sample[f];
            }
            mean[f] = (float) ((double) sum / count);
            // count² · variance is an integer below 2^63 for 2^20 samples of 11 bits
            variance[f] = (float) ((double) (count * squares - sum * sum) / ((double) count * count));
        }
        return new Moments(mean, variance);
    }
}
