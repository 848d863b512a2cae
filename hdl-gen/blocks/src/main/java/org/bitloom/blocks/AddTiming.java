package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.Timing;

/** The control of an {@link AddUnit}. */
final class AddTiming implements Timing {
    private final Steps steps;

    /** @param registers at least 1 */
    AddTiming(int registers) {
        steps = new Steps(registers);
    }

    @Override
    public int valid(int inputValid) {
        return steps.isLastFull() ? 1 : 0;
    }

    @Override
    public int ready(int inputValid, int outputReady) {
        boolean go = steps.hasRoom() || outputReady != 0;
        return go ? (inputValid & 1) << 1 | inputValid >> 1 : 0;
    }

    @Override
    public boolean clock(int inputValid, int outputReady) {
        return steps.move(outputReady != 0, inputValid == 3);
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(steps.held());
    }
}
