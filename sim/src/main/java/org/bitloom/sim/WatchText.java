package org.bitloom.sim;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@link Watch} in Verilog, beside the design and not part of it: streams are read by their hierarchical names. And the
 * lines in which a testbench tells of the words: {@code word <stream> <cycle> <hexadecimal>}, or {@code bits <stream>
 * <cycle> <binary>} where some are unknown.
 */
final class WatchText {
    /** A second top module beside stream_testbench. */
    static final String ICARUS_MODULE = "stream_watch";

    private static final Pattern LINE = Pattern.compile("(word|bits) (\\d+) (\\d+) ([0-9a-fxzXZ]+)");

    private WatchText() {}

    /** A module that looks into stream_testbench and prints each word. */
    static String icarus(Watch watch) {
        StringBuilder text = new StringBuilder("""
                `default_nettype none
                module %s;
                  reg [63:0] cycle = 0;
                  always @(posedge stream_testbench.clk) begin
                    if (!stream_testbench.reset) begin
                """.formatted(ICARUS_MODULE));
        for (int i = 0; i < watch.streams().size(); i++) {
            InnerStream stream = watch.streams().get(i);
            String data = "stream_testbench.dut." + stream.emitted() + "." + stream.port().data();
            text.append("      if (").append(moves("stream_testbench.dut", stream)).append(")\n");
            text.append("        if (^%s === 1'bx) $display(\"bits %d %%0d %%b\", cycle, %s);\n".formatted(data, i, data));
            text.append("        else $display(\"word %d %%0d %%h\", cycle, %s);\n".formatted(i, data));
        }
        return text.append("""
                      cycle = cycle + 1;
                    end
                  end
                endmodule
                `default_nettype wire
                """).toString();
    }

    /** Name of the module around the design that {@link #verilator} makes; no design's own name has two underscores. */
    static String verilatorModule(RtlDesign design) {
        return design.top() + "__watched";
    }

    /** A module with the design's ports and, for each stream, watch{i}_moves and watch{i}_data. */
    static String verilator(RtlDesign design, Watch watch) {
        StringBuilder text = new StringBuilder("`default_nettype none\nmodule " + verilatorModule(design) + " (\n");
        text.append("  input wire clk, input wire reset,\n");
        StreamPort in = design.input();
        StreamPort out = design.output();
        text.append("  input wire %s, output wire %s, input wire [%d:0] %s,\n"
                .formatted(in.valid(), in.ready(), in.bits() - 1, in.data()));
        text.append("  output wire %s, input wire %s, output wire [%d:0] %s"
                .formatted(out.valid(), out.ready(), out.bits() - 1, out.data()));
        for (int i = 0; i < watch.streams().size(); i++) {
            text.append(",\n  output wire watch%d_moves, output wire [%d:0] watch%d_data"
                    .formatted(i, watch.streams().get(i).bits() - 1, i));
        }
        text.append("\n);\n  %s dut (.clk(clk), .reset(reset)".formatted(design.top()));
        for (StreamPort port : List.of(in, out)) {
            for (String name : List.of(port.valid(), port.ready(), port.data())) {
                text.append(", .%s(%s)".formatted(name, name));
            }
        }
        text.append(");\n");
        for (int i = 0; i < watch.streams().size(); i++) {
            InnerStream stream = watch.streams().get(i);
            text.append("  assign watch%d_moves = %s;\n".formatted(i, moves("dut", stream)));
            text.append("  assign watch%d_data = dut.%s.%s;\n"
                    .formatted(i, stream.emitted(), stream.port().data()));
        }
        return text.append("endmodule\n`default_nettype wire\n").toString();
    }

    /** What stream_testbench.cpp takes as the macro WATCHED: the streams and their widths. */
    static String macro(Watch watch) {
        StringBuilder text = new StringBuilder("WATCHED=");
        for (int i = 0; i < watch.streams().size(); i++) {
            text.append("W(%d,%d)".formatted(i, watch.streams().get(i).bits()));
        }
        return text.toString();
    }

    private static String moves(String top, InnerStream stream) {
        String instance = top + "." + stream.emitted() + ".";
        return instance + stream.port().valid()
                + (stream.hasReady() ? " && " + instance + stream.port().ready() : "");
    }

    /** Tells the listener what a line says; false when the line is about something else. */
    static boolean read(String line, Watch watch) {
        if (!line.startsWith("word ") && !line.startsWith("bits ")) {
            return false;
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) >= watch.streams().size()) {
            return false;
        }
        int stream = Integer.parseInt(matcher.group(2));
        String digits = matcher.group(4);
        int size = WordStream.limbsFor(watch.streams().get(stream).bits());
        long[] limbs = new long[size];
        long[] unknown = new long[size];
        if (matcher.group(1).equals("word")) {
            WordFiles.parseHex(digits, limbs, 0);
        } else {
            for (int bit = 0; bit < digits.length(); bit++) {
                char digit = digits.charAt(digits.length() - 1 - bit);
                long mask = 1L << (bit & 63);
                if (digit == '1') {
                    limbs[bit >>> 6] |= mask;
                } else if (digit != '0') {
                    unknown[bit >>> 6] |= mask;
                }
            }
        }
        watch.listener().word(stream, Long.parseLong(matcher.group(3)), limbs, unknown);
        return true;
    }
}
