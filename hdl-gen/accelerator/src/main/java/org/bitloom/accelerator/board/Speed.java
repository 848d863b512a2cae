package org.bitloom.accelerator.board;

import java.util.List;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.verilog.Family;

/**
 * How long a path between registers takes: clock to output, setup and one wire; for each LUT itself and its wire; for each
 * bit of a carry chain; and what a block memory takes longer than a register until its word is there.
 *
 * <p>Those of iCE40 are fitted to Yosys 0.23 and nextpnr 0.4, see {@code ./bitloom bench clock}. The others are not
 * calibrated by place and route: round figures of the order that data sheets and timing databases give for the slowest
 * common grade (Xilinx DS181 and DS925, Intel CV-51002, Gowin DS100, Project Trellis), wires included as placed designs
 * have them; a third more or less is possible.
 *
 * @param fixed  nanoseconds of a path without logic
 * @param lut    nanoseconds of a LUT
 * @param carry  nanoseconds of a bit of a carry chain
 * @param memory nanoseconds that a path out of a block memory takes longer
 */
public record Speed(double fixed, double lut, double carry, double memory) {
    public static Speed of(Family family) {
        return switch (family) {
            case XILINX7 -> new Speed(1.2, 0.85, 0.03, 1.6);
            case ULTRASCALE_PLUS -> new Speed(0.6, 0.42, 0.01, 0.8);
            case ECP5 -> new Speed(1.4, 1.1, 0.04, 3.5);
            case ICE40 -> new Speed(1.6, 1.2, 0.15, 1.6);
            case ICE40_UP -> new Speed(3.5, 2.7, 0.3, 3.0);
            case GOWIN -> new Speed(1.4, 1.5, 0.06, 2.5);
            case CYCLONE_V -> new Speed(1.2, 0.95, 0.03, 1.2);
        };
    }

    public double nanoseconds(LogicPath path) {
        return fixed + lut * path.luts() + carry * path.carryBits() + memory * path.memories();
    }

    /** The fastest clock of a path. */
    public double megahertz(LogicPath path) {
        return 1000 / nanoseconds(path);
    }

    /** The path that takes longest, the first of equal ones. */
    public LogicPath slowest(List<LogicPath> paths) {
        return paths.stream()
                .reduce((a, b) -> nanoseconds(b) > nanoseconds(a) ? b : a)
                .orElseThrow(() -> new IllegalArgumentException("a block has paths"));
    }
}
