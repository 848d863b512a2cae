package org.bitloom.network.model;

import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;

/**
 * The quantizers of QONNX and FINN, and that of bit masks: from a real number to one of finitely many, written back as a
 * real number. Scales are positive, finite and normal; zero points are integers.
 */
public sealed interface Quantizer extends Operator {
    /** Widest integer that a quantizer may produce. */
    int MAX_BITS = 32;

    /**
     * QONNX Quant / IntQuant, version 1: {@code q = round(clamp(x / scale + zeroPoint, min, max))},
     * {@code y = (q − zeroPoint) · scale}. Scale and zero point broadcast to the input.
     */
    record IntegerQuant(Tensor scale, Tensor zeroPoint, int bits, boolean signed, boolean narrow, Rounding rounding)
            implements Quantizer {
        public IntegerQuant {
            requireScale(scale);
            if (bits < 1 || bits > MAX_BITS) {
                throw new NetworkException("bit width " + bits + " is not from 1 to " + MAX_BITS);
            }
            if (bits == 1 && (signed || narrow)) {
                throw new NetworkException("bit width 1 is only possible for an unsigned quantizer that is not narrow; "
                        + "use BipolarQuant for values of -1 and 1");
            }
            for (int i = 0; i < zeroPoint.size(); i++) {
                float zero = zeroPoint.at(i);
                if (!(zero >= min(bits, signed, narrow) && zero <= max(bits, signed, narrow)) || zero != Math.rint(zero)) {
                    throw new NetworkException("zero point " + zero + " is not an integer from "
                            + min(bits, signed, narrow) + " to " + max(bits, signed, narrow));
                }
            }
        }

        /** Lowest level. */
        public long min() {
            return min(bits, signed, narrow);
        }

        /** Highest level. */
        public long max() {
            return max(bits, signed, narrow);
        }

        private static long min(int bits, boolean signed, boolean narrow) {
            return signed ? -(1L << bits - 1) + (narrow ? 1 : 0) : 0;
        }

        private static long max(int bits, boolean signed, boolean narrow) {
            return signed ? (1L << bits - 1) - 1 : (1L << bits) - (narrow ? 2 : 1);
        }
    }

    /** QONNX BipolarQuant, version 1: {@code x >= 0 ? scale : −scale}. The scale broadcasts to the input. */
    record BipolarQuant(Tensor scale) implements Quantizer {
        public BipolarQuant {
            requireScale(scale);
        }
    }

    /**
     * QONNX Trunc: {@code i = half-even(x / scale + zeroPoint)}, {@code q = round(clamp(i / 2^shift, min, max))},
     * {@code y = (q − outputZero) · outputScale}. Version 1 does not clamp (min and max are then the extremes of long)
     * and writes back with the input's scale and zero point.
     */
    record Truncation(float scale, float zeroPoint, int shift, long min, long max, Rounding rounding, float outputScale,
            float outputZero) implements Quantizer {
        public Truncation {
            requireScale(Tensor.scalar(scale));
            requireScale(Tensor.scalar(outputScale));
            if (shift < 0 || shift >= MAX_BITS) {
                throw new NetworkException("it drops " + shift + " bits; 0 to " + (MAX_BITS - 1) + " are possible");
            }
            if (zeroPoint != Math.rint(zeroPoint) || Math.abs(zeroPoint) > 1L << MAX_BITS) {
                throw new NetworkException("zero point " + zeroPoint + " is not an integer of at most " + MAX_BITS
                        + " bits");
            }
        }

        public boolean clamps() {
            return min != Long.MIN_VALUE;
        }
    }

    /**
     * FINN MultiThreshold: {@code y = outputScale · (number of thresholds t of the channel with x >= t) + outputBias}.
     *
     * @param thresholds [channels or 1, steps]
     * @param axis       the channel axis of the input
     */
    record MultiThreshold(Tensor thresholds, int axis, float outputScale, float outputBias) implements Quantizer {
        public MultiThreshold {
            if (thresholds.shape().rank() != 2 || thresholds.size() == 0) {
                throw new NetworkException("thresholds of shape " + thresholds.shape()
                        + "; there must be one row a channel, or one row for all");
            }
            requireScale(Tensor.scalar(outputScale));
        }

        public int steps() {
            return thresholds.shape().at(1);
        }

        public int rows() {
            return thresholds.shape().at(0);
        }
    }

    /**
     * The nearest value of a bit pattern, by the rule where it needs bits that are masked: {@link BitPattern#quantize},
     * times the pattern's last bit. For weights.
     */
    record BitMasked(BitPattern pattern, BitPattern.Overflow overflow) implements Quantizer {
        /** What the integer 1 stands for. */
        public float scale() {
            return Math.scalb(1f, -pattern.fractionBits());
        }
    }

    private static void requireScale(Tensor scale) {
        for (int i = 0; i < scale.size(); i++) {
            float value = scale.at(i);
            if (!(value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE)) {
                throw new NetworkException("scale " + value + " is not a positive, finite and normal number; "
                        + "check the quantizer's exported scale");
            }
        }
    }
}
