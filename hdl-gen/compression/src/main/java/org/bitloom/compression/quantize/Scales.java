package org.bitloom.compression.quantize;

import org.bitloom.network.model.Tensor;

/**
 * Scales of weights. Each is one of 8 to 15 times a power of two: at most 6 % from the best there is, exact in float32
 * together with what it multiplies, and a factor of 4 bits wherever hardware has to multiply by it.
 */
final class Scales {
    private static final int STEPS = 8;
    private static final int STEP_BITS = 3;
    /** How far below the scale that clips nothing the least one lies: 3 powers of two. */
    private static final int TRIED = 3 * STEPS;
    private static final int LEAST_EXPONENT = -100;

    private Scales() {
    }

    /** The scale that makes the squared error of weights least when they become −largest to largest times it. */
    static float leastError(Tensor weights, int largest) {
        double max = 0;
        for (int i = 0; i < weights.size(); i++) {
            max = Math.max(max, Math.abs(weights.at(i)));
        }
        int top = atLeast(max / largest);
        int best = top;
        double least = Double.POSITIVE_INFINITY;
        for (int code = top; code > top - TRIED; code--) {
            double error = error(weights, scale(code), largest);
            if (error < least) {
                least = error;
                best = code;
            }
        }
        return scale(best);
    }

    /** The scale nearest to a number. */
    static float near(double number) {
        int above = atLeast(number);
        return scale(above) - number <= number - scale(above - 1) ? scale(above) : scale(above - 1);
    }

    /** Scales in ascending order, counted. */
    private static float scale(int code) {
        return Math.scalb(1f + (float) Math.floorMod(code, STEPS) / STEPS, Math.floorDiv(code, STEPS));
    }

    /** The first scale that is not less than a number. */
    private static int atLeast(double number) {
        if (!(number > Math.scalb(1.0, LEAST_EXPONENT))) {
            return LEAST_EXPONENT << STEP_BITS;
        }
        int code = Math.getExponent(number) << STEP_BITS;
        while (scale(code) < number) {
            code++;
        }
        return code;
    }

    private static double error(Tensor weights, float scale, int largest) {
        double sum = 0;
        for (int i = 0; i < weights.size(); i++) {
            double weight = weights.at(i);
            double error = weight - scale * Math.clamp(Math.rint(weight / scale), -largest, largest);
            sum += error * error;
        }
        return sum;
    }
}
