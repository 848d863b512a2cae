package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of {@link Block#stages}: registers behind each other, each of which takes a word when it is or becomes free. */
final class ElasticTiming implements StreamTiming {
    private final boolean[] full;

    ElasticTiming(int stages) {
        full = new boolean[stages];
    }

    @Override
    public boolean offers() {
        return full[full.length - 1];
    }

    @Override
    public boolean accepts(boolean outputReady) {
        for (boolean each : full) {
            if (!each) {
                return true;
            }
        }
        return outputReady;
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        boolean changed = false;
        boolean room = outputReady;
        for (int stage = full.length - 1; stage >= 0; stage--) {
            boolean before = full[stage];
            room = !before || room;
            if (room) {
                full[stage] = stage == 0 ? inputValid : full[stage - 1];
            }
            changed |= full[stage] != before;
        }
        return changed;
    }

    @Override
    public void state(LongConsumer numbers) {
        long flags = 0;
        for (boolean each : full) {
            flags = flags << 1 | (each ? 1 : 0);
        }
        numbers.accept(flags);
    }
}
