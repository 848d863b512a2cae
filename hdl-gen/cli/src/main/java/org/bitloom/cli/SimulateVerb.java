package org.bitloom.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.network.data.Images;
import org.bitloom.sim.BuiltInBackend;
import org.bitloom.sim.DesignRun;
import org.bitloom.sim.IcarusBackend;
import org.bitloom.sim.ResultJson;
import org.bitloom.sim.SimulationResult;
import org.bitloom.sim.SimulatorBackend;
import org.bitloom.sim.VerilatorBackend;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a generated design on images and compares every output value with the golden model. */
@Command(
        name = "simulate",
        header = "Runs a generated design on images, cycle by cycle, and compares every output with the golden model.",
        footer = {
            "%nExample:",
            "  ./bitloom simulate rtl-out/tfc --simulator verilator --images t10k-images-idx3-ubyte.gz --frames 1000"
        })
final class SimulateVerb implements Callable<Integer> {
    /** The names that {@code --simulator} takes. */
    enum Simulator {
        BUILT_IN("built-in"),
        VERILATOR("verilator"),
        ICARUS("icarus");

        private final String text;

        Simulator(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static Simulator of(String text) {
            for (Simulator simulator : values()) {
                if (simulator.text.equalsIgnoreCase(text)) {
                    return simulator;
                }
            }
            throw CommandException.badInput(
                    "--simulator %s: there is built-in, verilator and icarus.".formatted(text));
        }

        SimulatorBackend backend(GeneratedDesign design) {
            return switch (this) {
                case BUILT_IN -> new BuiltInBackend(design.accelerator().design());
                case VERILATOR -> new VerilatorBackend();
                case ICARUS -> new IcarusBackend();
            };
        }
    }

    @Parameters(paramLabel = "DIR", description = "A folder that ./bitloom compile made.")
    private Path folder;

    @Option(
            names = "--simulator",
            paramLabel = "NAME",
            description = "built-in, verilator or icarus (default: built-in).")
    private String simulator = "built-in";

    @Option(
            names = "--images",
            required = true,
            paramLabel = "F",
            description = "IDX, .npy, PNG file or folder, CIFAR-10 records or raw bytes; may be gzipped.")
    private Path imagesFile;

    @Option(names = "--frames", paramLabel = "N", description = "Only the first N images (default: all).")
    private int frames = Integer.MAX_VALUE;

    @Option(
            names = "--stall",
            paramLabel = "P",
            description = "Probability that a word is withheld, at the input and at the output (default: 0).")
    private double stall;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the stalls (default: 1).")
    private long seed = 1;

    @Option(names = "--vcd", paramLabel = "F", description = "Write the waves to this file.")
    private @Nullable Path vcd;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(names = "--outputs", description = "With --json: the output vectors of all frames, not of the first 100 at most.")
    private boolean outputs;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (frames < 1) {
            throw CommandException.badInput("--frames %d: at least one image is needed.".formatted(frames));
        }
        if (!(stall >= 0 && stall < 1)) {
            throw CommandException.badInput("--stall %s: a probability from 0 to below 1.".formatted(stall));
        }
        Simulator chosen = Simulator.of(simulator);
        GeneratedDesign design = GeneratedDesign.open(folder);
        Images images = Images.open(imagesFile, design.accelerator().network().inputShape());
        List<long[]> inputs = IntStream.range(0, Math.min(frames, images.count()))
                .mapToObj(images::image)
                .toList();
        SimulationResult result;
        try (TerminalProgress progress = TerminalProgress.onTerminal(quiet)) {
            result = new DesignRun(design).run(chosen.backend(design), inputs, stall, seed, vcd, progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonOutput.print(out, generator -> ResultJson.write(result, outputs, design.accelerator().network().outputScale(), generator));
        } else {
            print(chosen.text, result, out);
        }
        return result.exact() && result.asPredicted() ? ExitStatus.OK : ExitStatus.MISMATCH;
    }

    static void print(String simulator, SimulationResult result, PrintWriter out) {
        out.printf(
                "%-9s %,d frames: %s%n",
                simulator,
                result.frames(),
                result.exact()
                        ? "bit-exact, all %,d output values equal the golden model".formatted(result.values())
                        : "MISMATCH, %,d of %,d output values differ".formatted(result.mismatches(), result.values()));
        result.first().forEach(mismatch -> out.println("          " + mismatch));
        if (result.intervalCycles() != null) {
            out.printf(
                    "          %,d cycles a frame (predicted %,d), latency %,d cycles (predicted %,d)%s%n",
                    result.intervalCycles(),
                    result.predictedIntervalCycles(),
                    result.latencyCycles(),
                    result.predictedLatencyCycles(),
                    result.asPredicted() ? "" : ": DIFFERS");
        }
    }
}
