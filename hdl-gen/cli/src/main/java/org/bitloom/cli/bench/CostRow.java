package org.bitloom.cli.bench;

import java.util.Locale;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/**
 * An estimate beside what Yosys makes of the same thing.
 *
 * @param name what was synthesized
 */
public record CostRow(String name, Family family, Resources estimate, Resources synthesis) {
    /** The estimate of LUTs may be off by so many, or by this share. */
    private static final int LUTS = 40;

    private static final double SHARE = 0.15;

    /** What the table's columns are called. */
    public static final String HEAD = "%-34s %-9s %6s %6s %6s %6s  %6s %6s %5s  %4s %4s  %3s %3s %5s"
            .formatted("", "family", "LUT", "Yosys", "diff", "", "FF", "Yosys", "diff", "BRAM", "Yos.", "DSP", "Y.", "depth");

    /** Whether LUTs are within 15 % or 40, and block memories exact. */
    public boolean isWithin() {
        return offLuts() <= Math.max(LUTS, SHARE * synthesis.lut()) && estimate.bram() == synthesis.bram();
    }

    /** Whether the largest device of the family that Bitloom knows could hold it; of iCE40 they are small. */
    public boolean fitsFamily() {
        return switch (family) {
            case ICE40 -> synthesis.lut() <= 7680 && synthesis.bram() <= 32;
            case ICE40_UP -> synthesis.lut() <= 5280 && synthesis.bram() <= 30;
            default -> true;
        };
    }

    /** Whether Yosys puts memories where they are wanted: on Cyclone V it keeps ROMs in logic, other than Quartus. */
    public boolean isComparable() {
        return family != Family.CYCLONE_V || estimate.bram() == synthesis.bram();
    }

    /** Whether the estimate must be within its bounds. */
    public boolean isHeld() {
        return fitsFamily() && isComparable();
    }

    /** Of the estimated LUTs. */
    public int offLuts() {
        return Math.abs(estimate.lut() - synthesis.lut());
    }

    public String verdict() {
        return isWithin() ? "PASS" : !fitsFamily() ? "too large for the family" : isComparable() ? "OFF" : "other memories";
    }

    /** A line under {@link #HEAD}. */
    public String line() {
        int lut = estimate.lut() - synthesis.lut();
        return String.format(
                Locale.ROOT,
                "%-34s %-9s %6d %6d %+6d %+5.0f%%  %6d %6d %+5d  %4d %4d  %3d %3d %5d  %s",
                name,
                family.name().toLowerCase(Locale.ROOT),
                estimate.lut(),
                synthesis.lut(),
                lut,
                100.0 * lut / Math.max(1, synthesis.lut()),
                estimate.ff(),
                synthesis.ff(),
                estimate.ff() - synthesis.ff(),
                estimate.bram(),
                synthesis.bram(),
                estimate.dsp(),
                synthesis.dsp(),
                estimate.logicDepth(),
                verdict());
    }
}
