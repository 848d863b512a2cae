package org.bitloom.hdl.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How the values of one module depend on each other within a cycle: an order in which they can be computed, the input
 * ports that each needs, and the combinational loops, which are mistakes. A wire depends on its driver, the word of a
 * read that is not clocked on its address, an output of an instance on the drivers of exactly those inputs of the
 * instance that reach it. Registers, delay lines, clocked reads, inputs and constants depend on nothing. Immutable.
 */
public final class Combinational {
    private final int[] order;
    private final int[] first;
    private final int[] edges;
    private final BitSet[] inputs;
    private final BitSet[] outputInputs;
    private final List<List<Integer>> loops;

    /** Node {@code id} depends on {@code edges[first[id]]} up to, not including, {@code edges[first[id + 1]]}. */
    Combinational(Netlist module, int[] first, int[] edges) {
        this.first = first;
        this.edges = edges;
        List<List<Integer>> found = new ArrayList<>();
        this.order = sort(first, edges, found);
        this.loops = List.copyOf(found);
        this.inputs = inputs(module);
        this.outputInputs = module.outputs().stream().map(port -> inputs[port.driver()]).toArray(BitSet[]::new);
    }

    /** All nodes, each after those it depends on; ascending ids as far as wires allow. */
    public int[] order() {
        return order.clone();
    }

    /**
     * The combinational loops that have no node in common: of each the ids of its nodes in the direction of the data,
     * the last one feeding the first. With a loop, the other results ignore the edge that closes it.
     */
    public List<List<Integer>> loops() {
        return loops;
    }

    /** Indices of the module's input ports that the node needs in the same cycle. */
    public BitSet inputsOf(int node) {
        return (BitSet) inputs[node].clone();
    }

    /** Indices of the module's input ports from which output {@code port} is reached in the same cycle. */
    public BitSet inputsOfOutput(int port) {
        return (BitSet) outputInputs[port].clone();
    }

    /** How many values of the same cycle the node needs, wires, unclocked reads and instances included. */
    public int dependencyCount(int node) {
        return first[node + 1] - first[node];
    }

    /** The id of one of them. */
    public int dependency(int node, int index) {
        return edges[first[node] + index];
    }

    private static int[] sort(int[] first, int[] edges, List<List<Integer>> loops) {
        int size = first.length - 1;
        int[] order = new int[size];
        int[] position = new int[size];  // on the stack: its place there + 1; done: -1
        int[] stack = new int[size];
        int[] next = new int[size];
        BitSet looping = new BitSet();
        int done = 0;
        for (int root = 0; root < size; root++) {
            if (position[root] != 0) {
                continue;
            }
            int depth = 0;
            stack[depth++] = root;
            position[root] = depth;
            next[root] = first[root];
            while (depth > 0) {
                int node = stack[depth - 1];
                if (next[node] == first[node + 1]) {
                    position[node] = -1;
                    order[done++] = node;
                    depth--;
                    continue;
                }
                int needed = edges[next[node]++];
                if (position[needed] == 0) {
                    stack[depth++] = needed;
                    position[needed] = depth;
                    next[needed] = first[needed];
                } else if (position[needed] > 0) {
                    report(stack, position[needed] - 1, depth, looping, loops);
                }
            }
        }
        return order;
    }

    private static void report(int[] stack, int from, int to, BitSet looping, List<List<Integer>> loops) {
        List<Integer> loop = new ArrayList<>();
        for (int i = to - 1; i >= from; i--) {
            if (looping.get(stack[i])) {
                return;
            }
            loop.add(stack[i]);
        }
        loop.forEach(looping::set);
        loops.add(List.copyOf(loop));
    }

    /** Shares one set between the nodes of a cone as long as nothing is added to it. */
    private BitSet[] inputs(Netlist module) {
        BitSet none = new BitSet();
        BitSet[] result = new BitSet[order.length];
        Arrays.fill(result, none);
        for (int id : order) {
            if (module.node(id) instanceof Node.Input input) {
                result[id] = new BitSet();
                result[id].set(input.port());
                continue;
            }
            BitSet all = none;
            for (int i = first[id]; i < first[id + 1]; i++) {
                all = union(all, result[edges[i]]);
            }
            result[id] = all;
        }
        return result;
    }

    private static BitSet union(BitSet left, BitSet right) {
        if (left == right || right.isEmpty()) {
            return left;
        }
        if (left.isEmpty()) {
            return right;
        }
        BitSet both = (BitSet) left.clone();
        both.or(right);
        return both.equals(left) ? left : both.equals(right) ? right : both;
    }
}
