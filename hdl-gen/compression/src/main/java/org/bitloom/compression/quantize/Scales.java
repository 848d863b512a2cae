package org.bitloom.compression.quantize;

import org.bitloom.network.model.Tensor;

/**
 * Scales of weights. Together with the step of what the weights multiply each is one of 8 to 15 times a power of two: at
 * most 6 % from the best there is, exact in float32, and a factor of 4 bits wherever hardware has to multiply by it.
 *
 * @param part what of such a number is the weights' own; above 1/2, at most 1
 */
record Scales(float part) {
    private static final int STEPS = 8;
    private static final int STEP_BITS = 3;
    /** How far below the scale that clips nothing the least one lies: 3 powers of two. */
    private static final int TRIED = 3 * STEPS;
    private static final int LEAST_EXPONENT = -100;

    /** For weights that multiply integers of a step: pixels that stand for 0 to 1 have 1/255. */
    static Scales forStep(double step) {
        double size = Math.abs(step);
        // Of 1/255, which is 256/255 · 2^−8 but not to the last bit of a double, it is 255/256, which float32 knows.
        return new Scales(size >= Double.MIN_NORMAL ? (float) (Math.scalb(1.0, Math.getExponent(size)) / size) : 1);
    }

    /** The scale that makes the squared error of weights least when they become −largest to largest times it. */
    float leastError(Tensor weights, int largest) {
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
    float near(double number) {
        int above = atLeast(number);
        return scale(above) - number <= number - scale(above - 1) ? scale(above) : scale(above - 1);
    }

    /** Scales in ascending order, counted. */
    private float scale(int code) {
        float few = Math.scalb(1f + (float) Math.floorMod(code, STEPS) / STEPS, Math.floorDiv(code, STEPS));
        return few * part;
    }

    /** The first scale that is not less than a number. */
    private int atLeast(double number) {
        if (!(number > Math.scalb(1.0, LEAST_EXPONENT))) {
            return LEAST_EXPONENT << STEP_BITS;
        }
        int code = Math.getExponent(number) << STEP_BITS;
        while (scale(code) < number) {
            code++;
        }
        return code;
    }

    private double error(Tensor weights, float scale, int largest) {
        double sum = 0;
        for (int i = 0; i < weights.size(); i++) {
            double weight = weights.at(i);
            double error = weight - scale * Math.clamp(Math.rint(weight / scale), -largest, largest);
            sum += error * error;
        }
        return sum;
    }
}
