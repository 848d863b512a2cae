package org.bitloom.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Verilator: two-state, compiled to C++, the fast one of the external simulators. The compiled design is cached, so
 * that an unchanged design, whatever its memories hold, runs at once. Registers and memories without reset start with
 * random bits that depend on the seed.
 */
public final class VerilatorBackend implements SimulatorBackend {
    /** Without an optimization of bit operations that gives wrong values in 5.006 and others; docs/tools.md says more. */
    private static final String SOUND = "-fno-const-bit-op-tree";

    private static final String TESTBENCH = "stream_testbench.cpp";
    private static final String PROGRAM = "simulate";
    private static final String WATCHER = "watched.v";
    private static final Duration SILENCE = Duration.ofMinutes(10);
    /** Bytes of C++ below which another compiler process costs more than it saves. */
    private static final long WORTH_A_PROCESS = 256 * 1024;
    /** Bytes of C++ above which modules are not merged into their parents. */
    private static final long MERGED_AT_MOST = 2 * 1024 * 1024;

    private final BuildCache cache;
    private final ToolRunner tools;

    public VerilatorBackend() {
        this(BuildCache.ofUser());
    }

    VerilatorBackend(BuildCache cache) {
        this.cache = cache;
        this.tools = new ToolRunner(cache);
    }

    @Override
    public String name() {
        return "verilator";
    }

    @Override
    public Trace run(RtlDesign design, Stimulus stimulus, Watch watch, Progress progress) {
        stimulus.requireFit(design);
        MemoryFiles.require(design);
        Path program = build(design, watch, stimulus.vcd() != null, progress);
        try (TemporaryFolder scratch = TemporaryFolder.create()) {
            return run(program, scratch.path(), design, stimulus, watch, progress);
        } catch (IOException e) {
            throw new SimulationException("Cannot exchange files with the simulation of " + design.top() + ": " + e);
        }
    }

    private Trace run(
            Path program, Path scratch, RtlDesign design, Stimulus stimulus, Watch watch, Progress progress)
            throws IOException {
        long[] inputCycles = new long[stimulus.words().count()];
        long[] outputCycles = new long[Math.toIntExact(stimulus.outputWords(design))];
        long[] outputLimbs =
                new long[Math.multiplyExact(outputCycles.length, WordStream.limbsFor(design.output().bits()))];
        Path words = scratch.resolve("words");
        Path result = scratch.resolve("result");
        WordFiles.writeBinary(words, stimulus.words());

        List<String> command = new ArrayList<>(List.of(program.toString(), words.toString(), result.toString()));
        for (long number : new long[] {
            inputCycles.length,
            outputCycles.length,
            Integer.toUnsignedLong(StallPattern.inputStart(stimulus)),
            Integer.toUnsignedLong(StallPattern.outputStart(stimulus)),
            Integer.toUnsignedLong(StallPattern.noiseStart(stimulus)),
            StallPattern.threshold(stimulus),
            stimulus.watchdogCycles(),
            stimulus.drainCycles(),
            StallPattern.registerSeed(stimulus)
        }) {
            command.add(Long.toString(number));
        }
        if (stimulus.vcd() != null) {
            command.add(stimulus.vcd().toAbsolutePath().toString());
        }
        Path log = cache.newLog("verilator-run");
        TestbenchOutput output = new TestbenchOutput(design, stimulus, watch, progress);
        int exit = ChildProcess.run(command, design.rtlDirectory(), log, SILENCE, output);
        output.requireSuccess("Verilator", exit, log);
        WordFiles.readBinary(result, inputCycles, outputCycles, outputLimbs);
        ToolRunner.discard(log);
        return new Trace(stimulus.frames(), inputCycles, outputCycles,
                new WordStream(design.output().bits(), outputLimbs));
    }

    /** The compiled design with its testbench, from the cache when nothing that goes into it has changed. */
    private Path build(RtlDesign design, Watch watch, boolean waves, Progress progress) {
        VerilatorRuntime runtime = new VerilatorRuntime(tools, cache);
        String testbench = Resources.text(TESTBENCH);
        BuildCache.Key key = new BuildCache.Key()
                .add(runtime.identity())
                .add(testbench)
                .add(MERGED_AT_MOST)
                .add(verilatorArguments(design, watch, waves, Path.of("")))
                .add(defines(design, watch, waves));
        if (!watch.isEmpty()) {
            key.add(WatchText.verilator(design, watch));
        }
        design.sources().forEach(source -> key.addFile(design.rtlDirectory().resolve(source)));
        return cache.folder("model", key.value(), folder -> {
            runtime.prepare(waves, progress);
            Path work = Files.createDirectory(folder.resolveSibling("work"));
            progress.at("translating with Verilator", 0, 1);
            if (!watch.isEmpty()) {
                Files.writeString(work.resolve(WATCHER), WatchText.verilator(design, watch));
            }
            translate(design, watch, waves, work);
            Files.writeString(work.resolve(TESTBENCH), testbench);
            compile(runtime, design, watch, waves, work, progress);
            Files.move(work.resolve(PROGRAM), folder.resolve(PROGRAM));
        }).resolve(PROGRAM);
    }

    /**
     * Verilator merges modules into their parents, which makes a small design a third faster. A large one runs no
     * faster for it but takes more than twice as long to compile (LFC at 512 cycles: 11.4 s instead of 5.2).
     */
    private void translate(RtlDesign design, Watch watch, boolean waves, Path work) throws IOException {
        String failure = "Verilator rejects design " + design.top() + " in " + design.rtlDirectory();
        List<String> arguments = verilatorArguments(design, watch, waves, work);
        tools.run(ExternalTool.VERILATOR, arguments, design.rtlDirectory(), failure);
        List<Path> merged = sourcesBySize(work);
        if (totalSize(merged) > MERGED_AT_MOST) {
            for (Path source : merged) {
                Files.delete(source);
            }
            arguments.add("-fno-inline");
            tools.run(ExternalTool.VERILATOR, arguments, design.rtlDirectory(), failure);
        }
    }

    private static List<String> verilatorArguments(RtlDesign design, Watch watch, boolean waves, Path work) {
        List<String> arguments = new ArrayList<>(List.of("--cc", "-O3", SOUND, "--prefix", "Vdesign", "--top-module",
                watch.isEmpty() ? design.top() : WatchText.verilatorModule(design), "--x-initial", "unique", "--x-assign", "unique", "-Wno-fatal", "-Wno-lint", "--Mdir",
                work.toString()));
        if (waves) {
            arguments.add("--trace");
        }
        if (!watch.isEmpty()) {
            arguments.add(work.resolve(WATCHER).toString());
        }
        arguments.addAll(design.sources());
        return arguments;
    }

    private static List<String> defines(RtlDesign design, Watch watch, boolean waves) {
        String trace = waves ? "1" : "0";
        return List.of("INPUT=" + design.input().name(), "OUTPUT=" + design.output().name(),
                "INPUT_BITS=" + design.input().bits(), "OUTPUT_BITS=" + design.output().bits(), "TRACE=" + trace,
                "VM_TRACE=" + trace, WatchText.macro(watch));
    }

    /** Compiles the C++ files in as few processes as keep the processors busy: parsing the headers is what costs. */
    private static void compile(
            VerilatorRuntime runtime, RtlDesign design, Watch watch, boolean waves, Path work, Progress progress)
            throws IOException {
        List<Path> sources = sourcesBySize(work);
        int processors = Runtime.getRuntime().availableProcessors();
        int units = (int) Math.clamp(totalSize(sources) / WORTH_A_PROCESS, 1, processors);
        List<StringBuilder> texts = new ArrayList<>();
        long[] sizes = new long[units];
        for (int i = 0; i < units; i++) {
            texts.add(new StringBuilder());
        }
        for (Path source : sources) {
            int smallest = 0;
            for (int i = 1; i < units; i++) {
                smallest = sizes[i] < sizes[smallest] ? i : smallest;
            }
            sizes[smallest] += Files.size(source);
            texts.get(smallest).append("#include \"").append(source.getFileName()).append("\"\n");
        }
        List<String> objects = new ArrayList<>();
        List<Runnable> jobs = new ArrayList<>();
        for (int i = 0; i < units; i++) {
            String unit = "unit" + i;
            Files.writeString(work.resolve(unit + ".cpp"), texts.get(i));
            objects.add(unit + ".o");
            jobs.add(() -> runtime.compile(work, unit + ".cpp", unit + ".o", defines(design, watch, waves)));
        }
        ToolRunner.runAll(jobs, done -> progress.at("compiling the model", done, units));
        runtime.link(work, objects, PROGRAM, waves);
    }

    private static List<Path> sourcesBySize(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".cpp"))
                    .sorted(Comparator.comparingLong(VerilatorBackend::size)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static long totalSize(List<Path> files) {
        return files.stream().mapToLong(VerilatorBackend::size).sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
