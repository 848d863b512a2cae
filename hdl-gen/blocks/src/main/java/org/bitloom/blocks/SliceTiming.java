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
    public void clock(boolean inputValid, boolean outputReady) {
        full = accepts(outputReady) ? inputValid : full;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(full ? 1 : 0);
    }
}
