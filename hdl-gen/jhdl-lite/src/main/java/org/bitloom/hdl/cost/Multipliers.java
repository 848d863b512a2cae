package org.bitloom.hdl.cost;

import org.bitloom.hdl.Component;
import org.bitloom.hdl.verilog.Family;

/**
 * What products of numbers cost that the device's multipliers take where it has any, see {@link #areCells}. In LUTs Yosys
 * 0.23 (passes/techmap/maccmap.cc) makes a row for each bit of an operand, compresses the rows of all products of a sum by
 * full adders, and adds what is left by one carry chain.
 */
public final class Multipliers {
    private final Family family;

    private Multipliers(Family family) {
        this.family = family;
    }

    public static Multipliers of(Family family) {
        return new Multipliers(family);
    }

    /** Whether the synthesizer puts a product of operands of so many bits into a multiplier cell by itself. */
    public boolean areCells(int first, int second) {
        int bits = first + second;
        return switch (family) {
            case XILINX7, ULTRASCALE_PLUS -> bits >= 9;
            case ECP5 -> Math.min(first, second) >= 2;
            case CYCLONE_V -> Math.min(first, second) >= 4;
            case ICE40_UP -> bits >= 11;
            case ICE40, GOWIN -> false;
        };
    }

    /** Whether a multiplier cell also adds what the one before it gives, and has a register behind the sum. */
    public boolean add() {
        return family == Family.XILINX7;
    }

    /** The product of two numbers. */
    public Resources product(int first, int second) {
        if (!areCells(first, second)) {
            return Resources.luts(inLuts(1, first, second));
        }
        int narrow = Math.min(first, second);
        int wide = Math.max(first, second);
        int pieces = pieces(wide, mostBits()) * pieces(narrow, Math.min(mostBits(), 18));
        int rest = rest(wide);
        if (pieces == 2 && !areCells(rest, narrow)) {
            // Its rows join the sum of the pieces.
            return new Resources(Math.max(0, inLuts(1, rest, narrow) - rest - narrow), 0, 0, 1, 2);
        }
        return new Resources((pieces - 1) * (rest + narrow), 0, 0, pieces, pieces);
    }

    /** Pieces of a signed operand overlap by its sign: what the last one has. */
    private int rest(int wide) {
        return wide <= mostBits() ? wide : wide - (pieces(wide, mostBits()) - 1) * (mostBits() - 1);
    }

    /**
     * Flip-flops before and behind the product of a signed number with another one, but for those in the cell.
     *
     * @param dropped the product's lowest bits that have none
     */
    public int registers(int number, boolean signed, int other, int product, int dropped) {
        int all = number + product - dropped;
        if (!areCells(number, other)) {
            return all;
        }
        return switch (family) {
            case XILINX7 -> 0;
            case ICE40_UP -> all - (signed ? number : 0) - Math.max(0, (areCells(rest(number), other) ? product : mostBits() - 1) - dropped);
            case ULTRASCALE_PLUS, ECP5, CYCLONE_V, ICE40, GOWIN -> all;
        };
    }

    private static int pieces(int bits, int most) {
        return bits <= most ? 1 : Math.ceilDiv(bits, most - 1);
    }

    /** Bits of the wider operand of a multiplier cell. */
    private int mostBits() {
        return switch (family) {
            case XILINX7 -> 25;
            case ULTRASCALE_PLUS, CYCLONE_V -> 27;
            case ECP5, GOWIN -> 18;
            case ICE40, ICE40_UP -> 16;
        };
    }

    /**
     * The sum of products.
     *
     * @param bits of the sum
     */
    public Resources sum(int products, int first, int second, int bits) {
        if (areCells(first, second)) {
            return product(first, second).times(products).plus(Resources.luts(add() ? 0 : added(products - 1, first + second, bits)));
        }
        return Resources.luts(inLuts(products, first, second));
    }

    /**
     * The product of a number and a constant: in LUTs a row for each one in it, which they share. Fitted.
     *
     * @param bits of the number, with a sign where it is signed
     */
    public Resources byConstant(int bits, boolean signed, long constant) {
        int places = Component.bitsFor(Math.abs(constant));
        int ones = Long.bitCount(Math.abs(constant));
        int halves = ones == 1 ? 0 : family == Family.CYCLONE_V ? 4 * ones - 6 : signed || constant < 0 ? 3 * ones : 3 * ones - 1;
        return areCells(bits, places) ? product(bits, places) : Resources.luts(halves * bits / 2);
    }

    /** Full adders of two LUTs for most bits of the rows; gates of theirs that do not fit into these; the carry chain. Fitted. */
    private int inLuts(int products, int first, int second) {
        int rows = first * second;
        int ends = first + second;
        return switch (family) {
            case XILINX7, ULTRASCALE_PLUS -> Math.max(0, products * (2 * rows + 6) - 12);
            case CYCLONE_V -> Math.max(0, products * (2 * rows + 3) - 8);
            case ICE40, ICE40_UP -> Math.max(0, products * (13 * rows - 7 * ends + 48) / 4 - 2 * ends);
            case ECP5, GOWIN -> Math.max(0, products * (13 * rows - 6 * ends + 48) / 4 - 2 * ends);
        };
    }

    /** LUTs that add further products; where they are compressed before they are added up: fitted. */
    private int added(int further, int productBits, int sumBits) {
        return switch (family) {
            case CYCLONE_V -> 7 * further * productBits / 4;
            case ICE40_UP -> 8 * further * sumBits / 5;
            case XILINX7, ULTRASCALE_PLUS, ECP5, ICE40, GOWIN -> 3 * further * sumBits / 2;
        };
    }
}
