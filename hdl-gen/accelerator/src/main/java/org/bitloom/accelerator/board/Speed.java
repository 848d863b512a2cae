package org.bitloom.accelerator.board;

import org.bitloom.hdl.verilog.Family;

/**
 * How long a path between registers takes: clock to output and setup, and for each level a LUT or a carry chain with a
 * wire. Round figures of the order that data sheets and timing databases give for the slowest common grade (Xilinx DS181
 * and DS925, Intel CV-51002, Gowin DS100, Project Trellis, Project IceStorm), wires included as placed designs have them.
 * They are not calibrated by place and route: a third more or less is possible.
 *
 * @param fixed nanoseconds of a path without logic
 * @param level nanoseconds of a level
 */
public record Speed(double fixed, double level) {
    public static Speed of(Family family) {
        return switch (family) {
            case XILINX7 -> new Speed(1.3, 0.9);
            case ULTRASCALE_PLUS -> new Speed(0.6, 0.45);
            case ECP5 -> new Speed(1.5, 1.2);
            case ICE40 -> new Speed(1.6, 1.4);
            case ICE40_UP -> new Speed(3.0, 3.0);
            case GOWIN -> new Speed(1.5, 1.7);
            case CYCLONE_V -> new Speed(1.2, 1.0);
        };
    }

    public double nanoseconds(int levels) {
        return fixed + level * levels;
    }

    /** The fastest clock of a path of so many levels. */
    public double megahertz(int levels) {
        return 1000 / nanoseconds(levels);
    }
}
