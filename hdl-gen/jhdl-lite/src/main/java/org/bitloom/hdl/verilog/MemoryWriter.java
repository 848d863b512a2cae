package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.ReadPort;
import org.bitloom.hdl.ir.Netlist.WritePort;

/** Memories, in the forms that synthesizers recognise as block RAM, LUT RAM and ROM. */
final class MemoryWriter {
    private final Netlist netlist;
    private final Images.Binding images;
    private final Signals signals;
    private final Expressions expressions;
    private final Family family;

    MemoryWriter(
            Netlist netlist, Images.Binding images, Signals signals, Expressions expressions, Family family) {
        this.netlist = netlist;
        this.images = images;
        this.signals = signals;
        this.expressions = expressions;
        this.family = family;
    }

    boolean readClock() {
        return netlist.memories().stream()
                .anyMatch(m -> !m.isRom() || m.reads().stream().anyMatch(ReadPort::clocked));
    }

    Lines declarations() {
        Lines lines = new Lines();
        for (int i = 0; i < netlist.memories().size(); i++) {
            Lines one = new Lines();
            declare(i, netlist.memories().get(i), one);
            lines.section(one);
        }
        return lines;
    }

    private void declare(int index, MemoryDefinition memory, Lines lines) {
        String name = signals.memoryName(index);
        String attributes = family.memoryAttributes(memory);
        if (!attributes.isEmpty()) {
            lines.line(1, "(* " + attributes + " *)");
        }
        lines.line(1, "reg " + Lines.range(memory.wordWidth()) + name + " [0:" + (memory.depth() - 1) + "];");
        contents(index, memory, name, lines);
        List<Integer> clocked = new ArrayList<>();
        List<Integer> asynchronous = new ArrayList<>();
        for (ReadPort read : memory.reads()) {
            if (signals.port(read.node()) < 0) {
                (read.clocked() ? clocked : asynchronous).add(read.node());
            }
        }
        lines.declarations("reg  ", clocked, netlist, signals);
        lines.declarations("wire ", asynchronous, netlist, signals);
    }

    private void contents(int index, MemoryDefinition memory, String name, Lines lines) {
        if (Images.isSpelledOut(memory)) {
            MemoryContents words = memory.contents().orElseThrow();
            lines.line(1, "initial begin");
            for (int i = 0; i < words.depth(); i++) {
                lines.statement(2, name + "[" + i + "] = ", Literals.of(words.word(i), false), ";");
            }
            lines.line(1, "end");
            return;
        }
        String file = images.memories().get(index);
        if (file.equals("\"\"")) {
            return;
        }
        if (file.startsWith("\"")) {
            lines.line(1, "initial $readmemh(" + file + ", " + name + ");");
            return;
        }
        lines.line(1, "generate if (" + file + " != \"\") begin : " + signals.fresh(name + "_contents"));
        lines.line(2, "initial $readmemh(" + file + ", " + name + ");");
        lines.line(1, "end endgenerate");
    }

    Lines behaviour() {
        Lines lines = new Lines();
        for (int i = 0; i < netlist.memories().size(); i++) {
            Lines one = new Lines();
            ports(netlist.memories().get(i), signals.memoryName(i), one);
            lines.section(one);
        }
        return lines;
    }

    private void ports(MemoryDefinition memory, String name, Lines lines) {
        for (ReadPort read : memory.reads()) {
            if (!read.clocked()) {
                lines.line(1, "assign " + signals.name(read.node()) + " = " + word(name, read.address()) + ";");
            }
        }
        List<WritePort> writes = memory.writes();
        if (writes.size() == 1) {
            WritePort write = writes.getFirst();
            lines.statement(1, "always @(posedge clk) " + enabled(write.enable()) + word(name, write.address()) + " <= ",
                    expressions.number(write.data()), ";");
        } else if (!writes.isEmpty()) {
            lines.line(1, "always @(posedge clk) begin");
            for (WritePort write : writes) {
                lines.statement(2, enabled(write.enable()) + word(name, write.address()) + " <= ",
                        expressions.number(write.data()), ";");
            }
            lines.line(1, "end");
        }
        for (ReadPort read : memory.reads()) {
            if (read.clocked()) {
                lines.statement(1, "always @(posedge clk) " + enabled(read.enable()) + signals.name(read.node()) + " <= ",
                        word(name, read.address()), ";");
            }
        }
    }

    private String word(String memory, int address) {
        return memory + "[" + expressions.joined(address) + "]";
    }

    private String enabled(int enable) {
        return enable == Netlist.ALWAYS ? "" : "if (" + expressions.joined(enable) + ") ";
    }
}
