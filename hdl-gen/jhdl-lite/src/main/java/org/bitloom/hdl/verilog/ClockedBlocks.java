package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;

/** The registers of a module in two blocks, with and without reset; in a block those of one enable stand together. */
final class ClockedBlocks {
    private final Signals signals;
    private final Expressions expressions;
    private final List<Update> reset = new ArrayList<>();
    private final List<Update> free = new ArrayList<>();

    private record Update(int node, int next, int enable, Optional<BitVector> reset) {}

    /** @param functional whether to write the registers of the design, or those that serve checks alone */
    ClockedBlocks(Netlist netlist, Signals signals, Expressions expressions, boolean functional) {
        this.signals = signals;
        this.expressions = expressions;
        for (RegisterDefinition r : netlist.registers()) {
            if (signals.isNeeded(r.node()) && signals.isFunctional(r.node()) == functional) {
                (r.reset().isPresent() ? reset : free).add(new Update(r.node(), r.next(), r.enable(), r.reset()));
            }
        }
        for (DelayDefinition d : netlist.delays()) {
            if (functional && d.cycles() == 1) {
                free.add(new Update(d.node(), d.input(), d.enable(), Optional.empty()));
            }
        }
    }

    boolean readClock() {
        return !reset.isEmpty() || !free.isEmpty();
    }

    boolean readReset() {
        return !reset.isEmpty();
    }

    /** The nodes that are variables. */
    List<Integer> nodes() {
        List<Integer> nodes = new ArrayList<>();
        reset.forEach(update -> nodes.add(update.node()));
        free.forEach(update -> nodes.add(update.node()));
        return nodes;
    }

    Lines lines() {
        Lines lines = new Lines();
        if (!reset.isEmpty()) {
            lines.line(1, "always @(posedge clk)");
            lines.line(2, "if (reset) begin");
            for (Update update : reset) {
                String value = Literals.of(update.reset().orElseThrow(), true);
                lines.line(3, signals.name(update.node()) + " <= " + value + ";");
            }
            otherwise(lines);
        }
        if (!free.isEmpty()) {
            lines.gap();
            lines.line(1, "always @(posedge clk) begin");
            updates(free, 2, lines);
            lines.line(1, "end");
        }
        return lines;
    }

    private void otherwise(Lines lines) {
        int enable = reset.getFirst().enable();
        if (enable != Netlist.ALWAYS && reset.stream().allMatch(update -> update.enable() == enable)) {
            lines.statement(2, "end else if (", expressions.joined(enable), ") begin");
            reset.forEach(update -> assign(update, 3, "", lines));
        } else {
            lines.line(2, "end else begin");
            updates(reset, 3, lines);
        }
        lines.line(2, "end");
    }

    private void updates(List<Update> updates, int indent, Lines lines) {
        Map<Integer, List<Update>> byEnable = new LinkedHashMap<>();
        updates.forEach(update -> byEnable.computeIfAbsent(update.enable(), _ -> new ArrayList<>()).add(update));
        byEnable.forEach((enable, group) -> {
            if (enable == Netlist.ALWAYS) {
                group.forEach(update -> assign(update, indent, "", lines));
            } else if (group.size() == 1) {
                assign(group.getFirst(), indent, "if (" + expressions.joined(enable) + ") ", lines);
            } else {
                lines.statement(indent, "if (", expressions.joined(enable), ") begin");
                group.forEach(update -> assign(update, indent + 1, "", lines));
                lines.line(indent, "end");
            }
        });
    }

    private void assign(Update update, int indent, String before, Lines lines) {
        lines.statement(indent, before + signals.name(update.node()) + " <= ", expressions.number(update.next()), ";");
    }
}
