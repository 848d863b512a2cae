package org.bitloom.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.ClockCheck;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.FoldingSearch;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.accelerator.Target;
import org.bitloom.accelerator.board.Board;
import org.bitloom.accelerator.board.Boards;
import org.bitloom.blocks.Depth;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.integer.IntegerNetwork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From a trained network to a folder of Verilog. */
@Command(
        name = "compile",
        header = "Turns a trained network into a folder of Verilog, memory images and a golden model.",
        footer = {
            "%nExample:",
            "  ./bitloom compile TFC_1W1A.onnx -o rtl-out/tfc --folding 16x49,8x8,8x8,10x8",
            "  ./bitloom compile TFC_1W1A.onnx -o rtl-out/tfc --board pynq-z1 --fps 100000",
            "  ./bitloom compile lenet_iter_10000.caffemodel --input 1x28x28 --bits 4 --calibrate train-images-idx3-ubyte.gz"
                    + " -o rtl-out/lenet"
        })
final class CompileVerb implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = ModelFile.KINDS)
    private Path model;

    @Mixin
    private ModelOptions modelOptions = ModelOptions.none();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Folder for the design; an earlier design in it is replaced.")
    private Path output;

    @Option(
            names = "--folding",
            paramLabel = "PExSIMD,…",
            description = "Rows and columns at a time, for each matrix layer in order (default: with --board as fast as"
                    + " fits it; else the model's own, or a moderate one). A matrix that they do not divide is padded.")
    private @Nullable String folding;

    @Option(
            names = "--board",
            paramLabel = "BOARD",
            description = "The board that it is for, see ./bitloom boards. What does not fit it is refused.")
    private @Nullable String board;

    @Option(
            names = "--fps",
            paramLabel = "RATE",
            description = "Frames a second to be reached, with the least area that does it.")
    private @Nullable Double framesPerSecond;

    @Option(
            names = "--clock",
            paramLabel = "MHZ",
            description = "Clock in MHz (default: the board's). Each block gets the fewest registers with which it is"
                    + " predicted to meet it. What cannot meet a clock that is given here is refused (status 2); the"
                    + " board's own is only warned of.")
    private @Nullable Double clock;

    @Option(
            names = "--fill",
            paramLabel = "SHARE",
            description = "Share of the board's LUTs that a chosen folding may take, so that wires find their ways"
                    + " (default: ${DEFAULT-VALUE}).")
    private double fill = 0.8;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "Device family: ${COMPLETION-CANDIDATES} (default: the board's, or xilinx7).")
    private @Nullable Family family;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ModelFile opened = ModelFile.open(model, modelOptions);
        Target target = target();
        Accelerator accelerator = accelerator(opened, target);
        if (clock != null) {
            ClockCheck.require(accelerator, target);
        }
        PredictionReport report = new PredictionReport(accelerator, target);
        GeneratedDesign design =
                GeneratedDesign.write(accelerator, target, new DesignPage(opened, accelerator, report), output);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonOutput.print(out, generator -> {
                generator.writeStringField("design", output.toString());
                generator.writeStringField("report", design.page().toString());
                generator.writeStringField("folding", Folding.text(accelerator.foldings()));
                generator.writeObjectFieldStart("depths");
                for (Map.Entry<String, Depth> depth : accelerator.depths().entrySet()) {
                    generator.writeStringField(depth.getKey(), depth.getValue().toString());
                }
                generator.writeEndObject();
                generator.writeNumberField("predictedIntervalCycles", accelerator.intervalCycles());
                generator.writeNumberField("predictedLatencyCycles", accelerator.latencyCycles());
                report.write(generator);
            });
        } else {
            opened.notes().forEach(note -> out.println("Note      " + note));
            DesignSummary.print(design, out);
            report.print(out);
        }
        return ExitStatus.OK;
    }

    private Target target() {
        Target target;
        if (board == null) {
            target = Target.of(family == null ? Family.XILINX7 : family);
        } else {
            Board found = Boards.find(board);
            target = family == null ? Target.of(found) : new Target(family, found, found.clock().megahertz());
        }
        return clock == null ? target : target.withClock(requirePositive(clock));
    }

    private static double requirePositive(double megahertz) {
        if (!(megahertz > 0)) {
            throw CommandException.badInput("--clock is above 0 MHz, not " + megahertz + ".");
        }
        return megahertz;
    }

    private Accelerator accelerator(ModelFile opened, Target target) {
        IntegerNetwork network = opened.network();
        if (folding != null) {
            if (framesPerSecond != null) {
                throw CommandException.badInput(
                        "--fps chooses the folding: give --fps or --folding, not both.");
            }
            return FoldingSearch.given(network, Folding.parse(folding), target);
        }
        if (framesPerSecond != null) {
            return new FoldingSearch(network, target, fill).reaching(framesPerSecond);
        }
        if (target.board() != null) {
            return new FoldingSearch(network, target, fill).asFastAsFits();
        }
        return Accelerator.of(
                network,
                opened.foldings().isEmpty()
                        ? Accelerator.defaultFoldings(network)
                        : opened.foldings().stream().map(f -> new Folding(f.pe(), f.simd())).toList(),
                target.pipelining());
    }
}
