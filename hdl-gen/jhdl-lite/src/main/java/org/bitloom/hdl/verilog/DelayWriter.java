package org.bitloom.hdl.verilog;

import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;

/**
 * Delay lines of two cycles and more: shift registers without reset, which become SRLs where the family has them, or,
 * where they are long, a memory that is written behind the place where it is read.
 */
final class DelayWriter {
    private final Netlist netlist;
    private final Signals signals;
    private final Expressions expressions;
    private final Family family;
    private final String[] lines;

    DelayWriter(Netlist netlist, Signals signals, Expressions expressions, Family family) {
        this.netlist = netlist;
        this.signals = signals;
        this.expressions = expressions;
        this.family = family;
        lines = new String[netlist.delays().size()];
        for (int i = 0; i < lines.length; i++) {
            DelayDefinition delay = netlist.delays().get(i);
            lines[i] = delay.cycles() == 1 ? "" : signals.fresh(signals.name(delay.node()) + "_line");
        }
    }

    boolean readClock() {
        return netlist.delays().stream().anyMatch(delay -> delay.cycles() > 1);
    }

    Lines declarations() {
        Lines text = new Lines();
        for (int i = 0; i < lines.length; i++) {
            DelayDefinition delay = netlist.delays().get(i);
            if (delay.cycles() > 1) {
                boolean memory = family.delaysInMemory(delay);
                Lines one = new Lines();
                if (memory) {
                    declareMemory(lines[i], delay, one);
                } else {
                    one.line(1, "reg " + Lines.range(delay.width() * delay.cycles()) + lines[i] + ";");
                }
                if (signals.port(delay.node()) < 0) {
                    String name = Lines.range(delay.width()) + signals.name(delay.node());
                    one.line(1, memory ? "reg " + name + ";" : "wire " + name + " = " + oldest(lines[i], delay) + ";");
                }
                text.section(one);
            }
        }
        return text;
    }

    Lines behaviour() {
        Lines text = new Lines();
        for (int i = 0; i < lines.length; i++) {
            DelayDefinition delay = netlist.delays().get(i);
            if (delay.cycles() > 1) {
                Lines one = new Lines();
                if (family.delaysInMemory(delay)) {
                    remember(lines[i], delay, one);
                } else {
                    shift(lines[i], delay, one);
                }
                text.section(one);
            }
        }
        return text;
    }

    private static String oldest(String line, DelayDefinition delay) {
        int top = delay.width() * delay.cycles() - 1;
        return line + (delay.width() == 1 ? "[" + top + "]" : "[" + top + ":" + (top - delay.width() + 1) + "]");
    }

    private String enabled(DelayDefinition delay) {
        return delay.enable() == Netlist.ALWAYS ? "" : "if (" + expressions.joined(delay.enable()) + ") ";
    }

    private void shift(String line, DelayDefinition delay, Lines text) {
        int kept = delay.width() * (delay.cycles() - 1);
        String rest = line + (kept == 1 ? "[0]" : "[" + (kept - 1) + ":0]");
        String before = "always @(posedge clk) " + enabled(delay) + line + " <= ";
        text.statement(1, before, "{" + rest + ", " + expressions.joined(delay.input()) + "}", ";");
        if (signals.port(delay.node()) >= 0) {
            text.line(1, "assign " + signals.name(delay.node()) + " = " + oldest(line, delay) + ";");
        }
    }

    private static int addressWidth(DelayDefinition delay) {
        return 32 - Integer.numberOfLeadingZeros(delay.cycles() - 1);
    }

    private static void declareMemory(String line, DelayDefinition delay, Lines text) {
        int width = addressWidth(delay);
        String last = width + "'d" + (delay.cycles() - 1);
        text.line(1, "(* no_rw_check *)");
        text.line(1, "reg " + Lines.range(delay.width()) + line + " [0:" + (delay.cycles() - 1) + "];");
        text.line(1, "reg " + Lines.range(width) + line + "_write;");
        text.line(1, "wire " + Lines.range(width) + line + "_read = (" + line + "_write == " + last + ") ? " + width + "'d0 : "
                + line + "_write + " + width + "'d1;");
        text.line(1, "initial " + line + "_write = " + width + "'d0;");
    }

    private void remember(String line, DelayDefinition delay, Lines text) {
        text.line(1, "always @(posedge clk) " + enabled(delay) + "begin");
        text.statement(2, line + "[" + line + "_write] <= ", expressions.joined(delay.input()), ";");
        text.line(2, signals.name(delay.node()) + " <= " + line + "[" + line + "_read];");
        text.line(2, line + "_write <= " + line + "_read;");
        text.line(1, "end");
    }
}
