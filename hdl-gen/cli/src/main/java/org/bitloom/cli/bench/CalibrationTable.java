package org.bitloom.cli.bench;

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
        return KeptTable.read(FILE, cells -> new Entry(cells[0], Family.valueOf(cells[1]), new Resources(
                Integer.parseInt(cells[2]),
                Integer.parseInt(cells[3]),
                Integer.parseInt(cells[4]),
                Integer.parseInt(cells[5]),
                0)));
    }
}
