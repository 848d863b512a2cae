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

    private record Update(int node, List<Arm> arms, Optional<BitVector> reset) {
        List<Integer> conditions() {
            return arms.stream().map(Arm::condition).toList();
        }
    }

    /** @param functional whether to write the registers of the design, or those that serve checks alone */
    ClockedBlocks(Netlist netlist, Signals signals, Expressions expressions, boolean functional) {
        this.signals = signals;
        this.expressions = expressions;
        for (RegisterDefinition r : netlist.registers()) {
            if (signals.isNeeded(r.node()) && signals.isFunctional(r.node()) == functional) {
                (r.reset().isPresent() ? reset : free).add(new Update(r.node(), Arm.of(netlist, r), r.reset()));
            }
        }
        for (DelayDefinition d : netlist.delays()) {
            if (functional && d.cycles() == 1) {
                free.add(new Update(d.node(), List.of(new Arm(d.enable(), d.input())), Optional.empty()));
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
        List<Integer> conditions = reset.getFirst().conditions();
        if (reset.stream().allMatch(update -> update.conditions().equals(conditions))) {
            branches(reset, conditions, 2, "end else ", lines);
        } else {
            lines.line(2, "end else begin");
            updates(reset, 3, lines);
            lines.line(2, "end");
        }
    }

    private void updates(List<Update> updates, int indent, Lines lines) {
        Map<List<Integer>, List<Update>> byConditions = new LinkedHashMap<>();
        updates.forEach(
                update -> byConditions.computeIfAbsent(update.conditions(), _ -> new ArrayList<>()).add(update));
        byConditions.forEach((conditions, group) -> {
            if (group.size() == 1 || conditions.equals(List.of(Netlist.ALWAYS))) {
                group.forEach(update -> statements(update, indent, lines));
            } else {
                branches(group, conditions, indent, "", lines);
            }
        });
    }

    /** One register: a branch a line. */
    private void statements(Update update, int indent, Lines lines) {
        String otherwise = "";
        for (Arm arm : update.arms()) {
            String condition = arm.condition() == Netlist.ALWAYS ? "" : "if (" + expressions.joined(arm.condition()) + ") ";
            assign(update, arm, indent, otherwise + condition, lines);
            otherwise = "else ";
        }
    }

    /** Registers with the same conditions: a block for each of these. */
    private void branches(List<Update> group, List<Integer> conditions, int indent, String before, Lines lines) {
        String otherwise = before;
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) == Netlist.ALWAYS) {
                lines.line(indent, otherwise + "begin");
            } else {
                lines.statement(indent, otherwise + "if (", expressions.joined(conditions.get(i)), ") begin");
            }
            for (Update update : group) {
                assign(update, update.arms().get(i), indent + 1, "", lines);
            }
            otherwise = "end else ";
        }
        lines.line(indent, "end");
    }

    private void assign(Update update, Arm arm, int indent, String before, Lines lines) {
        lines.statement(indent, before + signals.name(update.node()) + " <= ", expressions.number(arm.value()), ";");
    }
}
