package org.bitloom.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     * On UltraScale+ Yosys makes one function of nine inputs, eight LUTs and a MUXF9, where it saves a level of LUTs; on
     * xc7, whose widest multiplexer takes eight, the same configurations are within their bounds.
     */
    private static final Set<String> NINE_INPUTS = Set.of(
            "argmax-b8-l10-n10",
            "argmax-b12-l5-n1000",
            "argmax-b12-l16-n43",
            "lanes-b1-32to36-f576",
            "unit-m5xbu8-p1-s1-f16x25-sum-block-lut");

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
            assertThat(rows.stream().filter(row -> row.family() == family).count()).as(family.name()).isGreaterThan(90);
        }
        assertThat(rows).allSatisfy(row -> assertThat(row.isComparable()).as(row.line()).isTrue());
        assertThat(rows.stream().filter(CostRow::isHeld)).hasSizeGreaterThan(rows.size() * 19 / 20);
        assertThat(rows.stream().filter(CostRow::isHeld)).allSatisfy(row -> assertThat(row.isWithin())
                .as(row.line())
                .isEqualTo(row.family() != Family.ULTRASCALE_PLUS || !NINE_INPUTS.contains(row.name())));
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
