package org.bitloom.hdl.sim;

import java.util.BitSet;
import org.bitloom.hdl.ir.Node;

/**
 * Which values of a phase are computed where they are used, on the stack: those with one use, as long as the code of a
 * use stays small. Also the upper bounds of code sizes by which methods are cut.
 */
final class Inlining {
    private static final int MOST_BYTES = 400;
    private static final int MOST_BYTES_IN_CALL = 24;
    private static final int MOST_DEPTH = 16;

    private final ModuleGraph graph;
    private final BitSet inline = new BitSet();
    private final int[] bytes;

    Inlining(Emission e) {
        this.graph = e.graph;
        this.bytes = new int[graph.vertices()];
        int[] depth = new int[graph.vertices()];
        for (int v : e.phase.vertices()) {
            int size = own(v);
            int deepest = 0;
            for (int i = graph.edgesBegin(v); i < graph.edgesEnd(v); i++) {
                int operand = graph.edge(i);
                if (inline.get(operand)) {
                    if (graph.isCall(v) && bytes[operand] > MOST_BYTES_IN_CALL) {
                        inline.clear(operand);
                    } else {
                        size += bytes[operand];
                        deepest = Math.max(deepest, depth[operand]);
                    }
                }
            }
            bytes[v] = size;
            depth[v] = deepest + 1;
            inline.set(v, size <= MOST_BYTES && depth[v] <= MOST_DEPTH && canBe(e, v));
            if (!graph.isCall(v) && graph.node(v) instanceof Node.PopCount n) {
                int operand = graph.canonical(n.operand());
                if (graph.isWide(operand)
                        && graph.node(operand) instanceof Node.Bitwise
                        && e.remaining(operand) == 1
                        && e.isComputed(operand)
                        && e.plan.home(operand) < 0) {
                    inline.set(operand);
                }
            }
        }
    }

    private boolean canBe(Emission e, int v) {
        return !graph.isCall(v)
                && !graph.isWide(v)
                && e.remaining(v) == 1
                && e.plan.home(v) < 0
                && (!(graph.node(v) instanceof Node.MemoryRead n)
                        || graph.module.memories().get(n.memory()).isRom());
    }

    boolean isInline(int v) {
        return inline.get(v);
    }

    /** At most so long is the code of a vertex, with what is computed within. */
    int bytes(int v) {
        return bytes[v] > 0 ? bytes[v] : own(v);
    }

    private int own(int v) {
        int operands = graph.edgesEnd(v) - graph.edgesBegin(v);
        if (graph.isCall(v)) {
            return 20 + 24 * operands;
        }
        return switch (graph.node(v)) {
            case Node.Concat _, Node.Sum _ -> 40 + 34 * operands;
            case Node.Select _ -> 60 + 24 * operands;
            default -> 40 + 16 * operands;
        };
    }
}
