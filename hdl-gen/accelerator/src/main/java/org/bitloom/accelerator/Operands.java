package org.bitloom.accelerator;

import org.bitloom.blocks.Format;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.IntegerNetwork;

/** A network's numbers as the operands of blocks. */
final class Operands {
    /** There is no block for wider ones. */
    private static final int MOST_BITS = 32;

    private Operands() {}

    /** @throws AcceleratorException where a layer's operands are too wide */
    static void require(IntegerNetwork network, int layer, ValueType first, ValueType second) {
        if (first.bits() > MOST_BITS || second.bits() > MOST_BITS) {
            throw new AcceleratorException("network " + network.name() + ", layer " + network.layers().get(layer).name()
                    + ": there is no block for operands of more than " + MOST_BITS + " bits: " + first + " and " + second);
        }
    }

    static Format format(ValueType type) {
        return switch (type) {
            case ValueType.Bipolar _ -> new Format.Bipolar();
            case ValueType.Unsigned u -> new Format.Unsigned(u.bits());
            case ValueType.Signed s -> new Format.Signed(s.bits());
        };
    }

    /** The bits of an activation below all thresholds, as a number to which levels are added. */
    static long lowestCode(ValueType type) {
        return type instanceof ValueType.Bipolar ? 0 : type.min();
    }

    /** Bits of the narrowest signed number that holds both. */
    static int signedBits(long least, long greatest) {
        long widest = Math.max(least < 0 ? ~least : least, greatest < 0 ? ~greatest : greatest);
        return 65 - Long.numberOfLeadingZeros(widest);
    }
}
