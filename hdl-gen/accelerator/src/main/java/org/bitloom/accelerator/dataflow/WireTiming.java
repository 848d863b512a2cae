package org.bitloom.accelerator.dataflow;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.Timing;

/** The control of a stream that is a wire. */
final class WireTiming implements Timing {
    @Override
    public int valid(int inputValid) {
        return inputValid;
    }

    @Override
    public int ready(int inputValid, int outputReady) {
        return outputReady;
    }

    @Override
    public boolean clock(int inputValid, int outputReady) {
        return false;
    }

    @Override
    public void state(LongConsumer numbers) {}
}
