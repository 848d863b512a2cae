package org.bitloom.training;

import java.util.Arrays;

/**
 * Trainable numbers, their gradient and the moments of Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1).
 * The arrays are shared with the layer that owns them.
 */
final class Parameters {
    private static final float DECAY_1 = 0.9f;
    private static final float DECAY_2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    final float[] values;
    final float[] gradient;
    private final float[] moment1;
    private final float[] moment2;
    private double power1 = 1;
    private double power2 = 1;

    Parameters(int size, float initial) {
        values = new float[size];
        Arrays.fill(values, initial);
        gradient = new float[size];
        moment1 = new float[size];
        moment2 = new float[size];
    }

    /** One step against the gradient, which is then cleared; values stay within ±limit. */
    void step(float learningRate, float limit) {
        power1 *= DECAY_1;
        power2 *= DECAY_2;
        float rate = (float) (learningRate * StrictMath.sqrt(1 - power2) / (1 - power1));
        for (int i = 0; i < values.length; i++) {
            float slope = gradient[i];
            moment1[i] = DECAY_1 * moment1[i] + (1 - DECAY_1) * slope;
            moment2[i] = DECAY_2 * moment2[i] + (1 - DECAY_2) * slope * slope;
            float moved = values[i] - rate * moment1[i] / ((float) Math.sqrt(moment2[i]) + EPSILON);
            values[i] = Math.max(-limit, Math.min(limit, moved));
            gradient[i] = 0;
        }
    }
}
