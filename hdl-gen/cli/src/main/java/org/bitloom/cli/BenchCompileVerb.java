package org.bitloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bitloom.cli.bench.ColdProcess;
import org.bitloom.cli.bench.Samples;
import org.bitloom.cli.bench.Scratch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Time and memory from the start of a cold process to Verilog on disk. */
@Command(
        name = "compile",
        header = "Measures the whole command from a model to Verilog: a cold process each time, launcher included.",
        footer = {
            "%nExamples:",
            "  ./bitloom bench compile lfcW1A1 --runs 5",
            "  ./bitloom bench compile --unit small --unit large"
        })
final class BenchCompileVerb implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "MODEL", description = "Models; " + ModelFile.KINDS)
    private List<Path> models = List.of();

    @Option(names = "--unit", paramLabel = "SHAPE", description = "Also the unit of bench unit: small, large, …")
    private List<String> units = List.of();

    @Option(names = "--folding", paramLabel = "PExSIMD,…", description = "As for compile.")
    private @Nullable String folding;

    @Option(names = "--runs", paramLabel = "N", description = "Processes for each (default: ${DEFAULT-VALUE}).")
    private int runs = 3;

    @Mixin
    private Answer answer = new Answer();

    private record Result(String name, Samples wall, Samples cpu, Samples mebibytes, long files, long lines, long bytes) {}

    @Override
    public Integer call() throws Exception {
        if (models.isEmpty() && units.isEmpty() || runs < 1) {
            throw CommandException.badInput("bench compile: give a MODEL or --unit, and at least one run.");
        }
        BenchReport report = new BenchReport();
        List<Result> results = new ArrayList<>();
        try (Scratch scratch = Scratch.create()) {
            Path output = scratch.path().resolve("design");
            for (Path model : models) {
                List<String> command = new ArrayList<>(List.of("compile", model.toString(), "-o", output.toString()));
                if (folding != null) {
                    command.addAll(List.of("--folding", folding));
                }
                results.add(measure(model.getFileName().toString(), command, output));
            }
            for (String unit : units) {
                BenchUnitVerb.shape(unit);
                Path folder = scratch.path().resolve("unit-" + unit);
                results.add(measure(unit + " unit", List.of("bench", "unit", unit, "-o", folder.toString()), folder));
            }
        }
        PrintWriter out = answer.out();
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> {
                report.write(generator);
                generator.writeArrayFieldStart("compile");
                for (Result result : results) {
                    generator.writeStartObject();
                    generator.writeStringField("name", result.name());
                    BenchReport.write(generator, "wallSeconds", result.wall());
                    BenchReport.write(generator, "cpuSeconds", result.cpu());
                    BenchReport.write(generator, "peakMebibytes", result.mebibytes());
                    generator.writeNumberField("verilogFiles", result.files());
                    generator.writeNumberField("verilogLines", result.lines());
                    generator.writeNumberField("verilogBytes", result.bytes());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            });
            return ExitStatus.OK;
        }
        report.print(out);
        for (Result result : results) {
            out.printf(
                    "%-14s wall min %.2f, median %.2f s; CPU min %.2f s; peak %.0f MiB; Verilog %d files, %,d lines, %,d bytes%n",
                    result.name(),
                    result.wall().least(),
                    result.wall().median(),
                    result.cpu().least(),
                    result.mebibytes().greatest(),
                    result.files(),
                    result.lines(),
                    result.bytes());
        }
        return ExitStatus.OK;
    }

    private Result measure(String name, List<String> command, Path output) throws IOException {
        List<Double> wall = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            ColdProcess.Cost cost = ColdCommand.run(Map.of(), command.toArray(String[]::new));
            wall.add(cost.wallSeconds());
            cpu.add(cost.cpuSeconds());
            memory.add(cost.peakBytes() / (double) (1 << 20));
        }
        long files = 0;
        long lines = 0;
        long bytes = 0;
        try (Stream<Path> all = Files.walk(output)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".v")).toList()) {
                files++;
                bytes += Files.size(file);
                lines += lines(file);
            }
        }
        return new Result(name, new Samples(wall), new Samples(cpu), new Samples(memory), files, lines, bytes);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
