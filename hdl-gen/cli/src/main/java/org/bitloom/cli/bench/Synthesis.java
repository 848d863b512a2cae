package org.bitloom.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;

/** What Yosys makes of a design: how many cells of each kind. */
public record Synthesis(Map<String, Integer> cells) {
    private static final Pattern CELLS = Pattern.compile("^\\s+(\\$?\\w+)\\s+(\\d+)$", Pattern.MULTILINE);

    public Synthesis {
        cells = Map.copyOf(cells);
    }

    /** Yosys' script for a family: no pads, no abc9; the wide multiplexers of ECP5 and Gowin only cost LUTs. */
    public static String command(Family family) {
        return switch (family) {
            case XILINX7 -> "synth_xilinx -flatten -noiopad -noclkbuf";
            case ULTRASCALE_PLUS -> "synth_xilinx -family xcup -flatten -noiopad -noclkbuf";
            case ECP5 -> "synth_ecp5 -nowidelut";
            case ICE40 -> "synth_ice40";
            case ICE40_UP -> "synth_ice40 -device u -dsp";
            case GOWIN -> "synth_gowin -nowidelut -noiopads";
            case CYCLONE_V -> "synth_intel_alm -family cyclonev -noiopad -noclkbuf";
        };
    }

    /** The same for a design of which the estimate is known: on Cyclone V Yosys takes an M10K where an MLAB is asked for. */
    private static String command(Family family, Resources estimate) {
        return command(family) + (family == Family.CYCLONE_V && estimate.bram() == 0 ? " -nobram" : "");
    }

    /**
     * Synthesizes a design in a folder of its own beneath {@code scratch}.
     *
     * @param estimate says whether there are block memories in it
     * @throws IOException with Yosys' last lines where it fails
     */
    public static Synthesis of(Design design, Family family, Resources estimate, Path yosys, Path scratch) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "synthesis");
        VerilogFiles verilog = VerilogWriter.write(design, family);
        verilog.writeTo(folder);
        String script = "read_verilog " + String.join(" ", verilog.sources()) + "; " + command(family, estimate) + " -top "
                + verilog.top() + "; tee -o cells stat";
        // The shell leads into the folder: Yosys looks for memory images where it was started.
        ColdProcess.Cost cost = ColdProcess.run(
                List.of("sh", "-c", "cd \"$1\" && exec nice \"$2\" -q -p \"$3\"", "sh", folder.toString(), yosys.toString(), script),
                Map.of());
        if (cost.status() != 0) {
            throw new IOException("Yosys fails on " + design.name() + ": " + cost.printed());
        }
        return parse(Files.readString(folder.resolve("cells")));
    }

    /** Reads what Yosys' {@code stat} prints of the top module. */
    static Synthesis parse(String report) {
        String top = report.substring(report.lastIndexOf("Number of cells:"));
        Map<String, Integer> cells = new TreeMap<>();
        Matcher matcher = CELLS.matcher(top);
        while (matcher.find()) {
            cells.merge(matcher.group(1), Integer.parseInt(matcher.group(2)), Integer::sum);
        }
        return new Synthesis(cells);
    }

    /** Cells whose type matches a regular expression. */
    int count(String type) {
        return cells.entrySet().stream()
                .filter(cell -> cell.getKey().matches(type))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** The cells as resources; the depth is not known from them. */
    public Resources resources() {
        int logic = count("LUT[1-6]|SB_LUT4|MISTRAL_ALUT\\w*|MISTRAL_NOT");
        int memory = 4 * count("RAM32M|RAM64M")
                + 8 * count("RAM32M16|RAM64M8")
                + 2 * count("RAM32X1D|RAM64X1D")
                + 4 * count("RAM128X1D|RAM256X1S")
                + 8 * count("RAM256X1D")
                + count("RAM32X1S|RAM64X1S|SRL16E|SRLC32E")
                + 2 * count("RAM128X1S")
                + 6 * count("TRELLIS_DPR16X4")
                + 4 * count("RAM16SDP4")
                + count("MISTRAL_MLAB");
        return new Resources(
                logic + memory + 2 * count("CCU2C") + count("ALU"),
                count("FD[RSCP]E|SB_DFF.*|TRELLIS_FF|DFF[A-Z]*|MISTRAL_FF"),
                count("RAMB18.*|SB_RAM.*|DP16KD|PDPW16KD|SPX?9?|SDPX?9?B?|DPX?9?B?|MISTRAL_M10K") + 2 * count("RAMB36.*"),
                count("DSP48.*|SB_MAC16|MULT18X18D|MULT.*|MISTRAL_MUL.*"),
                0);
    }
}
