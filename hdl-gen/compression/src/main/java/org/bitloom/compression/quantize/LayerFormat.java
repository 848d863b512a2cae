package org.bitloom.compression.quantize;

import org.bitloom.network.NetworkException;

/**
 * How a layer is quantized.
 *
 * @param activationBits bits of each number that the layer gives: unsigned behind a ReLU, else signed
 */
public record LayerFormat(WeightFormat weights, int activationBits) {
    public static final int MIN_ACTIVATION_BITS = 2;
    /** Finer activations take too many levels to be proven one by one. */
    public static final int MAX_ACTIVATION_BITS = 12;

    public LayerFormat {
        if (activationBits < MIN_ACTIVATION_BITS || activationBits > MAX_ACTIVATION_BITS) {
            throw new NetworkException("activations of " + activationBits + " bits; " + MIN_ACTIVATION_BITS + " to "
                    + MAX_ACTIVATION_BITS + " are possible");
        }
    }
}
