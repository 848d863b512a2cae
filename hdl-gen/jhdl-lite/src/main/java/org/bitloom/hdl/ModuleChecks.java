package org.bitloom.hdl;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bitloom.hdl.Elaboration.Target;
import org.bitloom.hdl.Elaboration.TargetKind;
import org.bitloom.hdl.ir.Combinational;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;
import org.bitloom.hdl.ir.Node;

/** What is wrong with a finished module as a whole: loops, values that nobody uses, state that nothing ever defines. */
final class ModuleChecks {
    private final Elaboration elaboration;
    private final Netlist netlist;
    private final Combinational combinational;

    ModuleChecks(Elaboration elaboration, Netlist netlist) {
        this.elaboration = elaboration;
        this.netlist = netlist;
        this.combinational = elaboration.session.combinational(netlist);
    }

    void run() {
        loops();
        if (combinational.loops().isEmpty()) {
            unused();
            stateWithoutReset();
            controlWithoutReset();
        }
    }

    private void loops() {
        for (List<Integer> loop : combinational.loops()) {
            String path = loop.stream()
                    .filter(node -> netlist.node(node) instanceof Node.Wire || elaboration.names.containsKey(node))
                    .map(elaboration::nameOf)
                    .distinct()
                    .collect(Collectors.joining(" → "));
            int start = loop.stream()
                    .filter(node -> elaboration.sites.containsKey(node))
                    .findFirst()
                    .orElse(loop.getFirst());
            List<Problem.Related> related = loop.stream()
                    .filter(node -> elaboration.sites.containsKey(node) && node != start)
                    .limit(8)
                    .map(node -> new Problem.Related(
                            "through " + elaboration.nameOf(node),
                            Objects.requireNonNull(elaboration.sites.get(node)).location()))
                    .toList();
            elaboration.problem(
                    elaboration.sites.get(start),
                    "",
                    "combinational loop: " + path + " → back to the start",
                    "break it with a register",
                    related);
        }
    }

    /** Inputs from which nothing leads out, and declared state that nobody reads. */
    private void unused() {
        BitSet live = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        netlist.outputs().forEach(port -> open.add(port.driver()));
        netlist.instances().forEach(instance -> open.addAll(instance.inputs()));
        netlist.checks().forEach(check -> open.add(check.condition()));
        BitSet memories = new BitSet();
        while (!open.isEmpty()) {
            int id = open.pop();
            if (id == Netlist.ALWAYS || live.get(id)) {
                continue;
            }
            live.set(id);
            Node node = netlist.node(id);
            open.addAll(node.operands());
            switch (node) {
                case Node.Wire w -> open.add(netlist.wireDriver(w.index()));
                case Node.Register r -> {
                    open.add(netlist.registers().get(r.index()).next());
                    open.add(netlist.registers().get(r.index()).enable());
                }
                case Node.Delayed d -> {
                    open.add(netlist.delays().get(d.index()).input());
                    open.add(netlist.delays().get(d.index()).enable());
                }
                case Node.MemoryRead r -> {
                    Netlist.MemoryDefinition memory = netlist.memories().get(r.memory());
                    open.add(memory.reads().get(r.port()).address());
                    open.add(memory.reads().get(r.port()).enable());
                    if (!memories.get(r.memory())) {
                        memories.set(r.memory());
                        memory.writes().forEach(w -> open.addAll(List.of(w.address(), w.data(), w.enable())));
                    }
                }
                default -> {}
            }
        }
        for (Elaboration.Port port : elaboration.inputs) {
            if (!live.get(elaboration.inputNodes.get(port.index()))) {
                elaboration.problem(
                        port.site(),
                        "",
                        "input '" + port.name() + "' has no effect on any output",
                        "use it, or remove the port");
            }
        }
        for (Target target : elaboration.targets.values()) {
            boolean declared = target.kind() == TargetKind.REGISTER || target.kind() == TargetKind.WIRE;
            if (declared && !live.get(target.node()) && elaboration.sites.containsKey(target.node())) {
                elaboration.problem(
                        elaboration.sites.get(target.node()),
                        "",
                        target.kind().noun + " '" + elaboration.nameOf(target.node()) + "' has no effect on any output",
                        "use it, or remove it");
            }
        }
    }

    /** A register without reset whose every next value depends on itself never becomes known. */
    private void stateWithoutReset() {
        for (RegisterDefinition register : netlist.registers()) {
            if (register.reset().isEmpty() && !definable(register)) {
                elaboration.problem(
                        elaboration.sites.get(register.node()),
                        "register",
                        "register '" + register.name() + "' has no reset, and every value it gets depends on itself",
                        "use state(type, value under reset)");
            }
        }
    }

    /** Whether the next value can be known while the present one is not: through an alternative that does without it. */
    private boolean definable(RegisterDefinition register) {
        BitSet unknown = new BitSet();
        unknown.set(register.node());
        for (int id : combinational.order()) {
            if (netlist.node(id) instanceof Node.Mux mux) {
                unknown.set(id, unknown.get(mux.whenTrue()) && unknown.get(mux.whenFalse()));
            } else {
                for (int i = 0; i < combinational.dependencyCount(id) && !unknown.get(id); i++) {
                    unknown.set(id, unknown.get(combinational.dependency(id, i)));
                }
            }
        }
        return !unknown.get(register.next());
    }

    /** What steers a stream must be known after reset. */
    private void controlWithoutReset() {
        for (int control : elaboration.controls) {
            BitSet cone = cone(control);
            for (RegisterDefinition register : netlist.registers()) {
                if (register.reset().isEmpty() && cone.get(register.node())) {
                    elaboration.problem(
                            elaboration.sites.get(register.node()),
                            "register",
                            "'" + elaboration.nameOf(control) + "' steers a stream and depends on register '"
                                    + register.name() + "', which has no reset",
                            "use state(type, value under reset)");
                }
            }
            for (Netlist.DelayDefinition delay : netlist.delays()) {
                if (cone.get(delay.node())) {
                    elaboration.problem(
                            elaboration.sites.get(delay.node()),
                            "delay",
                            "'" + elaboration.nameOf(control) + "' steers a stream and depends on delay line '"
                                    + delay.name() + "', which has no reset",
                            "delay it by state(type, value under reset), one register a cycle");
                }
            }
        }
    }

    /** All nodes that this one is computed from in the same cycle, itself included. */
    private BitSet cone(int node) {
        BitSet cone = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(node));
        while (!open.isEmpty()) {
            int id = open.pop();
            if (!cone.get(id)) {
                cone.set(id);
                for (int i = 0; i < combinational.dependencyCount(id); i++) {
                    open.add(combinational.dependency(id, i));
                }
            }
        }
        return cone;
    }

}
