package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a block that takes the words of a frame and gives a word for each of the last of them. */
final class GatherTiming implements StreamTiming {
    private final int words;
    private final int results;
    private int word;
    private boolean full;

    GatherTiming(int words, int results) {
        this.words = words;
        this.results = results;
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
    public boolean clock(boolean inputValid, boolean outputReady) {
        if (!accepts(outputReady)) {
            return false;
        }
        boolean before = full;
        full = inputValid && word >= words - results;
        word = inputValid ? (word + 1) % words : word;
        return inputValid || full != before;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(2L * word + (full ? 1 : 0));
    }
}
