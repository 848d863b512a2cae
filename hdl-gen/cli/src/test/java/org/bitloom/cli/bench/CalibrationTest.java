package org.bitloom.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitloom.cli.bench.CalibrationTable.Entry;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
    @TempDir
    private Path folder;

    private static final Map<String, Calibration.Point> POINTS =
            Calibration.points().stream().collect(Collectors.toMap(Calibration.Point::name, Function.identity()));

    /**
     * Its table is stepped by nine bits, and so Yosys makes each column one function of nine inputs, for one level of LUTs
     * less: eight LUTs and a MUXF9 each.
     */
    private static final String NINE_INPUTS = "unit-m5xbu8-p1-s1-f16x25-sum-block-lut ULTRASCALE_PLUS";

    private static List<CostRow> rows() {
        List<CostRow> rows = new ArrayList<>();
        for (Entry entry : CalibrationTable.read()) {
            if (!entry.name().contains(".")) {
                assertThat(POINTS).containsKey(entry.name());
                Resources estimate = POINTS.get(entry.name()).cost().apply(entry.family());
                rows.add(new CostRow(entry.name(), entry.family(), estimate, entry.synthesis()));
            }
        }
        return rows;
    }

    @Test
    void estimatesAreWithinTheirBoundsOfWhatYosysMakes() {
        List<CostRow> rows = rows();
        for (Family family : Family.values()) {
            assertThat(rows.stream().filter(row -> row.family() == family).count()).as(family.name()).isGreaterThan(15);
        }
        assertThat(rows).allSatisfy(row -> assertThat(row.isComparable()).as(row.line()).isTrue());
        assertThat(rows.stream().filter(CostRow::isHeld)).hasSizeGreaterThan(rows.size() * 19 / 20);
        assertThat(rows.stream().filter(row -> row.isHeld() && !NINE_INPUTS.equals(row.name() + " " + row.family())))
                .allSatisfy(row -> assertThat(row.isWithin()).as(row.line()).isTrue());
    }

    @Test
    void flipFlopsAreNearlyExact() {
        assertThat(rows()).allSatisfy(row -> assertThat(row.estimate().ff())
                .as(row.line())
                .isBetween(row.synthesis().ff() - 10, row.synthesis().ff() + 10 + row.synthesis().ff() / 10));
    }

    @Test
    void whatIsMeasuredTodayIsWhatTheTableSays() throws IOException {
        for (Entry entry : CalibrationTable.read()) {
            if (entry.name().equals("fifo-w16-d3") || entry.name().equals("unit-bb-p4-s3-f4x4-sign") && entry.family() == Family.ICE40) {
                Calibration.Point point = POINTS.get(entry.name());
                Synthesis synthesis = Synthesis.of(
                        point.design().apply(entry.family()),
                        entry.family(),
                        point.cost().apply(entry.family()),
                        Path.of("yosys"),
                        folder);
                assertThat(synthesis.resources()).as(entry.name()).isEqualTo(entry.synthesis());
            }
        }
    }
}
