package org.bitloom.compression;

import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.model.Model;

/**
 * What the integers at a network's input mean to the model: {@code x = pixel · scale + offset}, in exact arithmetic.
 * (A float program computes pixel / 255 rounded to float32; the exact fraction is meant here.)
 */
public record InputEncoding(ValueType type, Rational scale, Rational offset) {
    /** Bytes, 0 to 255 standing for 0 to 1: what PyTorch's ToTensor gives. */
    public static final InputEncoding PIXELS =
            new InputEncoding(ValueType.unsigned(8), Rational.of(1, 255), Rational.ZERO);

    /** What a model most likely expects: its own integers where it declares them, else {@link #PIXELS}. */
    public static InputEncoding of(Model model) {
        return model.integers().map(InputEncoding::integers).orElse(PIXELS);
    }

    /** Integers that the model takes as they are. */
    public static InputEncoding integers(ValueType type) {
        return new InputEncoding(type, Rational.ONE, Rational.ZERO);
    }
}
