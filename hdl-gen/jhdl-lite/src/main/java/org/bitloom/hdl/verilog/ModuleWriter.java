package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.CheckKind;
import org.bitloom.hdl.ir.Netlist.OutputPort;
import org.bitloom.hdl.ir.Node;

/**
 * Writes one narrowed module: header, state, memories, logic in the order of its dependencies, instances, clocked
 * blocks, outputs. Checks, and what serves nothing but checks, are there for formal tools only.
 */
final class ModuleWriter {
    private final Netlist netlist;
    private final boolean clocked;
    private final boolean resettable;
    private final Signals signals;
    private final Coverage coverage;
    private final Expressions expressions;
    private final Header header;
    private final MemoryWriter memories;
    private final DelayWriter delays;
    private final Instances instances;
    private final ClockedBlocks blocks;

    ModuleWriter(Netlist netlist, Images images, Clocking clocking, Family family) {
        this.netlist = netlist;
        clocked = clocking.hasClock(netlist);
        resettable = clocking.hasReset(netlist);
        signals = new Signals(netlist, scope(images.binding(netlist)), family);
        coverage = new Coverage(netlist.nodes().size());
        expressions = new Expressions(netlist, signals, coverage);
        header = new Header(netlist, images.binding(netlist), clocked, resettable, signals);
        memories = new MemoryWriter(netlist, images.binding(netlist), signals, expressions, family);
        delays = new DelayWriter(netlist, signals, expressions, family);
        instances = new Instances(netlist, images, clocking, signals, expressions);
        blocks = new ClockedBlocks(netlist, signals, expressions, true);
    }

    /** The identifiers that the outside gives. */
    private Names scope(Images.Binding images) {
        Names scope = new Names();
        if (clocked) {
            scope.take("clk");
        }
        if (resettable) {
            scope.take("reset");
        }
        images.parameters().forEach(parameter -> scope.takeParameter(parameter.name()));
        netlist.inputs().forEach(port -> takeAsIs(port.name(), scope));
        netlist.outputs().forEach(port -> takeAsIs(port.name(), scope));
        return scope;
    }

    private void takeAsIs(String name, Names scope) {
        if (!scope.take(name).equals(name)) {
            throw new IllegalArgumentException("port " + name + " of module " + netlist.name()
                    + " is a keyword, is no identifier or clashes with another name; rename it");
        }
    }

    /** What an instance is called in the text. */
    String instanceName(int instance) {
        return signals.instanceName(instance);
    }

    String write() {
        Lines body = new Lines();
        List<Integer> registers = blocks.nodes();
        registers.removeIf(node -> signals.port(node) >= 0);
        body.section(new Lines().declarations("reg  ", registers, netlist, signals));
        body.section(memories.declarations());
        body.section(delays.declarations());
        body.section(instances.wires());
        body.section(logic(true));
        body.section(instances.lines());
        body.section(memories.behaviour());
        body.section(delays.behaviour());
        body.section(blocks.lines());
        body.section(outputs());
        body.section(unread());
        body.section(checks());
        return new Lines()
                .section(header.lines())
                .section(body)
                .line(0, "endmodule")
                .gap()
                .line(0, "`default_nettype wire")
                .toString();
    }

    private static boolean isLogic(Node node) {
        return switch (node) {
            case Node.Constant _, Node.Input _, Node.Wire _, Node.Register _, Node.MemoryRead _, Node.Delayed _,
                 Node.InstanceOutput _ -> false;
            default -> true;
        };
    }

    private Lines logic(boolean functional) {
        Lines lines = new Lines();
        for (int id = 0; id < netlist.nodes().size(); id++) {
            Node node = netlist.node(id);
            if (!isLogic(node) || !signals.isSignal(id) || signals.isFunctional(id) != functional || !signals.isNeeded(id)) {
                continue;
            }
            if (node instanceof Node.Select select) {
                table(id, select, lines);
            } else if (signals.port(id) < 0) {
                String before = "wire " + Lines.range(node.width()) + signals.name(id) + " = ";
                lines.statement(1, before, expressions.definition(id), ";");
            }
        }
        return lines;
    }

    private void table(int id, Node.Select select, Lines lines) {
        String name = signals.name(id);
        lines.gap();
        if (signals.port(id) < 0) {
            lines.line(1, "reg " + Lines.range(select.width()) + name + ";");
        }
        lines.line(1, "always @*");
        lines.line(2, "case (" + expressions.joined(select.index()) + ")");
        List<Integer> values = select.values();
        int width = netlist.node(select.index()).width();
        for (int i = 0; i < values.size(); i++) {
            String label = i == values.size() - 1 ? "default" : width == 1 ? "1'b" + i : width + "'d" + i;
            lines.statement(3, label + ": " + name + " = ", expressions.joined(values.get(i)), ";");
        }
        lines.line(2, "endcase").gap();
    }

    private Lines outputs() {
        Lines lines = new Lines();
        List<OutputPort> outputs = netlist.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            OutputPort port = outputs.get(i);
            int driver = port.driver();
            if (signals.port(driver) != i) {
                lines.statement(1, "assign " + port.name() + " = ", expressions.value(driver), ";");
                continue;
            }
            coverage.readAll(driver);
            if (isLogic(netlist.node(driver)) && !signals.isVariable(driver)) {
                lines.statement(1, "assign " + port.name() + " = ", expressions.definition(driver), ";");
            }
        }
        return lines;
    }

    /** Reads what nobody reads, as lint wants it: bits of the top module's inputs, low bits of a product. */
    private Lines unread() {
        List<String> unread = new ArrayList<>();
        if (clocked && !blocks.readClock() && !memories.readClock() && !delays.readClock() && !instances.readClock()) {
            unread.add("clk");
        }
        if (resettable && !blocks.readReset() && !instances.readReset()) {
            unread.add("reset");
        }
        netlist.inputs().forEach(port -> {
            if (!signals.isFunctional(port.node())) {
                unread.add(port.name());
            }
        });
        for (int id = 0; id < netlist.nodes().size(); id++) {
            if (signals.isSignal(id) && signals.isFunctional(id)) {
                int signal = id;
                int width = netlist.node(id).width();
                coverage.unread(id, width, (high, low) -> {
                    StringBuilder bits = new StringBuilder();
                    if (high - low + 1 == width) {
                        bits.append(signals.name(signal));
                    } else {
                        expressions.bits(signal, high, low, bits);
                    }
                    unread.add(bits.toString());
                });
            }
        }
        Lines lines = new Lines();
        if (!unread.isEmpty()) {
            String all = "&{1'b0, " + String.join(", ", unread) + "}";
            lines.statement(1, "wire " + signals.fresh("unused") + " = ", all, ";");
        }
        return lines;
    }

    private Lines checks() {
        Lines lines = new Lines();
        if (netlist.checks().isEmpty()) {
            return lines;
        }
        ClockedBlocks ghosts = new ClockedBlocks(netlist, signals, expressions, false);
        Lines block = new Lines();
        block.section(new Lines().declarations("reg  ", ghosts.nodes(), netlist, signals));
        block.section(logic(false));
        block.section(ghosts.lines());
        block.gap();
        block.line(1, clocked ? "always @(posedge clk)" : "always @*");
        block.line(2, resettable ? "if (!reset) begin" : "begin");
        for (Check check : netlist.checks()) {
            block.comment(3, check.message());
            String kind = check.kind() == CheckKind.ASSERT ? "assert (" : "assume (";
            block.statement(3, kind, expressions.joined(check.condition()), ");");
        }
        block.line(2, "end");
        return lines.line(0, "`ifdef FORMAL").append(block).line(0, "`endif");
    }
}
