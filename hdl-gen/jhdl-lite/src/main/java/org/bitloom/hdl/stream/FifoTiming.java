package org.bitloom.hdl.stream;

import java.util.function.LongConsumer;

/** The control of a {@link Fifo}: a word can leave in the cycle after it came. */
public final class FifoTiming implements StreamTiming {
    private final int depth;
    private int count;
    private int greatest;

    public FifoTiming(int depth) {
        this.depth = depth;
    }

    @Override
    public boolean offers() {
        return count > 0;
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return count < depth;
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        boolean comes = inputValid && count < depth;
        boolean leaves = count > 0 && outputReady;
        count += (comes ? 1 : 0) - (leaves ? 1 : 0);
        greatest = Math.max(greatest, count);
        return comes != leaves;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(count);
    }

    /** The most words that were ever inside. */
    public int greatest() {
        return greatest;
    }
}
