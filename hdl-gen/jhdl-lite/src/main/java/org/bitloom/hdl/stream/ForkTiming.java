package org.bitloom.hdl.stream;

import java.util.function.LongConsumer;

/** The control of a {@link Fork}. */
final class ForkTiming implements Timing {
    private final int copies;
    private int served;

    ForkTiming(int copies) {
        this.copies = (1 << copies) - 1;
    }

    @Override
    public int valid(int inputValid) {
        return inputValid == 0 ? 0 : copies & ~served;
    }

    @Override
    public int ready(int inputValid, int outputReady) {
        return (served | outputReady) == copies ? 1 : 0;
    }

    @Override
    public boolean clock(int inputValid, int outputReady) {
        int before = served;
        if (inputValid != 0) {
            int done = served | outputReady;
            served = done == copies ? 0 : done;
        }
        return served != before;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(served);
    }
}
