package org.bitloom.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.integer.IntegerNetwork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
            "  ./bitloom compile TFC_1W1A.onnx -o rtl-out/tfc --folding 16x49,8x8,8x8,10x8"
        })
final class CompileVerb implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = ModelFile.KINDS)
    private Path model;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Folder for the design; an earlier design in it is replaced.")
    private Path output;

    @Option(
            names = "--folding",
            paramLabel = "PExSIMD,…",
            description = "Rows and columns at a time, for each matrix layer in order (default: the model's own, or a"
                    + " moderate one). A matrix that they do not divide is padded.")
    private @Nullable String folding;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "Device family: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Family family = Family.XILINX7;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ModelFile opened = ModelFile.open(model);
        GeneratedDesign design =
                GeneratedDesign.write(Accelerator.of(opened.network(), foldings(opened)), family, output);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonOutput.print(out, generator -> {
                generator.writeStringField("design", output.toString());
                generator.writeStringField("folding", Folding.text(design.accelerator().foldings()));
                generator.writeNumberField(
                        "predictedIntervalCycles", design.accelerator().intervalCycles());
                generator.writeNumberField(
                        "predictedLatencyCycles", design.accelerator().latencyCycles());
            });
        } else {
            opened.notes().forEach(note -> out.println("Note      " + note));
            print(design, out);
        }
        return ExitStatus.OK;
    }

    private List<Folding> foldings(ModelFile opened) {
        IntegerNetwork network = opened.network();
        if (folding != null) {
            return Folding.parse(folding);
        }
        return opened.foldings().isEmpty()
                ? Accelerator.defaultFoldings(network)
                : opened.foldings().stream().map(f -> new Folding(f.pe(), f.simd())).toList();
    }

    static void print(GeneratedDesign design, PrintWriter out) {
        Accelerator accelerator = design.accelerator();
        out.println("Network   " + accelerator.network());
        out.println("Folding   " + Folding.text(accelerator.foldings()) + "  (PE x SIMD)");
        out.printf(
                "Predicted %,d cycles a frame, %,d cycles latency%n",
                accelerator.intervalCycles(), accelerator.latencyCycles());
        out.printf(
                "Verilog   %s (%d files, top module %s)%n",
                DemoVerb.shown(design.rtl()), design.manifest().sources().size(), design.manifest().top());
    }
}
