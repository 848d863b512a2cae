package org.bitloom.compression.quantize;

import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;

/** What the weights of a layer become. */
public sealed interface WeightFormat {
    int MIN_BITS = 2;
    int MAX_BITS = 16;

    /** Integers from −(2^(bits−1) − 1) to the same above 0, times one scale for the layer. */
    record Uniform(int bits) implements WeightFormat {
        public Uniform {
            if (bits < MIN_BITS || bits > MAX_BITS) {
                throw new NetworkException("weights of " + bits + " bits; " + MIN_BITS + " to " + MAX_BITS
                        + " are possible (and binary ones)");
            }
        }

        /** The largest integer. */
        int largest() {
            return (1 << bits - 1) - 1;
        }

        @Override
        public String toString() {
            return bits + " bits";
        }
    }

    /** The numbers of a bit pattern, without a scale. */
    record Masked(BitPattern pattern, BitPattern.Overflow overflow) implements WeightFormat {
        @Override
        public String toString() {
            return pattern.toString();
        }
    }

    /** The sign, times the mean magnitude of the layer (XNOR-Net, arXiv 1603.05279, section 3.1). */
    record Binary() implements WeightFormat {
        @Override
        public String toString() {
            return "binary";
        }
    }
}
