package org.bitloom.cli.bench;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitloom.hdl.verilog.Family;

/** The clocks that the delays are fitted to: the file {@code clocks.csv}, whose first lines give the tools. */
public final class ClockTable {
    private static final String FILE = "clocks.csv";

    private ClockTable() {}

    /** What is predicted today beside what was measured. */
    public static List<ClockRow> rows() {
        Map<String, ClockPoints.Point> points =
                ClockPoints.points().stream().collect(Collectors.toMap(ClockPoints.Point::name, Function.identity()));
        return KeptTable.read(FILE, cells -> ClockRow.of(
                Objects.requireNonNull(points.get(cells[0]), cells[0]), Family.valueOf(cells[1]),
                Double.parseDouble(cells[2])));
    }
}
