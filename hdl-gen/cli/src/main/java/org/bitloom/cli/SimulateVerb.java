package org.bitloom.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.network.data.Images;
import org.bitloom.sim.DesignRun;
import org.bitloom.sim.PerLayerResult;
import org.bitloom.sim.ResultJson;
import org.bitloom.sim.SimulatorBackend;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a generated design on images and compares every output value with the golden model. */
@Command(
        name = "simulate",
        header = "Runs a generated design on images, cycle by cycle, and compares every output with the golden model.",
        footer = {
            "%nExample:",
            "  ./bitloom simulate rtl-out/tfc --simulator verilator --images t10k-images-idx3-ubyte.gz --frames 1000",
            "  ./bitloom simulate rtl-out/tfc --simulator icarus --images t10k-images-idx3-ubyte.gz --frames 2 --per-layer"
        })
final class SimulateVerb implements Callable<Integer> {
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

    @Option(
            names = "--per-layer",
            description = "Compare each layer's values as they pass inside the design, and name the first that differs.")
    private boolean perLayer;

    @Mixin
    private Answer answer = new Answer();

    @Option(names = "--outputs", description = "With --json: the output vectors of all frames, not of the first 100 at most.")
    private boolean outputs;

    @Mixin
    private ProgressOption progressOption = new ProgressOption();

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
        PerLayerResult result;
        try (TerminalProgress progress = progressOption.start()) {
            DesignRun run = new DesignRun(design);
            SimulatorBackend backend = chosen.backend(design);
            result = perLayer
                    ? run.runPerLayer(backend, inputs, stall, seed, vcd, progress)
                    : new PerLayerResult(run.run(backend, inputs, stall, seed, vcd, progress), List.of());
        }
        PrintWriter out = answer.out();
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> {
                ResultJson.write(
                        result.run(), outputs, design.accelerator().network().outputScale(), generator);
                if (perLayer) {
                    ResultJson.writeLayers(result, generator);
                }
            });
        } else {
            Report.simulation(chosen.text(), result.run(), out);
            if (perLayer) {
                LayerReport.print(result, out);
            }
        }
        return result.exact() && result.run().asPredicted() ? ExitStatus.OK : ExitStatus.MISMATCH;
    }
}
