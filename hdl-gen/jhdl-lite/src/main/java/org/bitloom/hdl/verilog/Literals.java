package org.bitloom.hdl.verilog;

import org.bitloom.hdl.ir.BitVector;

/** Sized literals: small numbers decimal, bit patterns hexadecimal, long ones in pieces. */
final class Literals {
    private static final int PIECE = 256;

    private Literals() {}

    /** @param number whether the value is a quantity, decimal up to 32 bits, rather than a pattern */
    static String of(BitVector value, boolean number) {
        int width = value.width();
        if (width == 1) {
            return value.bit(0) ? "1'b1" : "1'b0";
        }
        if (value.isZero()) {
            return width + "'d0";
        }
        if (width <= 4 || width <= 32 && (number || value.toLong() < 10)) {
            return width + "'d" + value.toLong();
        }
        if (width > 1 && value.isAllOnes() && width > 32) {
            return "{" + width + "{1'b1}}";
        }
        if (width <= PIECE) {
            return width + "'h" + value.toHex();
        }
        StringBuilder text = new StringBuilder("{");
        for (int high = width - 1; high >= 0; ) {
            int low = high / PIECE * PIECE;
            text.append(high == width - 1 ? "" : ", ").append(high - low + 1).append("'h");
            text.append(value.slice(high, low).toHex());
            high = low - 1;
        }
        return text.append('}').toString();
    }

    /** The value as a signed number, for a signed comparison. */
    static String signed(BitVector value) {
        int width = value.width();
        if (width > 32 || width == 1) {
            return "$signed(" + of(value, false) + ")";
        }
        long number = value.toSigned().longValue();
        if (number == -(1L << width - 1)) {
            return "$signed(" + of(value, false) + ")";
        }
        return number < 0 ? "-" + width + "'sd" + -number : width + "'sd" + number;
    }
}
