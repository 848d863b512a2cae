package org.bitloom.compression.quantize;

import org.bitloom.network.Rational;
import org.jspecify.annotations.Nullable;

/**
 * A place where a value of the model is quantized. Sites whose integers meet in a sum or concatenation have one format:
 * they are joined, and their root knows it.
 */
final class Site {
    private final String value;
    private final String name;
    private int bits;
    private boolean nonNegative;
    private @Nullable Site joined;
    private @Nullable ActivationFormat format;
    private boolean given;

    /** A site whose format is to be found from what the value is like. */
    Site(String value, String name, int bits, boolean nonNegative) {
        this.value = value;
        this.name = name;
        this.bits = bits;
        this.nonNegative = nonNegative;
    }

    /** A site of a format that is known. */
    Site(String value, String name, ActivationFormat format) {
        this(value, name, format.bits(), !format.signed());
        this.format = format;
        this.given = true;
    }

    /** The value of the model that is quantized here. */
    String value() {
        return value;
    }

    /** What the quantizer's node is called. */
    String name() {
        return name;
    }

    boolean isGiven() {
        return given;
    }

    Site root() {
        return joined == null ? this : joined.root();
    }

    void join(Site other) {
        Site root = root();
        Site otherRoot = other.root();
        if (root != otherRoot) {
            otherRoot.joined = root;
            root.bits = Math.max(root.bits, otherRoot.bits);
            root.nonNegative &= otherRoot.nonNegative;
        }
    }

    /** Chooses the format of a root from the numbers that occurred at all its sites. */
    void choose(Histogram numbers) {
        format = numbers.format(bits, !nonNegative);
    }

    ActivationFormat format() {
        ActivationFormat chosen = root().format;
        if (chosen == null) {
            throw new IllegalStateException("site " + name + " has no format");
        }
        return chosen;
    }

    Rational step() {
        return format().step();
    }
}
