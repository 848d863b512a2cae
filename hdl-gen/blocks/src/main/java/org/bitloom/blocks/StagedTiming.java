package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a block with a chain of registers before its last step, which is more than a register. */
final class StagedTiming implements StreamTiming {
    private final Steps steps;
    private final StreamTiming last;

    private StagedTiming(int stages, StreamTiming last) {
        this.steps = new Steps(stages);
        this.last = last;
    }

    static StreamTiming of(int stages, StreamTiming last) {
        return stages == 0 ? last : new StagedTiming(stages, last);
    }

    @Override
    public boolean offers() {
        return last.offers();
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return steps.hasRoom() || last.accepts(outputReady);
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        boolean leaves = last.accepts(outputReady);
        boolean changed = last.clock(steps.isLastFull(), outputReady);
        return steps.move(leaves, inputValid) || changed;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(steps.held());
        last.state(numbers);
    }
}
