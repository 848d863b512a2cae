package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;

/** Finds the {@link Phase}s of a module and puts each vertex that is needed at all into the first one that needs it. */
final class PhaseAssignment {
    private final ModulePlan plan;
    private final ModuleGraph graph;
    private final String prefix;
    private final SetTable sets = new SetTable();

    /**
     * What decides the phase.
     *
     * @param rank    0: outputs, from the state alone; 1: outputs; then observation, checks, clock
     * @param outputs of rank 1, the groups of outputs that need it
     */
    private record Use(int rank, BitSet outputs) implements Comparable<Use> {
        @Override
        public int compareTo(Use other) {
            if (rank != other.rank) {
                return rank - other.rank;
            }
            if (outputs.cardinality() != other.outputs.cardinality()) {
                return other.outputs.cardinality() - outputs.cardinality();
            }
            BitSet difference = (BitSet) outputs.clone();
            difference.xor(other.outputs);
            int bit = difference.nextSetBit(0);
            return bit < 0 ? 0 : outputs.get(bit) ? -1 : 1;
        }

        Phase.Kind kind() {
            return Phase.Kind.values()[Math.max(rank - 1, 0)];
        }
    }

    PhaseAssignment(ModulePlan plan, String prefix) {
        this.plan = plan;
        this.graph = plan.graph;
        this.prefix = prefix;
    }

    /** Fills in the phase of each vertex, −1 for leaves and what nobody needs. */
    List<Phase> assign(boolean observe, int[] phaseOf) {
        int[] order = order();
        int[] inputs = inputs(order);
        Map<Integer, Integer> groups = new HashMap<>();
        int[] needed = new int[graph.vertices()];
        graph.module.outputs().forEach(port -> {
            int v = graph.canonical(port.driver());
            groups.putIfAbsent(inputs[v], groups.size());
            needed[v] = sets.union(needed[v], sets.of(groups.get(inputs[v])));
        });
        for (Phase.Kind kind : List.of(Phase.Kind.OBSERVE, Phase.Kind.CHECK, Phase.Kind.CLOCK)) {
            int mark = sets.of(groups.size() + kind.ordinal() - 1);
            plan.roots(kind).stream().forEach(v -> needed[v] = sets.union(needed[v], mark));
            for (int v = 0; v < graph.vertices(); v++) {
                if (graph.isCall(v) && graph.phase(v).kind() == kind) {
                    needed[v] = sets.union(needed[v], mark);
                }
            }
        }
        for (int i = order.length - 1; i >= 0; i--) {
            int v = order[i];
            for (int e = graph.edgesBegin(v); e < graph.edgesEnd(v); e++) {
                needed[graph.edge(e)] = sets.union(needed[graph.edge(e)], needed[v]);
            }
        }

        Map<Use, List<Integer>> byUse = new TreeMap<>();
        Map<Long, Use> uses = new HashMap<>();
        if (observe) {
            byUse.put(new Use(2, new BitSet()), new ArrayList<>());
        }
        if (!plan.checks.isEmpty()) {
            byUse.put(new Use(3, new BitSet()), new ArrayList<>());
        }
        if (Commit.exist(graph.module)) {
            byUse.put(new Use(4, new BitSet()), new ArrayList<>());
        }
        for (int v : order) {
            if (needed[v] != SetTable.EMPTY && !plan.isLeaf(v)) {
                boolean stateOnly = inputs[v] == SetTable.EMPTY;
                Use use = uses.computeIfAbsent(
                        (long) needed[v] << 1 | (stateOnly ? 1 : 0),
                        _ -> use(sets.get(needed[v]), stateOnly, groups.size()));
                byUse.computeIfAbsent(use, _ -> new ArrayList<>()).add(v);
            }
        }
        Arrays.fill(phaseOf, -1);
        List<Phase> phases = new ArrayList<>();
        byUse.forEach((use, vertices) -> {
            int index = phases.size();
            vertices.forEach(v -> phaseOf[v] = index);
            phases.add(new Phase(index, use.kind(), new BitSet(), new BitSet(), vertices, prefix + "p" + index));
        });
        return phases;
    }

    private static Use use(BitSet needed, boolean stateOnly, int groups) {
        int first = needed.nextSetBit(0);
        if (first >= groups) {
            return new Use(first - groups + 2, new BitSet());
        }
        return stateOnly ? new Use(0, new BitSet()) : new Use(1, needed.get(0, groups));
    }

    /** The input ports that reach each vertex. */
    private int[] inputs(int[] order) {
        int[] inputs = new int[graph.vertices()];
        for (int v : order) {
            int all = !graph.isCall(v) && graph.node(v) instanceof Node.Input n ? sets.of(n.port()) : SetTable.EMPTY;
            for (int e = graph.edgesBegin(v); e < graph.edgesEnd(v); e++) {
                all = sets.union(all, inputs[graph.edge(e)]);
            }
            inputs[v] = all;
        }
        return inputs;
    }

    /** All vertices, each after those it needs. */
    private int[] order() {
        int size = graph.vertices();
        int[] order = new int[size];
        int[] next = new int[size];
        int[] stack = new int[size];
        byte[] state = new byte[size];  // 1: on the stack, 2: done
        int done = 0;
        for (int root = 0; root < size; root++) {
            if (state[root] != 0) {
                continue;
            }
            int depth = 0;
            stack[depth++] = root;
            state[root] = 1;
            next[root] = graph.edgesBegin(root);
            while (depth > 0) {
                int v = stack[depth - 1];
                if (next[v] == graph.edgesEnd(v)) {
                    state[v] = 2;
                    order[done++] = v;
                    depth--;
                    continue;
                }
                int needed = graph.edge(next[v]++);
                if (state[needed] == 0) {
                    stack[depth++] = needed;
                    state[needed] = 1;
                    next[needed] = graph.edgesBegin(needed);
                } else if (state[needed] == 1) {
                    throw new IllegalArgumentException(
                            "module " + graph.module.name() + " has a combinational loop");
                }
            }
        }
        return order;
    }
}
