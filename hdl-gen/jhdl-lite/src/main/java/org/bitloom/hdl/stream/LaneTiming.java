package org.bitloom.hdl.stream;

import java.util.function.LongConsumer;

/** The control of a {@link LaneConverter}, without its data. */
final class LaneTiming implements StreamTiming {
    private final LaneConverter.Config config;
    private final int acceptUnits;
    private int count;
    private int word;

    LaneTiming(LaneConverter.Config config, int acceptUnits) {
        this.config = config;
        this.acceptUnits = acceptUnits;
    }

    @Override
    public boolean offers() {
        return count >= config.outUnits();
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return staying(outputReady) <= acceptUnits;
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        boolean comes = inputValid && accepts(outputReady);
        int before = count;
        count = staying(outputReady);
        if (comes) {
            boolean last = word == config.inWords() - 1;
            count += last ? config.lastUnits() : config.wordUnits();
            word = last ? 0 : word + 1;
        }
        return comes || count != before;
    }

    private int staying(boolean outputReady) {
        return offers() && outputReady ? count - config.outUnits() : count;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(word);
        numbers.accept(count);
    }
}
