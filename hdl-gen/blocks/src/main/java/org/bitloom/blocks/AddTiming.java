package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.Timing;

/** The control of an {@link AddUnit}. */
final class AddTiming implements Timing {
    private boolean full;

    @Override
    public int valid(int inputValid) {
        return full ? 1 : 0;
    }

    @Override
    public int ready(int inputValid, int outputReady) {
        boolean go = !full || outputReady != 0;
        return go ? (inputValid & 1) << 1 | inputValid >> 1 : 0;
    }

    @Override
    public boolean clock(int inputValid, int outputReady) {
        boolean before = full;
        if (!full || outputReady != 0) {
            full = inputValid == 3;
        }
        return full != before;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(full ? 1 : 0);
    }
}
