package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bitloom.cli.bench.ClockPoints;
import org.bitloom.cli.bench.ClockRow;
import org.bitloom.cli.bench.ClockTable;
import org.bitloom.cli.bench.Placement;
import org.bitloom.hdl.verilog.Family;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicted clocks against place and route: blocks of several pipeline depths, each alone. */
@Command(
        name = "clock",
        header = "Holds predicted clocks against nextpnr, block by block and depth by depth.",
        description = {
            "%nEach block is synthesized, placed and routed alone with registers at all its ports; what is shown is the median"
                    + " over seeds of nextpnr. iCE40 only: for other families nothing is calibrated."
        },
        footer = {"%nExample:", "  ./bitloom bench clock --only 'unit-bb-p4-s32.*'"})
final class BenchClockVerb implements Callable<Integer> {
    @Option(
            names = "--family",
            split = ",",
            paramLabel = "FAMILY",
            description = "ICE40 (an HX8K) or ICE40_UP (an UP5K), or both (default).")
    private List<Family> families = List.of(Family.ICE40, Family.ICE40_UP);

    @Option(names = "--only", paramLabel = "REGEX", description = "Only what has a name like this.")
    private String only = ".*";

    @Option(
            names = "--table",
            description = "Show the measurements that the prediction is fitted to, without nextpnr.")
    private boolean table;

    @Option(names = "--seeds", paramLabel = "N", description = "Runs of nextpnr for each (default: 3).")
    private int seeds = 3;

    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() throws Exception {
        families.stream().filter(family -> !Placement.knows(family)).findFirst().ifPresent(family -> {
            throw CommandException.badInput("nextpnr-ice40 does not place " + family + "; give ICE40 or ICE40_UP.");
        });
        if (seeds < 1) {
            throw CommandException.badInput("--seeds " + seeds + ": at least 1.");
        }
        if (table) {
            PrintWriter out = answer.out();
            List<ClockRow> rows = ClockTable.rows().stream()
                    .filter(row -> families.contains(row.family()) && row.name().matches(only))
                    .toList();
            out.println(ClockRow.HEAD);
            rows.forEach(row -> out.println(row.line()));
            families.forEach(family -> out.println(summary(family, rows)));
            return ExitStatus.OK;
        }
        BenchReport report = new BenchReport();
        Path yosys = report.tool("Yosys");
        Path nextpnr = report.tool("nextpnr-ice40");
        PrintWriter out = answer.out();
        if (!answer.isJson()) {
            report.print(out);
            out.println(ClockRow.HEAD);
        }
        List<ClockRow> rows = new ArrayList<>();
        BenchReport.inScratch(scratch -> {
            for (Family family : families) {
                for (ClockPoints.Point point : ClockPoints.points()) {
                    if (point.name().matches(only)) {
                        List<Double> measured = Placement.megahertz(
                                point.design().get(), family, yosys, nextpnr, seeds, scratch);
                        ClockRow row = ClockRow.of(point, family, measured.get((seeds - 1) / 2));
                        rows.add(row);
                        if (!answer.isJson()) {
                            out.println(row.line());
                            out.flush();
                        }
                    }
                }
            }
        });
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> write(generator, report, rows));
        } else {
            families.forEach(family -> out.println(summary(family, rows)));
        }
        return ExitStatus.OK;
    }

    private static String summary(Family family, List<ClockRow> rows) {
        double[] errors = rows.stream()
                .filter(row -> row.family() == family)
                .mapToDouble(row -> Math.abs(row.error()))
                .sorted()
                .toArray();
        return errors.length == 0
                ? family + ": nothing has such a name"
                : "%s: predicted period off by %.0f %% in the median, %.0f %% at most, over %d blocks"
                        .formatted(family, 100 * errors[(errors.length - 1) / 2], 100 * errors[errors.length - 1], errors.length);
    }

    private static void write(JsonGenerator generator, BenchReport report, List<ClockRow> rows) throws IOException {
        report.write(generator);
        generator.writeArrayFieldStart("clocks");
        for (ClockRow row : rows) {
            generator.writeStartObject();
            generator.writeStringField("name", row.name());
            generator.writeStringField("family", row.family().name());
            generator.writeStringField("critical", row.critical().part());
            generator.writeNumberField("luts", row.critical().luts());
            generator.writeNumberField("carryBits", row.critical().carryBits());
            generator.writeNumberField("memories", row.critical().memories());
            generator.writeNumberField("predictedMegahertz", row.predicted());
            generator.writeNumberField("nextpnrMegahertz", row.measured());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }
}
