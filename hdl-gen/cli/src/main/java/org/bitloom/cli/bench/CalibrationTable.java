package org.bitloom.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/**
 * What Yosys 0.23 made of the points of {@link Calibration}, and of the stages of published networks, as measured with
 * {@code ./bitloom bench cost}: the file {@code calibration.csv}, whose first lines give the tool and its commands.
 */
public final class CalibrationTable {
    private static final String FILE = "calibration.csv";

    /** @param name of a point, or {@code network.stage} */
    public record Entry(String name, Family family, Resources synthesis) {
        String line() {
            return String.join(
                    ",",
                    name,
                    family.name(),
                    String.valueOf(synthesis.lut()),
                    String.valueOf(synthesis.ff()),
                    String.valueOf(synthesis.bram()),
                    String.valueOf(synthesis.dsp()));
        }
    }

    private CalibrationTable() {}

    public static List<Entry> read() {
        List<Entry> entries = new ArrayList<>();
        try (InputStream in = CalibrationTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the program was built without " + FILE);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#") && !line.startsWith("name,")) {
                    String[] parts = line.split(",");
                    entries.add(new Entry(parts[0], Family.valueOf(parts[1]), new Resources(
                            Integer.parseInt(parts[2]),
                            Integer.parseInt(parts[3]),
                            Integer.parseInt(parts[4]),
                            Integer.parseInt(parts[5]),
                            0)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(entries);
    }
}
