package org.bitloom.hdl.verilog;

import java.util.Arrays;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;

/**
 * For each node of one module the smallest range of bits that holds all bits which something needs; no range where
 * nothing does. Follows the dataflow from what is required to inputs and state, and hands over there.
 */
final class Ranges {
    /** Is told whenever the range of an input, a register, a read, a delay line or an instance's output has grown. */
    interface Leaves {
        void reached(int node, int high, int low);
    }

    private final Netlist netlist;
    private final Leaves leaves;
    private final int[] lows;
    private final int[] highs;
    private final int[] queue;
    private final boolean[] queued;
    private int queueSize;

    Ranges(Netlist netlist, Leaves leaves) {
        this.netlist = netlist;
        this.leaves = leaves;
        int size = netlist.nodes().size();
        lows = new int[size];
        highs = new int[size];
        Arrays.fill(highs, -1);
        queue = new int[size];
        queued = new boolean[size];
    }

    boolean isLive(int node) {
        return highs[node] >= 0;
    }

    int low(int node) {
        return lows[node];
    }

    int high(int node) {
        return highs[node];
    }

    boolean isIdle() {
        return queueSize == 0;
    }

    /** Takes effect with {@link #settle()}. */
    void require(int node, int high, int low) {
        if (highs[node] < 0) {
            lows[node] = low;
            highs[node] = high;
        } else if (low >= lows[node] && high <= highs[node]) {
            return;
        } else {
            lows[node] = Math.min(low, lows[node]);
            highs[node] = Math.max(high, highs[node]);
        }
        if (!queued[node]) {
            queued[node] = true;
            queue[queueSize++] = node;
        }
    }

    void requireAll(int node) {
        require(node, netlist.node(node).width() - 1, 0);
    }

    void requireBit(int enable) {
        if (enable != Netlist.ALWAYS) {
            require(enable, 0, 0);
        }
    }

    void settle() {
        while (queueSize > 0) {
            int node = queue[--queueSize];
            queued[node] = false;
            propagate(node);
        }
    }

    private void propagate(int id) {
        int low = lows[id];
        int high = highs[id];
        Node node = netlist.node(id);
        switch (node) {
            case Node.Constant _ -> {}
            case Node.Input _, Node.Register _, Node.MemoryRead _, Node.Delayed _, Node.InstanceOutput _ ->
                leaves.reached(id, high, low);
            case Node.Wire n -> require(netlist.wireDriver(n.index()), high, low);
            case Node.Not n -> require(n.operand(), high, low);
            case Node.Bitwise n -> {
                require(n.left(), high, low);
                require(n.right(), high, low);
            }
            case Node.Mux n -> {
                requireBit(n.condition());
                require(n.whenTrue(), high, low);
                require(n.whenFalse(), high, low);
            }
            case Node.Select n -> {
                requireAll(n.index());
                n.values().forEach(value -> require(value, high, low));
            }
            case Node.Slice n -> require(n.operand(), n.low() + high, n.low() + low);
            case Node.Concat n -> propagateConcat(n, high, low);
            case Node.Extend n -> {
                int top = netlist.node(n.operand()).width() - 1;
                if (low <= top || n.signed()) {
                    require(n.operand(), Math.min(high, top), Math.min(low, top));
                }
            }
            // Carries run upwards only.
            case Node.Add n -> {
                require(n.left(), high, 0);
                require(n.right(), high, 0);
            }
            case Node.Subtract n -> {
                require(n.left(), high, 0);
                require(n.right(), high, 0);
            }
            case Node.Multiply n -> {
                requireLow(n.left(), high);
                requireLow(n.right(), high);
            }
            case Node.Sum n -> n.terms().forEach(term -> requireLow(term, high));
            case Node.Shift n -> {
                requireAll(n.amount());
                if (n.kind() == Node.ShiftKind.LEFT) {
                    require(n.operand(), high, 0);
                } else {
                    requireAll(n.operand());
                }
            }
            case Node.Reduce _, Node.Equal _, Node.Less _, Node.PopCount _ ->
                node.operands().forEach(operand -> requireAll(operand));
        }
    }

    private void requireLow(int node, int high) {
        require(node, Math.min(high, netlist.node(node).width() - 1), 0);
    }

    private void propagateConcat(Node.Concat concat, int high, int low) {
        int base = concat.width();
        for (int part : concat.parts()) {
            int width = netlist.node(part).width();
            base -= width;
            int partHigh = Math.min(high - base, width - 1);
            int partLow = Math.max(low - base, 0);
            if (partHigh >= partLow) {
                require(part, partHigh, partLow);
            }
        }
    }
}
