package org.bitloom.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.accelerator.Target;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.sim.BuiltInBackend;
import org.bitloom.sim.DesignRun;
import org.bitloom.sim.SimulationResult;
import org.bitloom.sim.SimulatorBackend;
import org.bitloom.sim.ToolMissingException;
import org.bitloom.sim.VerilatorBackend;
import org.bitloom.training.DigitsFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job on a network of the project's own, for somebody who has just arrived. */
@Command(
        name = "demo",
        header = "The main job in a few seconds: a trained network becomes Verilog, simulated and compared bit for bit.",
        description = {
            "Compiles the binary digit network that lies in this repository (see ./bitloom train --help), simulates its",
            "test pictures in the built-in simulator and, when it is installed, in Verilator.%n"
        },
        footer = {"%nExample:", "  ./bitloom demo"})
final class DemoVerb implements Callable<Integer> {
    /** 784-64-64-10: 56 cycles a picture in every layer but the last. */
    private static final List<Folding> FOLDING = Folding.parse("16x56,16x8,10x8");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for the design and, beside it, its model and pictures (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of(System.getProperty("bitloom.home", ""), "rtl-out", "digits");

    @Mixin
    private ProgressOption progressOption = new ProgressOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path data = output.resolveSibling(output.getFileName() + "-data");
        Files.createDirectories(data);
        DigitsFiles files = DigitsFiles.unpack(data);
        ModelFile opened = ModelFile.open(files.model());
        IntegerNetwork network = opened.network();
        out.println("Model     " + Report.shown(files.model()) + ", trained by ./bitloom train digits");
        Accelerator accelerator = Accelerator.of(network, FOLDING);
        Target target = Target.of(Family.XILINX7);
        GeneratedDesign design = GeneratedDesign.write(accelerator, target,
                new DesignPage(opened, accelerator, new PredictionReport(accelerator, target)), output);
        DesignSummary.print(design, out);

        Images images = Images.open(files.images(), network.inputShape());
        Labels labels = Labels.open(files.labels());
        List<long[]> frames =
                IntStream.range(0, images.count()).mapToObj(images::image).toList();
        SimulationResult result = simulate(new BuiltInBackend(design.hardware()), design, frames);
        long correct = IntStream.range(0, images.count())
                .filter(i -> network.classifier().classOf(result.outputs().get(i), network.outputScale()) == labels.at(i))
                .count();
        out.printf(
                "Accuracy  %,d of %,d pictures (%.1f %%), computed by the simulated hardware%n",
                correct, images.count(), 100.0 * correct / images.count());
        Report.simulation("Built-in", result, out);
        boolean exact = verilator(design, frames, out) && result.exact() && result.asPredicted();
        out.println();
        drawing(frames.getFirst(), out);
        out.printf(
                "%nThe hardware says: %d.%n",
                network.classifier().classOf(result.outputs().getFirst(), network.outputScale()));
        next(design, files, out);
        return exact ? ExitStatus.OK : ExitStatus.MISMATCH;
    }

    private SimulationResult simulate(SimulatorBackend backend, GeneratedDesign design, List<long[]> frames) {
        try (TerminalProgress progress = progressOption.start()) {
            return new DesignRun(design).run(backend, frames, 0, 1, null, progress);
        }
    }

    /** Whether Verilator agrees, or is not there. */
    private boolean verilator(GeneratedDesign design, List<long[]> frames, PrintWriter out) {
        try {
            SimulationResult result = simulate(new VerilatorBackend(), design, frames);
            Report.simulation("Verilator", result, out);
            return result.exact() && result.asPredicted();
        } catch (ToolMissingException e) {
            out.println("Verilator not installed, left out (./bitloom doctor says how to get it)");
            return true;
        }
    }

    /** The picture in characters, two rows of pixels a line. */
    private static void drawing(long[] pixels, PrintWriter out) {
        int side = (int) Math.sqrt(pixels.length);
        for (int y = 0; y + 1 < side; y += 2) {
            StringBuilder line = new StringBuilder("    ");
            for (int x = 0; x < side; x++) {
                boolean upper = pixels[y * side + x] >= 128;
                boolean lower = pixels[(y + 1) * side + x] >= 128;
                line.append(upper && lower ? '#' : upper ? '\'' : lower ? '.' : ' ');
            }
            if (!line.toString().isBlank()) {
                out.println(line.toString().stripTrailing());
            }
        }
    }

    private static void next(GeneratedDesign design, DigitsFiles files, PrintWriter out) {
        out.printf(
                """

                What to do next:
                  read the Verilog        %s
                  see it at a glance      %s
                  see the waves           ./bitloom simulate %s --images %s --frames 2 --vcd digits.vcd
                  other folding           ./bitloom compile %s -o %s-small --folding 4x16,4x8,2x8
                  your own network        ./bitloom compile MODEL.onnx -o rtl-out/mine
                """,
                Report.shown(design.rtl().resolve(design.manifest().top() + ".v")),
                Report.shown(design.page()),
                Report.shown(design.folder()),
                Report.shown(files.images()),
                Report.shown(files.model()),
                Report.shown(design.folder()));
    }
}
