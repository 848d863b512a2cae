package org.bitloom.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a verilated program that is the same for every design: Verilator's own C++ and the headers, compiled
 * once for each version of Verilator and of the compiler. Nine tenths of the time of {@code verilator --build} go into
 * compiling this again.
 */
final class VerilatorRuntime {
    private static final List<String> SOURCES = List.of("verilated", "verilated_threads");
    private static final String WAVES = "verilated_vcd_c";
    private static final String HEADER = "common.h";

    private final ToolRunner tools;
    private final BuildCache cache;
    private final String identity;
    private @Nullable Path include;

    VerilatorRuntime(ToolRunner tools, BuildCache cache) {
        this.tools = tools;
        this.cache = cache;
        Path verilator = Path.of(ExternalTool.VERILATOR.require());
        this.identity = String.join("\n",
                identity(verilator),
                identity(verilator.resolveSibling("verilator_bin")),
                identity(Path.of(ExternalTool.GXX.require())),
                String.valueOf(System.getenv("VERILATOR_ROOT")),
                String.join(" ", compileFlags()));
    }

    /** An installed program, told from another version of it without being started: that would take as long as a run. */
    private static String identity(Path program) {
        try {
            Path real = program.toRealPath();
            return real + " " + Files.size(real) + " " + Files.getLastModifiedTime(real);
        } catch (IOException _) {
            return "no " + program;
        }
    }

    private synchronized Path include() {
        Path known = include;
        if (known == null) {
            known = Path.of(tools.ask(ExternalTool.VERILATOR, "--getenv", "VERILATOR_ROOT").strip(), "include");
            include = known;
        }
        return known;
    }

    /** Names the version of everything that is not the design's. */
    String identity() {
        return identity;
    }

    /** -O1 compiles a large design three times as fast as -O2 and runs it, measured, at nine tenths of the speed. */
    private static List<String> compileFlags() {
        return List.of("-O1", "-std=gnu++17", "-w", "-pthread");
    }

    /** Compiles a C++ file; {@code defines} are macros, {@code folder} holds the file and its headers. */
    void compile(Path folder, String source, String object, List<String> defines) {
        List<String> arguments = new ArrayList<>(compileFlags());
        defines.forEach(define -> arguments.add("-D" + define));
        arguments.addAll(List.of("-I", base().toString(), "-include", HEADER));
        arguments.addAll(includes());
        arguments.addAll(List.of("-I", folder.toString(), "-c", source, "-o", object));
        tools.run(ExternalTool.GXX, arguments, folder, "The C++ compiler rejects what Verilator made of the design");
    }

    /** Links a program from its objects and the runtime. */
    void link(Path folder, List<String> objects, String program, boolean waves) {
        List<String> arguments = new ArrayList<>(objects);
        SOURCES.forEach(source -> arguments.add(base().resolve(source + ".o").toString()));
        if (waves) {
            arguments.add(waves().resolve(WAVES + ".o").toString());
        }
        arguments.addAll(List.of("-pthread", "-o", program));
        tools.run(ExternalTool.GXX, arguments, folder, "The simulation cannot be linked");
    }

    /** Compiles what is not in the cache yet. */
    void prepare(boolean waves, Progress progress) {
        progress.at("compiling Verilator's runtime, once", 0, 1);
        base();
        if (waves) {
            waves();
        }
    }

    private Path base() {
        return cache.folder("runtime", key(), folder -> {
            Files.writeString(folder.resolve(HEADER), header());
            List<Runnable> jobs = new ArrayList<>();
            SOURCES.forEach(source -> jobs.add(() -> compileOwn(folder, source)));
            jobs.add(() -> compileHeader(folder));
            ToolRunner.runAll(jobs, _ -> {});
        });
    }

    private Path waves() {
        return cache.folder("waves", key(), folder -> compileOwn(folder, WAVES));
    }

    private String key() {
        return new BuildCache.Key().add(identity).add(header()).value();
    }

    /** Everything that a verilated design includes, so that it is parsed once. */
    private static String header() {
        return """
                #include <verilated.h>
                #include <cstdint>
                #include <cstdio>
                #include <cstdlib>
                #include <cstring>
                #include <vector>
                """;
    }

    private void compileOwn(Path folder, String source) {
        List<String> arguments = new ArrayList<>(compileFlags());
        arguments.addAll(includes());
        arguments.addAll(List.of("-c", include().resolve(source + ".cpp").toString(), "-o", source + ".o"));
        tools.run(ExternalTool.GXX, arguments, folder, "Verilator's runtime cannot be compiled");
    }

    private void compileHeader(Path folder) {
        List<String> arguments = new ArrayList<>(compileFlags());
        arguments.addAll(includes());
        arguments.addAll(List.of("-x", "c++-header", HEADER, "-o", HEADER + ".gch"));
        tools.run(ExternalTool.GXX, arguments, folder, "Verilator's headers cannot be compiled");
    }

    private List<String> includes() {
        return List.of("-I", include().toString(), "-I", include().resolve("vltstd").toString());
    }
}
