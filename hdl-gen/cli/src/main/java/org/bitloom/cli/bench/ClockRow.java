package org.bitloom.cli.bench;

import java.util.Locale;
import org.bitloom.accelerator.board.Speed;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.verilog.Family;

/**
 * The clock that is predicted for a block beside the one that place and route gives.
 *
 * @param critical the path that is predicted to be the longest
 * @param measured median MHz over several seeds
 */
public record ClockRow(String name, Family family, LogicPath critical, double measured) {
    /** What the table's columns are called. */
    public static final String HEAD = "%-36s %-8s %-12s %4s %5s %3s %9s %8s %6s"
            .formatted("", "family", "critical", "LUTs", "carry", "mem", "predicted", "nextpnr", "");

    public static ClockRow of(ClockPoints.Point point, Family family, double measured) {
        return new ClockRow(point.name(), family, Speed.of(family).slowest(point.config().paths(family)), measured);
    }

    public double predicted() {
        return Speed.of(family).megahertz(critical);
    }

    /** Predicted nanoseconds against measured ones: 0.1 is predicted ten percent too slow. */
    public double error() {
        return measured / predicted() - 1;
    }

    public String line() {
        return String.format(Locale.ROOT, "%-36s %-8s %-12s %4d %5d %3d %5.0f MHz %4.0f MHz %+5.0f%%", name,
                family.name().toLowerCase(Locale.ROOT), critical.part(), critical.luts(), critical.carryBits(),
                critical.memories(), predicted(), measured, 100 * error());
    }
}
