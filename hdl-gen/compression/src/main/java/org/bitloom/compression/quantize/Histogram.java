package org.bitloom.compression.quantize;

import org.bitloom.network.NetworkException;

/**
 * How often numbers of each size occurred, in bins of one width, a power of two that doubles as larger numbers come. What
 * it holds does not depend on the order in which they come.
 */
final class Histogram {
    private static final int HALF = 1 << 12;
    private static final int FINEST = -100;
    /** Scales tried below the one that clips nothing. */
    private static final int TRIED = 6;

    private long[] counts = new long[2 * HALF];
    private long zeros;
    private int exponent = FINEST;

    void add(float number) {
        if (!Float.isFinite(number)) {
            throw new NetworkException("the model gives " + number + " for one of the images to calibrate with; check its "
                    + "weights, and the scale of its input");
        }
        if (number == 0) {
            zeros++;
            return;
        }
        while (Math.abs(number) >= Math.scalb((double) HALF, exponent)) {
            coarsen();
        }
        counts[(int) Math.floor(Math.scalb((double) number, -exponent)) + HALF]++;
    }

    private void coarsen() {
        long[] coarser = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            coarser[(i - HALF >> 1) + HALF] += counts[i];
        }
        counts = coarser;
        exponent++;
    }

    /** Everything that another one holds as well. */
    void add(Histogram other) {
        while (exponent < other.exponent) {
            coarsen();
        }
        int shift = exponent - other.exponent;
        for (int i = 0; i < counts.length; i++) {
            // Beyond the width of an int all that is left is the sign.
            counts[(i - HALF >> Math.min(shift, Integer.SIZE - 1)) + HALF] += other.counts[i];
        }
        zeros += other.zeros;
    }

    /** The format of a power-of-two scale that makes the squared error least; of equal ones that which clips less. */
    ActivationFormat format(int bits, boolean signed) {
        int top = FINEST;
        while (clips(new ActivationFormat(bits, signed, Math.scalb(1f, top)))) {
            top++;
        }
        ActivationFormat best = new ActivationFormat(bits, signed, Math.scalb(1f, top));
        double least = error(best);
        for (int below = top - 1; below > top - TRIED && below >= FINEST; below--) {
            ActivationFormat finer = new ActivationFormat(bits, signed, Math.scalb(1f, below));
            double error = error(finer);
            if (error < least) {
                least = error;
                best = finer;
            }
        }
        return best;
    }

    private boolean clips(ActivationFormat format) {
        for (int i = 0; i < counts.length; i++) {
            boolean beyond = counts[i] > 0 && (centre(i) > (format.greatest() + 0.5) * format.scale()
                    || format.signed() && centre(i) < (format.least() - 0.5) * format.scale());
            if (beyond) {
                return true;
            }
        }
        return false;
    }

    private double error(ActivationFormat format) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                double number = centre(i);
                double level = Math.clamp(Math.floor(number / format.scale() + 0.5), format.least(), format.greatest());
                double error = number - level * format.scale();
                sum += counts[i] * error * error;
            }
        }
        return sum;
    }

    private double centre(int bin) {
        return Math.scalb(bin - HALF + 0.5, exponent);
    }
}
