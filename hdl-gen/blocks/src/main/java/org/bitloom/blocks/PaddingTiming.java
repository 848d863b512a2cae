package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a {@link PaddingUnit}, without its data. */
final class PaddingTiming implements StreamTiming {
    private final int words;
    private final int runs;
    private final int gap;
    private final int frameGap;
    private final int lead;
    private boolean full;
    private boolean padding;
    private int behind;
    private int run;

    PaddingTiming(PaddingUnit.Config config) {
        words = config.run();
        runs = config.runs();
        gap = config.gap();
        frameGap = config.frameGap();
        lead = config.lead();
        padding = lead > 0;
        behind = (padding ? lead : words) - 1;
    }

    @Override
    public boolean offers() {
        return full;
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return !padding && (!full || outputReady);
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        if (full && !outputReady) {
            return false;
        }
        boolean before = full;
        boolean begins = run == 0 && behind == lead - 1;
        full = inputValid || padding && !begins;
        if (!full) {
            return before;
        }
        if (behind > 0) {
            behind--;
        } else if (padding) {
            padding = false;
            behind = words - 1;
        } else {
            padding = true;
            boolean lastRun = run == runs - 1;
            behind = (lastRun ? frameGap : gap) - 1;
            run = lastRun ? 0 : run + 1;
        }
        return true;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept((full ? 1 : 0) + (padding ? 2 : 0));
        numbers.accept(behind);
        numbers.accept(run);
    }
}
