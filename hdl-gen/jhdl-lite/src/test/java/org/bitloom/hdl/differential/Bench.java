package org.bitloom.hdl.differential;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;

/**
 * A test bench in Verilog for many trials at once. Beside each design stand its stimulus and its expected outputs, from
 * files; a difference, an X included, prints a line. Something outside counts {@code cycle} and drives {@code sample}
 * and {@code clock}.
 */
final class Bench {
    private static final Pattern PORT = Pattern.compile(
            "\\b(input|output)\\s+(?:wire\\s+|reg\\s+)?(?:\\[[^]]*\\]\\s*)?(\\w+)");
    private static final Pattern DIFFERS = Pattern.compile("DIFFERS (\\d+) +(\\d+) ([0-9a-fxzXZ]+)");

    private final List<Trial> trials;

    Bench(List<Trial> trials) {
        this.trials = trials;
    }

    /** The most cycles that one of the trials has. */
    int cycles() {
        return trials.stream().mapToInt(Trial::cycles).max().orElse(0);
    }

    /**
     * Writes {@code bench.v} and the files it reads into a folder.
     *
     * @param sources for each trial the Verilog text that holds its top module
     */
    void writeTo(Path folder, List<String> sources) throws IOException {
        StringBuilder checks = new StringBuilder();
        StringBuilder instances = new StringBuilder();
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            String top = trial.design().name();
            List<String> stimulus = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int cycle = 0; cycle < trial.cycles(); cycle++) {
                List<BitVector> in = new ArrayList<>(trial.inputs().get(cycle));
                in.add(BitVector.of(1, trial.resets().get(cycle) ? 1L : 0L));
                stimulus.add(hex(in));
                expected.add(hex(trial.outputs().get(cycle)));
            }
            Files.write(folder.resolve(top + ".stimulus"), stimulus);
            Files.write(folder.resolve(top + ".expected"), expected);
            checks.append(check(i, trial, sources.get(i)));
            instances.append("  check_%s check_%s (.clock(clock), .sample(sample), .cycle(cycle));\n"
                    .formatted(top, top));
        }
        Files.writeString(
                folder.resolve("bench.v"),
                checks + "module bench (input wire clock, input wire sample, input wire [31:0] cycle);\n" + instances
                        + "endmodule\n");
    }

    /** What the bench printed, as differences by index of the trial. */
    Map<Integer, Difference> differences(String simulator, String output) {
        Map<Integer, Difference> differences = new TreeMap<>();
        Matcher line = DIFFERS.matcher(output);
        while (line.find()) {
            int index = Integer.parseInt(line.group(1));
            Trial trial = trials.get(index);
            differences.putIfAbsent(
                    index,
                    trial.wrongValue(simulator, Integer.parseInt(line.group(2)), line.group(3)));
        }
        return differences;
    }

    private static String check(int index, Trial trial, String source) {
        Netlist module = trial.design().top().module();
        String top = module.name();
        int inputs = module.inputs().stream().mapToInt(Netlist.InputPort::width).sum();
        int outputs = module.outputs().stream().mapToInt(Netlist.OutputPort::width).sum();
        Map<String, String> connections = new TreeMap<>();
        int low = 0;
        for (Netlist.InputPort port : module.inputs()) {
            connections.put(port.name(), "in[%d:%d]".formatted(low + port.width() - 1, low));
            low += port.width();
        }
        low = 0;
        for (Netlist.OutputPort port : module.outputs()) {
            connections.put(port.name(), "got[%d:%d]".formatted(low + port.width() - 1, low));
            low += port.width();
        }
        connections.put("clk", "clock");
        connections.put("reset", "in[%d]".formatted(inputs));
        return """
                module check_%1$s (input wire clock, input wire sample, input wire [31:0] cycle);
                  reg [%2$d:0] stimulus [0:%4$d];
                  reg [%3$d:0] expected [0:%4$d];
                  initial begin
                    $readmemh("%1$s.stimulus", stimulus);
                    $readmemh("%1$s.expected", expected);
                  end
                  wire [%2$d:0] in = stimulus[cycle];
                  wire [%3$d:0] want = expected[cycle];
                  wire [%3$d:0] got;
                  %1$s dut (%5$s);
                  always @(posedge sample)
                    if (cycle >= %6$d && cycle < %7$d && got !== want) $display("DIFFERS %8$d %%0d %%h", cycle, got);
                endmodule
                """
                .formatted(
                        top, inputs, outputs - 1, trial.cycles() - 1, ports(top, source, connections), Trial.KNOWN,
                        trial.cycles(), index);
    }

    /** Connects the ports that the module has; one that nothing needs is not there. */
    private static String ports(String top, String source, Map<String, String> connections) {
        int start = Pattern.compile("\\bmodule\\s+" + top + "\\b").matcher(source).results().findFirst().orElseThrow(
                () -> new IllegalStateException("no module " + top)).end();
        String text = source.substring(start, source.indexOf("endmodule", start));
        List<String> ports = new ArrayList<>();
        Matcher port = PORT.matcher(text);
        while (port.find()) {
            String name = port.group(2);
            String connection = connections.get(name);
            if (connection == null) {
                throw new IllegalStateException("unexpected port " + name + " of " + top);
            }
            ports.add("." + name + "(" + connection + ")");
        }
        return String.join(", ", ports);
    }

    /** The first value in the lowest bits. */
    private static String hex(List<BitVector> values) {
        StringBuilder bits = new StringBuilder();
        for (BitVector value : values) {
            StringBuilder own = new StringBuilder(value.width());
            for (int i = value.width() - 1; i >= 0; i--) {
                own.append(value.bit(i) ? '1' : '0');
            }
            bits.insert(0, own);
        }
        return new BigInteger(bits.toString(), 2).toString(16);
    }
}
