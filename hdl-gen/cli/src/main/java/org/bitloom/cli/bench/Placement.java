package org.bitloom.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;

/**
 * How fast a design's clock is when Yosys and nextpnr have synthesized, placed and routed it alone. All its ports end at
 * registers, which one pin fills and one pin shows, so that any design fits the device's pins and only paths between
 * registers count.
 */
public final class Placement {
    /** What is asked for; nextpnr then tries as hard as it can. */
    private static final int FREQUENCY = 300;

    private static final Pattern CLOCK = Pattern.compile("Max frequency for clock '[^']*': ([0-9.]+) MHz");

    private Placement() {}

    /** Whether nextpnr-ice40 knows the family. */
    public static boolean knows(Family family) {
        return family == Family.ICE40 || family == Family.ICE40_UP;
    }

    /** nextpnr's options for a family. */
    public static String device(Family family) {
        return switch (family) {
            case ICE40 -> "--hx8k --package ct256";
            case ICE40_UP -> "--up5k --package sg48";
            default -> throw new IllegalArgumentException("nextpnr-ice40 does not know " + family);
        };
    }

    /**
     * MHz for each of several seeds of nextpnr, ascending.
     *
     * @throws IOException with the tool's last lines where it fails: a design may be too large for the device
     */
    public static List<Double> megahertz(Design design, Family family, Path yosys, Path nextpnr, int seeds, Path scratch)
            throws IOException {
        Path folder = Files.createTempDirectory(scratch, "placement");
        VerilogFiles verilog = VerilogWriter.write(design, family);
        verilog.writeTo(folder);
        Files.writeString(folder.resolve("registered_pins.v"), registeredPins(design, verilog.top()));
        run(folder, yosys, "-q", "-p", "read_verilog " + String.join(" ", verilog.sources()) + " registered_pins.v; "
                + Synthesis.command(family) + " -top registered_pins -json design.json");
        List<Double> found = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            List<String> options = new ArrayList<>(List.of(device(family).split(" ")));
            options.addAll(List.of("--json", "design.json", "--freq", String.valueOf(FREQUENCY), "--seed", String.valueOf(seed),
                    "--pcf-allow-unconstrained", "--timing-allow-fail"));
            found.add(parse(run(folder, nextpnr, options.toArray(String[]::new))));
        }
        return found.stream().sorted().toList();
    }

    /** The last clock that nextpnr reports is that of the routed design. */
    static double parse(String report) {
        Matcher matcher = CLOCK.matcher(report);
        double last = 0;
        while (matcher.find()) {
            last = Double.parseDouble(matcher.group(1));
        }
        return last;
    }

    private static String run(Path folder, Path tool, String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "cd \"$1\" && shift && exec nice \"$@\"", "sh", folder.toString(), tool.toString()));
        command.addAll(List.of(options));
        ColdProcess.Cost cost = ColdProcess.run(command, Map.of());
        if (cost.status() != 0) {
            String[] lines = cost.printed().split("\n");
            throw new IOException(tool.getFileName() + " fails: " + lines[lines.length - 1]);
        }
        return cost.printed();
    }

    private static String registeredPins(Design design, String top) {
        Netlist module = design.top().module();
        int ins = module.inputs().stream().mapToInt(port -> port.width()).sum();
        int outs = module.outputs().stream().mapToInt(port -> port.width()).sum();
        List<String> ports = new ArrayList<>();
        int low = 0;
        for (Netlist.InputPort port : module.inputs()) {
            ports.add("." + port.name() + "(stimulus[" + (low + port.width() - 1) + ":" + low + "])");
            low += port.width();
        }
        low = 0;
        for (Netlist.OutputPort port : module.outputs()) {
            ports.add("." + port.name() + "(results[" + (low + port.width() - 1) + ":" + low + "])");
            low += port.width();
        }
        return String.format(
                Locale.ROOT,
                """
                module registered_pins (input wire clk, input wire pin, output reg shown);
                    reg reset, load;
                    reg [%d:0] stimulus;
                    wire [%d:0] results;
                    reg [%d:0] captured, shifted;
                    always @(posedge clk) begin
                        {stimulus, load, reset} <= {stimulus, load, reset, pin};
                        captured <= results;
                        shifted <= load ? captured : shifted >> 1;
                        shown <= shifted[0];
                    end
                    %s design (.clk(clk), .reset(reset), %s);
                endmodule
                """,
                ins - 1, outs - 1, outs - 1, top, String.join(", ", ports));
    }
}
