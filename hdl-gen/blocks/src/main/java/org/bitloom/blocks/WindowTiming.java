package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a {@link SlidingWindow}, without its data. */
final class WindowTiming implements StreamTiming {
    private final int[] counts;
    private final int[] steps;
    private final int[] windowSteps;
    private final int[] round;
    private int available = -1;
    private int filled;
    private boolean full;

    WindowTiming(WindowOrder order, int capacity) {
        int loops = order.loops().size();
        counts = new int[loops - 1];
        steps = new int[loops];
        windowSteps = new int[loops];
        round = new int[loops - 1];
        for (int loop = 0; loop < loops; loop++) {
            steps[loop] = order.step(loop);
            windowSteps[loop] = loop < order.inner() ? 0 : order.windowStep(loop);
            if (loop < counts.length) {
                counts[loop] = order.loops().get(loop).count();
            }
        }
        filled = -capacity;
    }

    @Override
    public boolean offers() {
        return full;
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return filled < 0;
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        boolean comes = inputValid && filled < 0;
        boolean moves = comes;
        if (!full || outputReady) {
            moves |= full || available >= 0;
            full = available >= 0;
            if (full) {
                int loop = advance();
                available -= steps[loop];
                filled -= windowSteps[loop];
            }
        }
        if (comes) {
            available++;
            filled++;
        }
        return moves;
    }

    /** The loop that goes to its next round; those inside it begin anew. */
    private int advance() {
        int loop = 0;
        while (loop < counts.length && ++round[loop] == counts[loop]) {
            round[loop++] = 0;
        }
        return loop;
    }

    @Override
    public void state(LongConsumer numbers) {
        for (int number : round) {
            numbers.accept(number);
        }
        numbers.accept(available);
        numbers.accept(filled);
        numbers.accept(full ? 1 : 0);
    }
}
