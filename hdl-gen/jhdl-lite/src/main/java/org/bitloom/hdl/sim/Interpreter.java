package org.bitloom.hdl.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;

/**
 * The slow, obviously correct simulation: every occurrence has its own state and its own values, and whenever an input
 * or the state has changed all values are computed again by {@link org.bitloom.hdl.ir.Semantics}, each after those it
 * depends on. It is the oracle of the compiled simulator and of the Verilog.
 */
public final class Interpreter implements Simulation {
    private final Design design;
    private final BitVector[] inputs;
    private final InterpretedOccurrence top;
    private final List<Cell> order;
    private boolean settled;
    private boolean resetActive;
    private long cycle;

    /** One node of one occurrence. */
    record Cell(InterpretedOccurrence place, int node) {}

    /** @param seed of the words that registers and memories without a given start hold at first */
    public Interpreter(Design design, long seed) {
        this.design = design;
        this.inputs = design.top().module().inputs().stream()
                .map(port -> BitVector.zero(port.width()))
                .toArray(BitVector[]::new);
        this.top = new InterpretedOccurrence(design.top(), design.name(), null, -1, new PowerUp(seed), inputs);
        this.order = order(top);
    }

    @Override
    public Design design() {
        return design;
    }

    @Override
    public void reset(boolean active) {
        resetActive = active;
    }

    @Override
    public void set(int input, long[] limbs, int offset) {
        int width = inputs[input].width();
        inputs[input] = BitVector.of(width, Arrays.copyOfRange(limbs, offset, offset + BitVector.limbCount(width)));
        settled = false;
    }

    @Override
    public void set(int input, long value) {
        inputs[input] = BitVector.of(inputs[input].width(), value);
        settled = false;
    }

    @Override
    public void get(int output, long[] limbs, int offset) {
        long[] value = output(output).limbs();
        System.arraycopy(value, 0, limbs, offset, value.length);
    }

    @Override
    public long get(int output) {
        return output(output).toLong();
    }

    @Override
    public BitVector output(int output) {
        settle();
        return top.output(output);
    }

    @Override
    public void clock() {
        settle();
        if (!resetActive) {
            top.check(cycle);
        }
        List<Runnable> changes = new ArrayList<>();
        top.edge(resetActive, changes);
        changes.forEach(Runnable::run);
        settled = false;
        cycle++;
    }

    @Override
    public long cycle() {
        return cycle;
    }

    private void settle() {
        if (!settled) {
            order.forEach(cell -> cell.place.compute(cell.node));
            settled = true;
        }
    }

    /** All nodes of all occurrences, each after those it depends on: a depth-first search without recursion. */
    private static List<Cell> order(InterpretedOccurrence top) {
        List<Cell> order = new ArrayList<>();
        Deque<Cell> open = new ArrayDeque<>();
        for (InterpretedOccurrence place : top.withDescendants()) {
            for (int node = 0; node < place.module().nodes().size(); node++) {
                open.push(new Cell(place, node));
                while (!open.isEmpty()) {
                    Cell cell = open.peek();
                    List<Cell> waiting = cell.place.isOrdered(cell.node)
                            ? List.of()
                            : cell.place.dependencies(cell.node).stream()
                                    .filter(needed -> !needed.place.isOrdered(needed.node))
                                    .toList();
                    if (waiting.isEmpty()) {
                        open.pop();
                        if (cell.place.setOrdered(cell.node)) {
                            order.add(cell);
                        }
                    } else {
                        waiting.forEach(open::push);
                    }
                }
            }
        }
        return order;
    }
}
