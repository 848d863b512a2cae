package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.accelerator.dataflow.StageAlone;
import org.bitloom.cli.bench.Calibration;
import org.bitloom.cli.bench.CalibrationTable;
import org.bitloom.cli.bench.CostRow;
import org.bitloom.cli.bench.Synthesis;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.verilog.Family;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The cost model against Yosys: each stage of a network, or the configurations that it was calibrated with. */
@Command(
        name = "cost",
        header = "Holds estimates of LUTs, flip-flops and memories against Yosys, stage by stage.",
        description = {
            "%nWith a model: each stage of its hardware, synthesized alone. Without: every --every'th of the configurations"
                    + " that the estimates are calibrated with. PASS is an estimate within 15 %% or 40 LUTs with block"
                    + " memories exact."
        },
        footer = {"%nExample:", "  ./bitloom bench cost TFC_1W1A.onnx --folding 16x49,8x8,8x8,10x8 --family xilinx7,ice40",
            "  ./bitloom bench cost --recorded --family ecp5"})
final class BenchCostVerb implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "MODEL", description = ModelFile.KINDS)
    private @Nullable Path model;

    @Option(
            names = "--folding",
            paramLabel = "PExSIMD,…",
            description = "Rows and columns at a time, for each matrix layer in order (default: the model's own, or a"
                    + " moderate one).")
    private @Nullable String folding;

    @Option(
            names = "--family",
            split = ",",
            paramLabel = "FAMILY",
            description = "Device families: ${COMPLETION-CANDIDATES} (default: XILINX7,ICE40).")
    private List<Family> families = List.of(Family.XILINX7, Family.ICE40);

    @Option(names = "--every", paramLabel = "N", description = "Without a model: every Nth configuration (default: 20).")
    private int every = 20;

    @Option(names = "--only", paramLabel = "REGEX", description = "Only what has a name like this.")
    private String only = ".*";

    @Option(
            names = "--recorded",
            description = "Without a model: all syntheses that were kept, instead of new ones. Takes no Yosys.")
    private boolean recorded;

    @Mixin
    private Answer answer = new Answer();

    private record Subject(String name, Function<Family, Design> design, Function<Family, Resources> estimate) {}

    @Override
    public Integer call() throws Exception {
        if (every < 1) {
            throw CommandException.badInput("--every " + every + ": at least 1.");
        }
        if (recorded && model != null) {
            throw CommandException.badInput("--recorded: syntheses are kept of units, not of " + model + "; give one of the two.");
        }
        BenchReport report = new BenchReport();
        PrintWriter out = answer.out();
        if (recorded) {
            List<CostRow> rows = recorded();
            if (!answer.isJson()) {
                out.println(CostRow.HEAD);
                rows.forEach(row -> out.println(row.line()));
            }
            finish(report, rows, out);
            return ExitStatus.OK;
        }
        List<Subject> subjects = model == null ? points() : stages(accelerator(model));
        Path yosys = report.tool("Yosys");
        if (!answer.isJson()) {
            report.print(out);
            families.forEach(family -> out.println("Synthesis " + family + ": " + Synthesis.command(family)));
            out.println(CostRow.HEAD);
        }
        List<CostRow> rows = new ArrayList<>();
        BenchReport.inScratch(scratch -> {
            for (Family family : families) {
                for (Subject subject : subjects) {
                    Resources estimate = subject.estimate().apply(family);
                    Resources synthesis = Synthesis.of(subject.design().apply(family), family, estimate, yosys, scratch)
                            .resources();
                    CostRow row = new CostRow(subject.name(), family, estimate, synthesis);
                    rows.add(row);
                    if (!answer.isJson()) {
                        out.println(row.line());
                        out.flush();
                    }
                }
            }
        });
        finish(report, rows, out);
        return ExitStatus.OK;
    }

    private void finish(BenchReport report, List<CostRow> rows, PrintWriter out) throws IOException {
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> write(generator, report, rows));
        } else {
            families.forEach(family -> out.println(summary(family, rows)));
        }
    }

    /** What was measured once, with the estimates of today. */
    private List<CostRow> recorded() {
        Map<String, Calibration.Point> points =
                Calibration.points().stream().collect(Collectors.toMap(Calibration.Point::name, Function.identity()));
        List<CostRow> rows = new ArrayList<>();
        for (CalibrationTable.Entry entry : CalibrationTable.read()) {
            Calibration.Point point = points.get(entry.name());
            if (point != null && families.contains(entry.family()) && entry.name().matches(only)) {
                rows.add(new CostRow(
                        entry.name(), entry.family(), point.cost().apply(entry.family()), entry.synthesis()));
            }
        }
        return rows;
    }

    private static String summary(Family family, List<CostRow> rows) {
        List<CostRow> all = rows.stream().filter(row -> row.family() == family).toList();
        List<CostRow> held = all.stream().filter(CostRow::isHeld).toList();
        Resources estimate = all.stream().map(CostRow::estimate).reduce(Resources.NONE, Resources::plus);
        Resources synthesis = all.stream().map(CostRow::synthesis).reduce(Resources.NONE, Resources::plus);
        return new CostRow("together", family, estimate, synthesis).line() + "\n"
                + String.format(
                        Locale.ROOT,
                        "%d of %d that a device of the family can hold are within 15 %% or 40 LUTs, with block memories exact;"
                                + " their LUTs are off by %.1f %% on average",
                        held.stream().filter(CostRow::isWithin).count(), held.size(),
                        100.0 * held.stream().mapToInt(CostRow::offLuts).sum()
                                / Math.max(1, held.stream().mapToInt(row -> row.synthesis().lut()).sum()));
    }

    private List<Subject> points() {
        List<Subject> subjects = new ArrayList<>();
        List<Calibration.Point> points = Calibration.points();
        for (int i = 0; i < points.size(); i += every) {
            Calibration.Point point = points.get(i);
            if (point.name().matches(only)) {
                subjects.add(new Subject(point.name(), point.design(), point.cost()));
            }
        }
        return subjects;
    }

    private List<Subject> stages(Accelerator accelerator) {
        List<Subject> subjects = new ArrayList<>();
        Dataflow dataflow = accelerator.dataflow();
        for (int i = 0; i < dataflow.nodes().size(); i++) {
            int index = i;
            Stage stage = dataflow.nodes().get(i).stage();
            if (!(stage instanceof Stage.Recode) && stage.name().matches(only)) {
                subjects.add(new Subject(
                        stage.name(), family -> StageAlone.design(dataflow.on(family), index), stage::cost));
            }
        }
        return subjects;
    }

    private Accelerator accelerator(Path path) throws IOException {
        if (folding == null && Files.isRegularFile(path.resolve("manifest.json"))) {
            return GeneratedDesign.open(path).accelerator();
        }
        ModelFile opened = ModelFile.open(path);
        List<Folding> foldings = folding != null ? Folding.parse(folding) : opened.ownFoldings();
        return Accelerator.of(opened.network(), foldings);
    }

    private static void write(JsonGenerator generator, BenchReport report, List<CostRow> rows) throws IOException {
        report.write(generator);
        generator.writeArrayFieldStart("costs");
        for (CostRow row : rows) {
            generator.writeStartObject();
            generator.writeStringField("name", row.name());
            generator.writeStringField("family", row.family().name());
            generator.writeStringField("synthesis", Synthesis.command(row.family()));
            write(generator, "estimate", row.estimate());
            generator.writeNumberField("logicDepth", row.estimate().logicDepth());
            write(generator, "yosys", row.synthesis());
            generator.writeStringField("verdict", row.verdict());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    private static void write(JsonGenerator generator, String name, Resources resources) throws IOException {
        generator.writeObjectFieldStart(name);
        PredictionReport.write(generator, resources);
        generator.writeEndObject();
    }
}
