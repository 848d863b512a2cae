package org.bitloom.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        List<ClockRow> rows = new ArrayList<>();
        try (InputStream in = ClockTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the program was built without " + FILE);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#") && !line.startsWith("name,")) {
                    String[] parts = line.split(",");
                    rows.add(ClockRow.of(
                            Objects.requireNonNull(points.get(parts[0]), parts[0]), Family.valueOf(parts[1]),
                            Double.parseDouble(parts[2])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(rows);
    }
}
