package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a block that is a chain of registers between input and output, see {@link Block#stages}. */
final class ElasticTiming implements StreamTiming {
    private final Steps steps;

    /** @param registers at least 1 */
    ElasticTiming(int registers) {
        steps = new Steps(registers);
    }

    @Override
    public boolean offers() {
        return steps.isLastFull();
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return steps.hasRoom() || outputReady;
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        return steps.move(outputReady, inputValid);
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(steps.held());
    }
}
