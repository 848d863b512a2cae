package org.bitloom.hdl.sim;

import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;

/**
 * What is computed when in one module, and what of it is kept in the state. The work of a cycle falls into
 * {@link Phase}s. A value that is used in a later phase than its own has a home in the state of the occurrence; a
 * pointer has one only where the outside looks for it, other phases follow it again.
 */
final class ModulePlan {
    /** Where the parent finds an output. */
    sealed interface Output permits PassedOutput, ConstantOutput, StateOutput, ComputedOutput {}

    record PassedOutput(int input) implements Output {}

    record ConstantOutput(BitVector value) implements Output {}

    /** @param located the word at the offset says where in the state the value lies */
    record StateOutput(int offset, boolean located) implements Output {}

    record ComputedOutput(int offset, int phase) implements Output {}

    /** At most this many input ports are passed as arguments; the others lie in the state of the occurrence. */
    private static final int MOST_ARGUMENTS = 90;

    final ModuleGraph graph;
    final StateLayout layout;
    final int[] childOffset;
    /**
     * Where in the state an input port is passed, or −1: as an argument. Of more than 64 bits the word there says where
     * the value lies: in the top module right behind it.
     */
    final int[] inputSlot;
    final List<CheckPoint> checks;
    private final List<Phase> phases;
    private final int[] phaseOf;
    private final int[] home;
    private final BitSet observed = new BitSet();
    private final Output[] outputs;
    private int scratchEnd;

    /** @param isTop all inputs lie in the state, where the outside sets them */
    ModulePlan(int id, ModuleGraph graph, boolean observe, boolean isTop) {
        this.graph = graph;
        Netlist module = graph.module;
        this.layout = new StateLayout(module);
        this.checks = CheckPoint.of(module);
        this.inputSlot = new int[module.inputs().size()];
        for (int i = 0; i < inputSlot.length; i++) {
int limbs = BitVector.limbCount(module.inputs().get(i).width());
            boolean inState = isTop || i >= MOST_ARGUMENTS;
            inputSlot[i] = inState ? layout.allocate(isTop && limbs > 1 ? 1 + limbs : 1) : -1;
        }
        this.childOffset = new int[graph.children.length];
        for (int i = 0; i < childOffset.length; i++) {
            childOffset[i] = layout.allocate(graph.children[i].layout.size());
        }
        if (observe) {
            for (int node = 0; node < module.nodes().size(); node++) {
                if (module.names().get(node) != null) {
                    observed.set(graph.canonical(node));
                }
            }
            module.inputs().forEach(port -> observed.set(port.node()));
            module.outputs().forEach(port -> observed.set(graph.canonical(port.driver())));
        }
        this.phaseOf = new int[graph.vertices()];
        this.phases = new PhaseAssignment(this, "m" + id).assign(observe, phaseOf);
        this.home = new int[graph.vertices()];
        Arrays.fill(home, -1);
        findHomes();
        this.scratchEnd = scratchBegin();
        this.outputs = new Output[module.outputs().size()];
        Arrays.setAll(outputs, port -> locate(graph.canonical(module.outputs().get(port).driver())));
    }

    /** The first scratch word that no child uses. */
    int scratchBegin() {
        return Arrays.stream(graph.children).mapToInt(child -> child.scratchEnd).max().orElse(0);
    }

    void reserveScratch(int end) {
        scratchEnd = Math.max(scratchEnd, end);
    }

    /** A phase's method takes the state, the base of the occurrence and the inputs that are passed as arguments. */
    MethodTypeDesc type(Phase phase) {
        StringBuilder type = new StringBuilder("([JI");
        phase.inputs().stream()
                .filter(port -> inputSlot[port] < 0)
                .forEach(port -> type.append(graph.module.inputs().get(port).width() > 64 ? 'I' : 'J'));
        return MethodTypeDesc.ofDescriptor(type.append(")V").toString());
    }

    List<Phase> phases() {
        return phases;
    }

    Output output(int port) {
        return outputs[port];
    }

    /** Gives places to the constants that are outputs; to be called before the program is built. */
    void placeConstantOutputs(ProgramBuilder builder) {
        for (Output output : outputs) {
            if (output instanceof ConstantOutput o) {
                builder.constant(o.value());
            }
        }
    }

    int phaseOf(int vertex) {
        return phaseOf[vertex];
    }

    /** Where the value is kept for later phases, or −1. */
    int home(int vertex) {
        return home[vertex];
    }

    BitSet observed() {
        return observed;
    }

    /** The state that a source shows. */
    StateOutput state(int source) {
        return switch (graph.node(source)) {
            case Node.Register n -> new StateOutput(layout.registers[n.index()], false);
            case Node.Delayed n -> new StateOutput(layout.delays[n.index()], n.width() > 64);
            case Node.MemoryRead n -> new StateOutput(
                    layout.reads[n.memory()][n.port()], StateLayout.isLocated(graph.module.memories().get(n.memory())));
            case Node.InstanceOutput n when graph.output(n) instanceof StateOutput o ->
                new StateOutput(childOffset[n.instance()] + o.offset(), o.located());
            case Node n -> throw new IllegalArgumentException("not state: " + n);
        };
    }

    boolean isLeaf(int vertex) {
        return !graph.isCall(vertex)
                && (graph.node(vertex) instanceof Node.Input
                        || graph.node(vertex) instanceof Node.Constant
                        || graph.isSource(vertex));
    }

    /** What the module's own part of a phase uses, apart from what is computed there. */
    BitSet roots(Phase.Kind kind) {
        return switch (kind) {
            case OUTPUT -> new BitSet();
            case OBSERVE -> observed;
            case CHECK -> vertices(checks.stream()
                    .flatMap(check -> check.operands(graph.module).stream())
                    .toList());
            case CLOCK -> vertices(Commit.operands(graph.module));
        };
    }

    private BitSet vertices(List<Integer> nodes) {
        BitSet result = new BitSet();
        nodes.forEach(node -> result.set(graph.canonical(node)));
        return result;
    }

    private Output locate(int driver) {
        return switch (graph.node(driver)) {
            case Node.Input n -> new PassedOutput(n.port());
            case Node.Constant n -> new ConstantOutput(n.value());
            default -> graph.isSource(driver) ? state(driver) : new ComputedOutput(home[driver], phaseOf[driver]);
        };
    }

    // ---- homes

    private void findHomes() {
        Netlist module = graph.module;
        for (int v = 0; v < module.nodes().size(); v++) {
            if (graph.node(v) instanceof Node.InstanceOutput n && graph.output(n) instanceof ComputedOutput o) {
                home[v] = childOffset[n.instance()] + o.offset();
            }
        }
        module.outputs().forEach(port -> settle(graph.canonical(port.driver())));
        observed.stream().forEach(v -> {
            if (graph.node(v) instanceof Node.Input n) {
                home[v] = layout.allocate(BitVector.limbCount(n.width()));
            } else {
                settle(v);
            }
        });
        phases.forEach(this::findUses);
    }

    /** Notes the inputs and the earlier phases that a phase uses, and gives a home to what it uses of these. */
    private void findUses(Phase phase) {
        List<Integer> open = new ArrayList<>(phase.vertices());
        BitSet followed = new BitSet();
        roots(phase.kind()).stream().forEach(v -> use(phase, v, followed, open));
        for (int i = 0; i < open.size(); i++) {
            int v = open.get(i);
            for (int e = graph.edgesBegin(v); e < graph.edgesEnd(v); e++) {
                use(phase, graph.edge(e), followed, open);
            }
        }
    }

    /** A pointer of an earlier phase is opened, to be followed again. */
    private void use(Phase phase, int v, BitSet followed, List<Integer> open) {
        if (isLeaf(v)) {
            if (graph.node(v) instanceof Node.Input n) {
                phase.inputs().set(n.port());
            }
        } else if (phaseOf[v] != phase.index()) {
            phase.needs().set(phaseOf[v]);
            if (home[v] >= 0 || !graph.isPointer(v)) {
                settle(v);
            } else if (!followed.get(v)) {
                followed.set(v);
                open.add(v);
            }
        }
    }

    private void settle(int v) {
        if (!graph.isCall(v) && !isLeaf(v) && home[v] < 0) {
            home[v] = layout.allocate(BitVector.limbCount(graph.width(v)));
        }
    }
}
