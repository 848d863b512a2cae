package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.cli.bench.RandomImage;
import org.bitloom.cli.bench.Samples;
import org.bitloom.cli.bench.Scratch;
import org.bitloom.cli.bench.Workload;
import org.bitloom.sim.IcarusBackend;
import org.bitloom.sim.SimulatorSpeed;
import org.bitloom.sim.VerilatorBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The three simulators on the same design and stimulus: cycles a second in turns, and how soon a first result is there. */
@Command(
        name = "simulate",
        header = "Compares the simulators: cycles a second on one thread, and time to the first result.",
        footer = {"%nExample:", "  ./bitloom bench simulate rtl-out/tfc --unit small"})
final class BenchSimulateVerb implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "DIR", description = "Folders that ./bitloom compile made.")
    private List<Path> folders = List.of();

    @Option(names = "--unit", paramLabel = "SHAPE", description = "Also the unit of bench unit: small, large, …")
    private List<String> units = List.of();

    @Option(names = "--runs", paramLabel = "N", description = "Measurements of each simulator (default: ${DEFAULT-VALUE}).")
    private int runs = 3;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Least length of a measurement (default: ${DEFAULT-VALUE}).")
    private double seconds = 2;

    @Option(names = "--no-first-result", description = "Leave the time to the first result out.")
    private boolean speedOnly;

    @Mixin
    private Answer answer = new Answer();

    /** Cycles a second of each simulator, and in each round those of the built-in one over another's. */
    private record Result(
            String name, Map<Simulator, Samples> speed, Map<Simulator, Samples> ratio, Map<String, Samples> firstResult) {}

    @Override
    public Integer call() throws Exception {
        if (folders.isEmpty() && units.isEmpty() || runs < 1 || !(seconds > 0)) {
            throw CommandException.badInput("bench simulate: give a DIR or --unit, at least one run, and some seconds.");
        }
        BenchReport report = new BenchReport();
        report.tool("Verilator");
        report.tool("Icarus Verilog");
        report.tool("C++ compiler");
        PrintWriter out = answer.out();
        if (!answer.isJson()) {
            report.print(out);
        }
        List<Result> results = new ArrayList<>();
        try (Scratch scratch = Scratch.create()) {
            for (String unit : units) {
                Path folder = scratch.path().resolve("unit-" + unit);
                Workload workload = Workload.of(BenchUnitVerb.shape(unit), unit + " unit", folder);
                results.add(measure(workload, Map.of(), out));
            }
            for (Path folder : folders) {
                GeneratedDesign design = GeneratedDesign.open(folder);
                Map<String, Samples> first = speedOnly ? Map.of() : firstResult(design, scratch.path());
                results.add(measure(Workload.of(design), first, out));
            }
        }
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> {
                report.write(generator);
                generator.writeArrayFieldStart("simulate");
                for (Result result : results) {
                    write(generator, result);
                }
                generator.writeEndArray();
            });
        }
        return ExitStatus.OK;
    }

    private Result measure(Workload workload, Map<String, Samples> first, PrintWriter out) {
        Map<Simulator, SimulatorSpeed> simulators = new EnumMap<>(Simulator.class);
        for (Simulator simulator : Simulator.values()) {
            simulators.put(simulator, switch (simulator) {
                case BUILT_IN -> SimulatorSpeed.builtIn(workload.design(), workload.rtl(), workload::stimulus, seconds);
                case VERILATOR -> SimulatorSpeed.external(
                        new VerilatorBackend(), workload.rtl(), workload::stimulus, seconds);
                case ICARUS -> SimulatorSpeed.external(new IcarusBackend(), workload.rtl(), workload::stimulus, seconds);
            });
        }
        Map<Simulator, List<Double>> rates = new EnumMap<>(Simulator.class);
        for (int run = 0; run < runs; run++) {
            simulators.forEach((simulator, speed) -> rates.computeIfAbsent(simulator, _ -> new ArrayList<>())
                    .add(speed.measure().cyclesPerSecond()));
        }
        Map<Simulator, Samples> speed = new EnumMap<>(Simulator.class);
        Map<Simulator, Samples> ratio = new EnumMap<>(Simulator.class);
        List<Double> own = Objects.requireNonNull(rates.get(Simulator.BUILT_IN));
        rates.forEach((simulator, values) -> {
            speed.put(simulator, new Samples(values));
            ratio.put(
                    simulator,
                    new Samples(IntStream.range(0, runs).mapToObj(i -> own.get(i) / values.get(i)).toList()));
        });
        Result result = new Result(workload.name(), speed, ratio, first);
        if (!answer.isJson()) {
            print(out, result);
        }
        return result;
    }

    /** From the start of a cold process to the result of one frame; for Verilator without and with what it built before. */
    private Map<String, Samples> firstResult(GeneratedDesign design, Path scratch) throws IOException {
        FrameFormat input = design.accelerator().input();
        Path image = scratch.resolve("image.npy");
        RandomImage.write(image, input.values(), input.type());
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            Map<String, String> cache = Map.of("BITLOOM_CACHE", scratch.resolve("cache" + design.manifest().top() + run).toString());
            for (String name : List.of("built-in", "verilator, nothing built", "verilator, built before", "icarus")) {
                String simulator = name.replaceAll(",.*", "");
                double wall = ColdCommand.run(
                                cache, "simulate", design.folder().toString(), "--simulator", simulator, "--images",
                                image.toString(), "--frames", "1", "--quiet")
                        .wallSeconds();
                times.computeIfAbsent(name, _ -> new ArrayList<>()).add(wall);
            }
        }
        Map<String, Samples> samples = new LinkedHashMap<>();
        times.forEach((name, values) -> samples.put(name, new Samples(values)));
        return samples;
    }

    private static void print(PrintWriter out, Result result) {
        out.println(result.name());
        result.speed().forEach((simulator, speed) -> {
            out.printf(
                    "  %-10s %,9.1f thousand cycles/s (median; min %,.1f, max %,.1f)",
                    simulator.text(), speed.median() / 1e3, speed.least() / 1e3, speed.greatest() / 1e3);
            if (simulator != Simulator.BUILT_IN) {
                Samples ratio = Objects.requireNonNull(result.ratio().get(simulator));
                out.printf("; built-in is %.2f times as fast (min %.2f)", ratio.median(), ratio.least());
            }
            out.println();
        });
        result.firstResult().forEach((name, wall) -> out.printf(
                "  first result, %-26s min %.2f, median %.2f s%n", name, wall.least(), wall.median()));
        out.flush();
    }

    private static void write(JsonGenerator json, Result result) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", result.name());
        json.writeObjectFieldStart("cyclesPerSecond");
        for (Map.Entry<Simulator, Samples> speed : result.speed().entrySet()) {
            BenchReport.write(json, speed.getKey().text(), speed.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("builtInOver");
        for (Map.Entry<Simulator, Samples> ratio : result.ratio().entrySet()) {
            if (ratio.getKey() != Simulator.BUILT_IN) {
                BenchReport.write(json, ratio.getKey().text(), ratio.getValue());
            }
        }
        json.writeEndObject();
        json.writeObjectFieldStart("firstResultSeconds");
        for (Map.Entry<String, Samples> first : result.firstResult().entrySet()) {
            BenchReport.write(json, first.getKey(), first.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
