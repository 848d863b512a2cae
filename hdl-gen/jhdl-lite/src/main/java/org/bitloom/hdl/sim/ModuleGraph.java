package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Combinational;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;
import org.jspecify.annotations.Nullable;

/**
 * A module as the compiler sees it. Wires and outputs of instances that only pass something on are replaced by what
 * they stand for, and nodes with very many operands by trees. The vertices are the nodes, then for each instance the
 * phases of its module: a call of a phase needs the inputs that the phase reads, and an output of an instance that is
 * computed needs the call of its phase.
 */
final class ModuleGraph {
    final Netlist module;
    final ModulePlan[] children;
    private final List<Node> nodes;
    private int[] canonical;
    private final int[] firstCall;
    private final int[] callInstance;
    private int[] first;
    private int[] edges = new int[0];
    private int edgeCount;

    ModuleGraph(Netlist module, Combinational combinational, List<ModulePlan> plans) {
        this.module = module;
        this.children = plans.toArray(ModulePlan[]::new);
        this.nodes = new ArrayList<>(module.nodes());
        this.canonical = new int[nodes.size() + 64];
        for (int id : combinational.order()) {
            int resolved = resolve(id);  // may replace the array
            canonical[id] = resolved;
        }
        this.firstCall = new int[children.length + 1];
        firstCall[0] = nodes.size();
        for (int i = 0; i < children.length; i++) {
            firstCall[i + 1] = firstCall[i] + children[i].phases().size();
        }
        this.callInstance = new int[firstCall[children.length] - nodes.size()];
        for (int i = 0; i < children.length; i++) {
            Arrays.fill(callInstance, firstCall[i] - nodes.size(), firstCall[i + 1] - nodes.size(), i);
        }
        this.first = new int[vertices() + 1];
        connect();
    }

    int vertices() {
        return firstCall[children.length];
    }

    boolean isCall(int vertex) {
        return vertex >= nodes.size();
    }

    int instance(int call) {
        return callInstance[call - nodes.size()];
    }

    Phase phase(int call) {
        int instance = instance(call);
        return children[instance].phases().get(call - firstCall[instance]);
    }

    int call(int instance, int phase) {
        return firstCall[instance] + phase;
    }

    /** The vertex that stands for a node of the netlist. */
    int canonical(int node) {
        return canonical[node];
    }

    Node node(int vertex) {
        return nodes.get(vertex);
    }

    int width(int vertex) {
        return nodes.get(vertex).width();
    }

    boolean isWide(int vertex) {
        return !isCall(vertex) && nodes.get(vertex).width() > 64;
    }

    int edgesBegin(int vertex) {
        return first[vertex];
    }

    int edgesEnd(int vertex) {
        return first[vertex + 1];
    }

    int edge(int index) {
        return edges[index];
    }

    @Nullable BitVector constant(int vertex) {
        return nodes.get(vertex) instanceof Node.Constant c ? c.value() : null;
    }

    /** The state that a vertex shows as it is: a register, a delay line, a clocked read, here or in a child. */
    boolean isSource(int vertex) {
        return !isCall(vertex) && switch (nodes.get(vertex)) {
            case Node.Register _, Node.Delayed _ -> true;
            case Node.MemoryRead n -> module.memories().get(n.memory()).reads().get(n.port()).clocked();
            case Node.InstanceOutput n -> output(n) instanceof ModulePlan.StateOutput;
            default -> false;
        };
    }

    ModulePlan.Output output(Node.InstanceOutput n) {
        return children[n.instance()].output(n.port());
    }

    /** A value of more than 64 bits that is not computed but lies, whole, where another value or a word lies. */
    boolean isPointer(int vertex) {
        return isWide(vertex) && switch (nodes.get(vertex)) {
            case Node.Mux _, Node.Select _ -> true;
            case Node.MemoryRead _ -> !isSource(vertex);
            case Node.Slice n -> n.low() % 64 == 0
                    && (n.width() % 64 == 0 || n.high() == width(canonical(n.operand())) - 1);
            default -> false;
        };
    }

    private int resolve(int id) {
        Node node = nodes.get(id);
        return switch (node) {
            case Node.Wire n -> canonical[module.wireDriver(n.index())];
            case Node.InstanceOutput n -> switch (output(n)) {
                case ModulePlan.PassedOutput o ->
                    canonical[module.instances().get(n.instance()).inputs().get(o.input())];
                case ModulePlan.ConstantOutput o -> virtual(new Node.Constant(o.value()));
                default -> id;
            };
            case Node.Sum n when n.terms().size() > OperandTrees.MOST_TERMS -> new OperandTrees(this).sum(n);
            case Node.Concat n when n.width() > 64 && n.parts().size() > 2 -> new OperandTrees(this).concat(n);
            case Node.Select n when n.values().size() > OperandTrees.MOST_VALUES && !isTable(n) ->
                new OperandTrees(this).select(n);
            default -> id;
        };
    }

    /** Whether all values are constants, so that they are looked up in a table. */
    boolean isTable(Node.Select n) {
        for (int value : n.values()) {
            if (!(nodes.get(canonical[value]) instanceof Node.Constant)) {
                return false;
            }
        }
        return true;
    }

    /** Adds a node that the netlist has not; returns its id. */
    int virtual(Node node) {
        nodes.add(node);
        if (nodes.size() > canonical.length) {
            canonical = Arrays.copyOf(canonical, 2 * canonical.length);
        }
        canonical[nodes.size() - 1] = nodes.size() - 1;
        return nodes.size() - 1;
    }

    private void connect() {
        int known = nodes.size();
        edges = new int[2 * vertices() + 16];
        for (int v = 0; v < vertices(); v++) {
            first[v] = edgeCount;
            if (v >= known) {
                connectCall(v);
            } else if (canonical[v] == v) {
                connectNode(nodes.get(v));
            }
        }
        first[vertices()] = edgeCount;
    }

    private void connectCall(int call) {
        int instance = instance(call);
        Phase phase = phase(call);
        phase.needs().stream().forEach(needed -> edge(call(instance, needed), true));
        phase.inputs().stream().forEach(port -> edge(module.instances().get(instance).inputs().get(port), false));
    }

    private void connectNode(Node node) {
        switch (node) {
            case Node.Constant _, Node.Input _, Node.Wire _, Node.Register _, Node.Delayed _ -> {}
            case Node.MemoryRead n -> {
                Netlist.ReadPort port = module.memories().get(n.memory()).reads().get(n.port());
                if (!port.clocked()) {
                    edge(port.address(), false);
                }
            }
            case Node.InstanceOutput n -> {
                if (output(n) instanceof ModulePlan.ComputedOutput o) {
                    edge(call(n.instance(), o.phase()), true);
                }
            }
            case Node.Not n -> edge(n.operand(), false);
            case Node.Bitwise n -> edges(n.left(), n.right());
            case Node.Reduce n -> edge(n.operand(), false);
            case Node.Add n -> edges(n.left(), n.right());
            case Node.Subtract n -> edges(n.left(), n.right());
            case Node.Multiply n -> edges(n.left(), n.right());
            case Node.Equal n -> edges(n.left(), n.right());
            case Node.Less n -> edges(n.left(), n.right());
            case Node.Mux n -> {
                edge(n.condition(), false);
                edges(n.whenTrue(), n.whenFalse());
            }
            case Node.Shift n -> edges(n.operand(), n.amount());
            case Node.Slice n -> edge(n.operand(), false);
            case Node.Concat n -> n.parts().forEach(part -> edge(part, false));
            case Node.Extend n -> edge(n.operand(), false);
            case Node.PopCount n -> edge(n.operand(), false);
            case Node.Sum n -> n.terms().forEach(term -> edge(term, false));
            case Node.Select n -> {
                edge(n.index(), false);
                if (!isTable(n)) {
                    n.values().forEach(value -> edge(value, false));
                }
            }
        }
    }

    private void edges(int left, int right) {
        edge(left, false);
        edge(right, false);
    }

    private void edge(int to, boolean isCall) {
        if (edgeCount == edges.length) {
            edges = Arrays.copyOf(edges, 2 * edgeCount);
        }
        edges[edgeCount++] = isCall ? to : canonical[to];
    }
}
