package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a {@link SliceUnit}. */
final class SliceUnitTiming implements StreamTiming {
    private final SliceUnit.Config config;
    private int word;
    private boolean full;

    SliceUnitTiming(SliceUnit.Config config) {
        this.config = config;
    }

    @Override
    public boolean offers() {
        return full;
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return !keeps() || !full || outputReady;
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        boolean comes = inputValid && accepts(outputReady);
        boolean before = full;
        if (!full || outputReady) {
            full = inputValid && keeps();
        }
        word = comes ? (word + 1) % config.words() : word;
        return comes || full != before;
    }

    private boolean keeps() {
        return word >= config.first() && word < config.first() + config.count();
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(2L * word + (full ? 1 : 0));
    }
}
