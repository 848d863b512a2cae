package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a {@link ParallelWindow}, without its data. */
final class ParallelWindowTiming implements StreamTiming {
    private final WindowShape shape;
    private int fold;
    private int column;
    private int row;
    private boolean full;

    ParallelWindowTiming(WindowShape shape) {
        this.shape = shape;
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
        full = inputValid
                && ends(column - shape.spanWidth(), shape.strideWidth())
                && ends(row - shape.spanHeight(), shape.strideHeight());
        if (inputValid && ++fold == shape.folds()) {
            fold = 0;
            if (++column == shape.width()) {
                column = 0;
                row = (row + 1) % shape.height();
            }
        }
        return inputValid || full != before;
    }

    private static boolean ends(int behindFirst, int stride) {
        return behindFirst >= 0 && behindFirst % stride == 0;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(2L * fold + (full ? 1 : 0));
        numbers.accept(column);
        numbers.accept(row);
    }
}
