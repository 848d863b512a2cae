package org.bitloom.hdl.differential;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.InstanceDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.ReadPort;
import org.bitloom.hdl.ir.Netlist.WritePort;
import org.bitloom.hdl.ir.Node;
import org.jspecify.annotations.Nullable;

/** A netlist as text, one line a definition, without what reaches no output. */
final class NetlistText {
    private final StringBuilder text = new StringBuilder();

    private NetlistText() {}

    static String of(Design design) {
        NetlistText writer = new NetlistText();
        design.modules().forEach(writer::module);
        return writer.text.toString();
    }

    private void module(Netlist module) {
        text.append("module ").append(module.name()).append('\n');
        BitSet live = live(module);
        live.stream().forEach(id -> line("n" + id + " = " + module.node(id) + quoted(module.names().get(id))));
        module.registers().stream().filter(r -> live.get(r.node())).forEach(r -> line(r.toString()));
        module.delays().stream().filter(d -> live.get(d.node())).forEach(d -> line(d.toString()));
        module.memories().stream()
                .filter(m -> m.reads().stream().anyMatch(r -> live.get(r.node())))
                .forEach(this::memory);
        for (int i = 0; i < module.instances().size(); i++) {
            InstanceDefinition instance = module.instances().get(i);
            line("instance " + i + " " + instance.name() + " of " + instance.module().name() + " " + instance.inputs());
        }
        module.outputs().forEach(o -> line(o.toString()));
    }

    private void memory(MemoryDefinition m) {
        line("memory " + m.name() + ": " + m.depth() + " x " + m.wordWidth() + " " + m.style() + " " + m.collision()
                + (m.external() ? " external " : " ") + m.reads() + " " + m.writes());
        m.contents().ifPresent(c -> line("  " + c.toHexLines().replace('\n', ' ')));
    }

    private void line(String line) {
        text.append("  ").append(line).append('\n');
    }

    private static String quoted(@Nullable String name) {
        return name == null ? "" : "  '" + name + "'";
    }

    /** What outputs, checks and instances need, through any number of cycles. */
    private static BitSet live(Netlist module) {
        BitSet live = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        module.outputs().forEach(o -> open.add(o.driver()));
        module.checks().forEach(c -> open.add(c.condition()));
        module.instances().forEach(i -> open.addAll(i.inputs()));
        while (!open.isEmpty()) {
            int id = open.pop();
            if (id < 0 || live.get(id)) {
                continue;
            }
            live.set(id);
            switch (module.node(id)) {
                case Node.Wire n -> open.add(module.wireDriver(n.index()));
                case Node.Register n -> {
                    open.add(module.registers().get(n.index()).next());
                    open.add(module.registers().get(n.index()).enable());
                }
                case Node.Delayed n -> {
                    open.add(module.delays().get(n.index()).input());
                    open.add(module.delays().get(n.index()).enable());
                }
                case Node.MemoryRead n -> {
                    MemoryDefinition memory = module.memories().get(n.memory());
                    ReadPort read = memory.reads().get(n.port());
                    open.add(read.address());
                    open.add(read.enable());
                    for (WritePort write : memory.writes()) {
                        open.add(write.address());
                        open.add(write.data());
                        open.add(write.enable());
                    }
                }
                case Node node -> open.addAll(node.operands());
            }
        }
        return live;
    }
}
