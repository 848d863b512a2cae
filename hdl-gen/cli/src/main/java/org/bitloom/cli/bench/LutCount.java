package org.bitloom.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;

/** What Yosys makes of a design, as cells of the device. */
public record LutCount(int luts, int muxes, int carries, int flipFlops, int lutMemories, int blockMemories) {
    private static final Pattern CELLS = Pattern.compile("^\\s+(\\$?\\w+)\\s+(\\d+)$", Pattern.MULTILINE);

    /** How a family is synthesized, without abc9 and without pads. */
    public enum Target {
        XC7(Family.XILINX7, "synth_xilinx -flatten -noiopad -noclkbuf"),
        ICE40(Family.ICE40, "synth_ice40");

        private final Family family;
        private final String command;

        Target(Family family, String command) {
            this.family = family;
            this.command = command;
        }

        public String command() {
            return command;
        }

        /** The same with all products in LUTs. */
        public String commandWithoutDsp() {
            return this == XC7 ? command + " -nodsp" : command;
        }
    }

    /**
     * Synthesizes a design in a folder of its own beneath {@code scratch}.
     *
     * @throws IOException with Yosys' last lines where it fails
     */
    public static LutCount of(Design design, Target target, Path yosys, Path scratch) throws IOException {
        return of(design, target, target.command, yosys, scratch);
    }

    /** The same with a command of its own. */
    public static LutCount of(Design design, Target target, String command, Path yosys, Path scratch)
            throws IOException {
        Path folder = Files.createTempDirectory(scratch, "synthesis");
        VerilogFiles verilog = VerilogWriter.write(design, target.family);
        verilog.writeTo(folder);
        String script = "read_verilog " + String.join(" ", verilog.sources()) + "; " + command + " -top "
                + verilog.top() + "; tee -o cells stat";
        // The shell leads into the folder: Yosys looks for memory images where it was started.
        ColdProcess.Cost cost = ColdProcess.run(
                List.of("sh", "-c", "cd \"$1\" && exec \"$2\" -q -p \"$3\"", "sh", folder.toString(), yosys.toString(), script),
                Map.of());
        if (cost.status() != 0) {
            throw new IOException("Yosys fails on " + design.name() + ": " + cost.printed());
        }
        return parse(Files.readString(folder.resolve("cells")));
    }

    /** Reads what Yosys' {@code stat} prints of the top module. */
    static LutCount parse(String report) {
        String top = report.substring(report.lastIndexOf("Number of cells:"));
        Map<String, Integer> cells = new TreeMap<>();
        Matcher matcher = CELLS.matcher(top);
        while (matcher.find()) {
            cells.merge(matcher.group(1), Integer.parseInt(matcher.group(2)), Integer::sum);
        }
        return new LutCount(
                sum(cells, "LUT[1-6]|SB_LUT4"),
                sum(cells, "MUXF\\d+"),
                sum(cells, "CARRY4|SB_CARRY"),
                sum(cells, "FD[RSCP]E|SB_DFF.*"),
                sum(cells, "RAM\\d+[MX].*|SRL.*"),
                sum(cells, "RAMB.*|SB_RAM.*"));
    }

    private static int sum(Map<String, Integer> cells, String name) {
        return cells.entrySet().stream()
                .filter(cell -> cell.getKey().matches(name))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
