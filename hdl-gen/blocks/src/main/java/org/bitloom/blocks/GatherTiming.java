package org.bitloom.blocks;

import org.bitloom.hdl.stream.Timing;

/** The control of a block that takes all words of a frame and then gives one. */
final class GatherTiming implements Timing {
    private final int words;
    private int word;
    private boolean full;

    GatherTiming(int words) {
        this.words = words;
    }

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
        if (accepts(outputReady)) {
            full = inputValid && word == words - 1;
            word = inputValid ? (word + 1) % words : word;
        }
    }

    @Override
    public boolean idle() {
        return !full && word == 0;
    }

    @Override
    public long fingerprint() {
        return 2L * word + (full ? 1 : 0);
    }
}
