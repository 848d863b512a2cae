package org.bitloom.hdl.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;

/**
 * Verilator with two states, the unknown ones random. Its runtime is compiled once; a bench is one model, compiled as
 * one unit without optimization, which is the fastest way for a few hundred cycles. Verilator's optimization of bit
 * operations is off: it gives wrong values, as docs/tools.md says.
 */
final class VerilatorLeg extends VerilogLeg {
    private static final String MAIN = """
            #include <cstdio>
            #include <cstdlib>
            int main(int argc, char** argv) {
                VerilatedContext context;
                context.randReset(2);
                context.randSeed(std::atoi(argv[2]));
                Vbench bench(&context);
                const int cycles = std::atoi(argv[1]);
                for (int cycle = 0; cycle < cycles; cycle++) {
                    bench.cycle = cycle;
                    bench.eval();
                    bench.sample = 1;
                    bench.eval();
                    bench.sample = 0;
                    bench.eval();
                    bench.clock = 1;
                    bench.eval();
                    bench.clock = 0;
                    bench.eval();
                }
                std::printf("DONE\\n");
                return 0;
            }
            """;
    private static final List<String> RUNTIME = List.of("verilated", "verilated_threads");

    private final Path cache;

    /** @param cache a folder for the compiled runtime */
    VerilatorLeg(Path cache) {
        super("verilator", 60);
        this.cache = cache.toAbsolutePath();
    }

    @Override
    public Optional<String> missing() {
        return Tool.missing("verilator", "g++");
    }

    @Override
    VerilogFiles verilog(Trial trial) {
        return VerilogWriter.write(trial.design(), trial.family());
    }

    @Override
    String simulate(Path folder, List<String> sources, int cycles, long seed) throws IOException {
        String include = FailedToolException.check(
                                "verilator", Tool.run(folder, List.of("verilator", "--getenv", "VERILATOR_ROOT")))
                        .strip()
                + "/include";
        List<Path> runtime = runtime(include);
        List<String> verilate = new ArrayList<>(List.of("verilator", "--cc", "-fno-const-bit-op-tree", "--top-module", "bench", "--prefix"));
        verilate.addAll(List.of("Vbench", "-Mdir", "model", "--x-assign", "unique", "--x-initial", "unique"));
        verilate.addAll(List.of("-Wno-fatal", "-Wno-lint", "-Wno-style", "bench.v"));
        verilate.addAll(sources);
        FailedToolException.check("verilator", Tool.run(folder, verilate));
        Files.writeString(folder.resolve("all.cpp"), unit(folder.resolve("model")) + MAIN);
        List<String> compile = new ArrayList<>(List.of("g++", "-std=gnu++17", "-O0", "-pthread", "-I", include));
        compile.addAll(List.of("-I", "model", "-o", "bench", "all.cpp"));
        runtime.forEach(object -> compile.add(object.toString()));
        FailedToolException.check("g++", Tool.run(folder, compile));
        String output = FailedToolException.check(
                "the model of Verilator",
                Tool.run(folder, List.of("./bench", "" + cycles, "" + (1 + Math.floorMod(seed, 1_000_000)))));
        if (output.contains("%Warning") || output.contains("%Error")) {
            throw new FailedToolException("the model of Verilator", output);
        }
        return output;
    }

    private static String unit(Path model) throws IOException {
        StringBuilder unit = new StringBuilder();
        try (Stream<Path> files = Files.list(model)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".cpp"))
                    .sorted()
                    .forEach(name -> unit.append("#include \"model/").append(name).append("\"\n"));
        }
        return unit.toString();
    }

    private synchronized List<Path> runtime(String include) throws IOException {
        Files.createDirectories(cache);
        List<Path> objects = RUNTIME.stream().map(name -> cache.resolve(name + ".o")).toList();
        if (!objects.stream().allMatch(Files::exists)) {
            List<String> compile = new ArrayList<>(List.of("g++", "-std=gnu++17", "-O1", "-pthread", "-c"));
            compile.addAll(List.of("-I", include, "-I", include + "/vltstd"));
            RUNTIME.forEach(name -> compile.add(include + "/" + name + ".cpp"));
            FailedToolException.check("g++", Tool.run(cache, compile));
        }
        return objects;
    }
}
