package org.bitloom.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.cli.bench.Mvu;
import org.bitloom.cli.bench.UnitShape;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the unit that is compared with other HDLs. */
@Command(
        name = "unit",
        header = "Writes the XNOR-popcount matrix-vector unit (module Mvu) that is compared with other HDLs.",
        footer = {"%nExample:", "  ./bitloom bench unit small -o rtl-out/mvu"})
final class BenchUnitVerb implements Callable<Integer> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})x(\\d{1,4})x(\\d{1,6})x(\\d{1,6})");

    @Parameters(paramLabel = "SHAPE", description = "small (64x16x1024x64), large (256x64x4096x256) or SIMDxPExCOLUMNSxROWS.")
    private String shape;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Folder for the Verilog.")
    private Path output;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "Device family: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Family family = Family.XILINX7;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        VerilogFiles verilog = VerilogWriter.write(Mvu.design(shape(shape)), family);
        verilog.writeTo(output);
        spec.commandLine().getOut().println("Verilog   " + output + " (" + verilog.sources().size() + " files, top module "
                + verilog.top() + ")");
        return ExitStatus.OK;
    }

    static UnitShape shape(String text) {
        if (text.equals("small")) {
            return UnitShape.SMALL;
        }
        if (text.equals("large")) {
            return UnitShape.LARGE;
        }
        Matcher matcher = SHAPE.matcher(text);
        if (matcher.matches()) {
            try {
                return new UnitShape(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)));
            } catch (IllegalArgumentException _) {
                // said below
            }
        }
        throw CommandException.badInput("shape '" + text + "': small, large, or SIMDxPExCOLUMNSxROWS with SIMD a multiple of"
                + " 64 that divides the columns, and PE dividing the rows.");
    }
}
