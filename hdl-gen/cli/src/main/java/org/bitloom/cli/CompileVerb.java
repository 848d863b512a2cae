package org.bitloom.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.accelerator.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private HardwareOptions hardware = new HardwareOptions();

    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() throws Exception {
        GeneratedDesign.requireReplaceable(output);
        ModelFile opened = ModelFile.open(model, modelOptions);
        Target target = hardware.target();
        Accelerator accelerator = hardware.accelerator(opened, target);
        PredictionReport report = new PredictionReport(accelerator, target);
        GeneratedDesign design =
                GeneratedDesign.write(accelerator, target, new DesignPage(opened, accelerator, report), output);
        if (!answer.isJson()) {
            opened.notes().forEach(note -> answer.out().println("Note      " + note));
        }
        DesignSummary.show(design, report, answer);
        return ExitStatus.OK;
    }
}
