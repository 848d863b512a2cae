package org.bitloom.blocks;

import org.bitloom.hdl.stream.Timing;

/** The control of a block with one register between input and output, which takes a word whenever its own can leave. */
final class SliceTiming implements Timing {
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
    public boolean idle() {
        return !full;
    }

    @Override
    public long fingerprint() {
        return full ? 1 : 0;
    }
}
