package org.bitloom.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Icarus Verilog: four-state and slow. Registers without reset start unknown, and the run fails when an unknown value
 * reaches ready, valid, or a valid output word.
 */
public final class IcarusBackend implements SimulatorBackend {
    private static final String TESTBENCH = "stream_testbench.v";
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final BuildCache cache;
    private final ToolRunner tools;

    public IcarusBackend() {
        this(BuildCache.ofUser());
    }

    IcarusBackend(BuildCache cache) {
        this.cache = cache;
        this.tools = new ToolRunner(cache);
    }

    @Override
    public String name() {
        return "icarus";
    }

    @Override
    public Trace run(RtlDesign design, Stimulus stimulus, Watch watch, Progress progress) {
        stimulus.requireFit(design);
        MemoryFiles.require(design);
        String vvp = ExternalTool.VVP.require();
        try (TemporaryFolder scratch = TemporaryFolder.create()) {
            progress.at("compiling with Icarus", 0, 1);
            Path program = compile(design, watch, scratch.path());
            return run(vvp, program, scratch.path(), design, stimulus, watch, progress);
        } catch (IOException e) {
            throw new SimulationException("Cannot exchange files with the simulation of " + design.top() + ": " + e);
        }
    }

    private Path compile(RtlDesign design, Watch watch, Path scratch) throws IOException {
        Path testbench = scratch.resolve(TESTBENCH);
        Path program = scratch.resolve("design.vvp");
        Files.writeString(testbench, Resources.text(TESTBENCH));
        StreamPort input = design.input();
        StreamPort output = design.output();
        List<String> arguments = new ArrayList<>(List.of("-g2001", "-Wall", "-s", "stream_testbench",
                "-DDESIGN=" + design.top(),
                "-DINPUT_VALID=" + input.valid(), "-DINPUT_READY=" + input.ready(), "-DINPUT_DATA=" + input.data(),
                "-DOUTPUT_VALID=" + output.valid(), "-DOUTPUT_READY=" + output.ready(),
                "-DOUTPUT_DATA=" + output.data(),
                "-DINPUT_BITS=" + input.bits(), "-DOUTPUT_BITS=" + output.bits(),
                "-o", program.toString(), testbench.toString()));
        if (!watch.isEmpty()) {
            Path watcher = scratch.resolve(WatchText.ICARUS_MODULE + ".v");
            Files.writeString(watcher, WatchText.icarus(watch));
            arguments.addAll(List.of("-s", WatchText.ICARUS_MODULE, watcher.toString()));
        }
        arguments.addAll(design.sources());
        tools.run(ExternalTool.IVERILOG, arguments, design.rtlDirectory(),
                "Icarus Verilog rejects design " + design.top() + " in " + design.rtlDirectory());
        return program;
    }

    private Trace run(
            String vvp, Path program, Path scratch, RtlDesign design, Stimulus stimulus, Watch watch, Progress progress)
            throws IOException {
        Path words = scratch.resolve("words.hex");
        Path result = scratch.resolve("result.txt");
        WordFiles.writeHex(words, stimulus.words());
        List<String> command = new ArrayList<>(List.of(vvp, "-n", program.toString(),
                "+words=" + words,
                "+result=" + result,
                "+input_words=" + stimulus.words().count(),
                "+output_words=" + stimulus.outputWords(design),
                "+input_seed=" + Integer.toUnsignedString(StallPattern.inputStart(stimulus)),
                "+output_seed=" + Integer.toUnsignedString(StallPattern.outputStart(stimulus)),
                "+noise_seed=" + Integer.toUnsignedString(StallPattern.noiseStart(stimulus)),
                "+stall_below=" + StallPattern.threshold(stimulus),
                "+watchdog=" + stimulus.watchdogCycles(),
                "+drain=" + stimulus.drainCycles()));
        if (stimulus.vcd() != null) {
            command.add("+vcd=" + stimulus.vcd().toAbsolutePath());
        }
        Path log = cache.newLog("icarus-run");
        TestbenchOutput output = new TestbenchOutput(design, stimulus, watch, progress);
        int exit = ChildProcess.run(command, design.rtlDirectory(), log, SILENCE, output);
        output.requireSuccess("Icarus Verilog", exit, log);
        Trace trace = read(result, design, stimulus);
        ToolRunner.discard(log);
        return trace;
    }

    private static Trace read(Path result, RtlDesign design, Stimulus stimulus) throws IOException {
        int bits = design.output().bits();
        int limbsPerWord = WordStream.limbsFor(bits);
        long[] inputCycles = new long[stimulus.words().count()];
        long[] outputCycles = new long[Math.toIntExact(stimulus.outputWords(design))];
        long[] outputLimbs = new long[Math.multiplyExact(outputCycles.length, limbsPerWord)];
        int accepted = 0;
        int given = 0;
        try (BufferedReader reader = Files.newBufferedReader(result)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(" ");
                if (fields[0].equals("i") && accepted < inputCycles.length) {
                    inputCycles[accepted++] = Long.parseLong(fields[1]);
                } else if (fields[0].equals("o") && given < outputCycles.length) {
                    WordFiles.parseHex(fields[2], outputLimbs, given * limbsPerWord);
                    outputCycles[given++] = Long.parseLong(fields[1]);
                }
            }
        }
        if (accepted != inputCycles.length || given != outputCycles.length) {
            throw new IOException("the testbench ended after " + accepted + " input and " + given + " output words");
        }
        return new Trace(stimulus.frames(), inputCycles, outputCycles, new WordStream(bits, outputLimbs));
    }
}
