package org.bitloom.hdl.verilog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;

/**
 * The operators of one module, rebuilt at the ranges that are needed. Each needed old node has a new node and the old
 * bit that is the new node's bit 0; a reader asks for old bits.
 */
final class NarrowView {
    /** Inputs and state, which views share. */
    interface Leaves {
        int node(int old);

        /** The old bit that is the new node's bit 0. */
        int base(int old);

        /** The number of ones in a new node. */
        int count(int operand);
    }

    private static final int NONE = -1;

    private final Netlist old;
    private final Ranges need;
    private final Ranges unnamed;
    private final Leaves leaves;
    private final Bits b;
    private final int[] newIds;
    private final int[] bases;

    /** @param unnamed what is live here has its names already */
    NarrowView(Netlist old, Ranges need, Ranges unnamed, Leaves leaves, Bits b) {
        this.old = old;
        this.need = need;
        this.unnamed = unnamed;
        this.leaves = leaves;
        this.b = b;
        newIds = new int[old.nodes().size()];
        Arrays.fill(newIds, NONE);
        bases = new int[newIds.length];
    }

    static Ranges nothing(Netlist netlist) {
        return new Ranges(netlist, (node, high, low) -> {});
    }

    /** Builds all that is needed, in the order of the old nodes as far as wires allow. */
    void build() {
        for (int id = 0; id < newIds.length; id++) {
            if (need.isLive(id)) {
                visit(id);
            }
        }
    }

    /** Builds a node after its operands, without recursion: wires may lead far ahead. */
    private void visit(int root) {
        if (newIds[root] != NONE) {
            return;
        }
        ArrayDeque<Integer> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            int id = stack.peek();
            if (newIds[id] != NONE) {
                stack.pop();
                continue;
            }
            int waiting = stack.size();
            Node node = old.node(id);
            if (node instanceof Node.Wire wire) {
                awaitOperand(old.wireDriver(wire.index()), stack);
            } else {
                for (int operand : node.operands()) {
                    awaitOperand(operand, stack);
                }
            }
            if (stack.size() == waiting) {
                stack.pop();
                rebuild(id, node);
                String name = old.names().get(id);
                if (name != null && !unnamed.isLive(id)) {
                    b.nameOnce(newIds[id], name);
                }
            }
        }
    }

    private void awaitOperand(int operand, ArrayDeque<Integer> stack) {
        if (need.isLive(operand) && newIds[operand] == NONE) {
            if (stack.size() > newIds.length) {
                throw new IllegalArgumentException("module " + old.name() + " has a combinational loop");
            }
            stack.push(operand);
        }
    }

    /** Old bits {@code high} down to {@code low} of an old node. */
    int bits(int id, int high, int low) {
        return b.slice(newIds[id], high - bases[id], low - bases[id]);
    }

    int all(int id) {
        return bits(id, old.node(id).width() - 1, 0);
    }

    /** The lowest bits of a node, at most as many as it has. */
    private int lowest(int id, int count) {
        return bits(id, Math.min(count, old.node(id).width()) - 1, 0);
    }

    int enable(int id) {
        return id == Netlist.ALWAYS ? Netlist.ALWAYS : all(id);
    }

    private void set(int id, int newId, int base) {
        newIds[id] = newId;
        bases[id] = base;
    }

    private void rebuild(int id, Node node) {
        NetlistBuilder builder = b.builder();
        int low = need.low(id);
        int high = need.high(id);
        switch (node) {
            case Node.Input _, Node.Register _, Node.Delayed _, Node.MemoryRead _, Node.InstanceOutput _ ->
                set(id, leaves.node(id), leaves.base(id));
            case Node.Constant n -> set(id, builder.constant(n.value().slice(high, low)), low);
            case Node.Wire n -> {
                int driver = old.wireDriver(n.index());
                set(id, newIds[driver], bases[driver]);
            }
            case Node.Not n -> set(id, builder.not(bits(n.operand(), high, low)), low);
            case Node.Bitwise n ->
                set(id, b.bitwise(n.operator(), bits(n.left(), high, low), bits(n.right(), high, low)), low);
            case Node.Mux n ->
                set(id, b.mux(all(n.condition()), bits(n.whenTrue(), high, low), bits(n.whenFalse(), high, low)), low);
            case Node.Select n -> {
                List<Integer> values = new ArrayList<>(n.values().size());
                n.values().forEach(value -> values.add(bits(value, high, low)));
                set(id, b.select(all(n.index()), values), low);
            }
            case Node.Slice n -> set(id, bits(n.operand(), n.low() + high, n.low() + low), low);
            case Node.Concat n -> set(id, concat(n, high, low), low);
            case Node.Extend n -> set(id, extend(n, high, low), low);
            case Node.Add n -> set(id, b.add(bits(n.left(), high, 0), bits(n.right(), high, 0)), 0);
            case Node.Subtract n -> set(id, b.subtract(bits(n.left(), high, 0), bits(n.right(), high, 0)), 0);
            case Node.Multiply n -> set(id, multiply(n, high), 0);
            case Node.Sum n -> {
                List<Integer> terms = new ArrayList<>(n.terms().size());
                n.terms().forEach(term -> terms.add(lowest(term, high + 1)));
                set(id, builder.sum(n.signed(), high + 1, terms), 0);
            }
            case Node.Shift n -> {
                boolean left = n.kind() == Node.ShiftKind.LEFT;
                int operand = left ? bits(n.operand(), high, 0) : all(n.operand());
                set(id, builder.shift(n.kind(), operand, all(n.amount())), 0);
            }
            case Node.Reduce n -> set(id, builder.reduce(n.reduction(), all(n.operand())), 0);
            case Node.Equal n -> set(id, b.equal(all(n.left()), all(n.right())), 0);
            case Node.Less n -> set(id, b.less(n.signed(), all(n.left()), all(n.right())), 0);
            case Node.PopCount n -> set(id, leaves.count(all(n.operand())), 0);
        }
    }

    /** The product's low bits depend on the operands' low bits alone. */
    private int multiply(Node.Multiply node, int high) {
        int left = lowest(node.left(), high + 1);
        int right = lowest(node.right(), high + 1);
        return b.builder().multiply(node.signed(), left, right);
    }

    private int concat(Node.Concat node, int high, int low) {
        List<Integer> parts = new ArrayList<>(node.parts().size());
        int base = node.width();
        for (int part : node.parts()) {
            int width = old.node(part).width();
            base -= width;
            int partHigh = Math.min(high - base, width - 1);
            int partLow = Math.max(low - base, 0);
            if (partHigh >= partLow) {
                parts.add(bits(part, partHigh, partLow));
            }
        }
        return b.concat(parts);
    }

    private int extend(Node.Extend node, int high, int low) {
        int top = old.node(node.operand()).width() - 1;
        int width = high - low + 1;
        if (low > top && !node.signed()) {
            return b.builder().constant(BitVector.zero(width));
        }
        int kept = bits(node.operand(), Math.min(high, top), Math.min(low, top));
        return b.builder().extend(node.signed(), kept, width);
    }
}
