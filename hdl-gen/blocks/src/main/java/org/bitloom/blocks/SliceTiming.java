package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a block with one register between input and output, which takes a word whenever its own can leave. */
final class SliceTiming implements StreamTiming {
    private boolean full;

    @Override
    public boolean offers() {
        return full;
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return !full || outputReady;
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        boolean before = full;
        full = accepts(outputReady) ? inputValid : full;
        return full != before;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(full ? 1 : 0);
    }
}
