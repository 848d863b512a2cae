package org.bitloom.compression.quantize;

import org.bitloom.network.Rational;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Rounding;
import org.bitloom.network.model.Tensor;

/**
 * Numbers of so many bits times a scale. Halves are rounded up, which is what adding half a unit and dropping bits does.
 */
record ActivationFormat(int bits, boolean signed, float scale) {
    Rational step() {
        return Rational.of(scale);
    }

    long least() {
        return signed ? -(1L << bits - 1) : 0;
    }

    long greatest() {
        return (1L << (signed ? bits - 1 : bits)) - 1;
    }

    Quantizer quantizer() {
        return new Quantizer.IntegerQuant(Tensor.scalar(scale), Tensor.scalar(0), bits, signed, false,
                Rounding.HALF_UPWARD);
    }
}
