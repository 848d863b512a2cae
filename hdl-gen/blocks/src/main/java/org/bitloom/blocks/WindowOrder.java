package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order in which a sliding window reads the words of the frames that follow each other, as nested loops, the innermost
 * first. The inner loops go through a window, the outer ones from window to window; the last never ends.
 *
 * @param inner how many of the loops go through a window
 */
record WindowOrder(List<Loop> loops, int inner) {
    /**
     * @param count  how often it goes round; 0 for ever
     * @param stride words of input from one round to the next
     */
    record Loop(int count, int stride) {}

    static WindowOrder of(WindowShape c) {
        int row = c.width() * c.folds();
        List<Loop> loops = new ArrayList<>();
        append(loops, 0, new Loop(c.folds(), 1));
        append(loops, 0, new Loop(c.kernelWidth(), c.dilationWidth() * c.folds()));
        append(loops, 0, new Loop(c.kernelHeight(), c.dilationHeight() * row));
        int inner = loops.size();
        append(loops, inner, new Loop(c.outputWidth(), c.strideWidth() * c.folds()));
        append(loops, inner, new Loop(c.outputHeight(), c.strideHeight() * row));
        append(loops, inner, new Loop(0, c.inputWords()));
        return new WindowOrder(List.copyOf(loops), inner);
    }

    /** A loop that goes on where the one inside it ends is one loop with it. */
    private static void append(List<Loop> loops, int from, Loop loop) {
        if (loop.count() == 1) {
            return;
        }
        if (loops.size() > from) {
            Loop last = loops.getLast();
            if (last.count() * last.stride() == loop.stride()) {
                loops.set(loops.size() - 1, new Loop(last.count() * loop.count(), last.stride()));
                return;
            }
        }
        loops.add(loop);
    }

    /** Words of input from one read to the next, where the next is in the same round of all loops beyond {@code loop}. */
    int step(int loop) {
        return step(0, loop);
    }

    /** Words of input from the first of one window to the first of the next. */
    int windowStep(int loop) {
        return step(inner, loop);
    }

    /** The steps of each loop. */
    List<Integer> steps() {
        return IntStream.range(0, loops.size()).mapToObj(this::step).toList();
    }

    /** The steps from window to window of each outer loop. */
    List<Integer> windowSteps() {
        return IntStream.range(inner, loops.size()).mapToObj(this::windowStep).toList();
    }

    private int step(int from, int loop) {
        return loops.get(loop).stride() - span(from, loop);
    }

    /** Words of input from the first to the last that a window has. */
    int windowSpan() {
        return span(0, inner);
    }

    private int span(int from, int to) {
        return loops.subList(from, to).stream()
                .mapToInt(loop -> (loop.count() - 1) * loop.stride())
                .sum();
    }

    /**
     * The words that must be kept so that neither side ever waits for the other in the long run, but for the side that has
     * fewer words.
     *
     * <p>Let window n read K words from {@code base(n)} on. Where reads never pause, window n begins in cycle K·n; what is
     * read as word m of it, at {@code base(n) + offset(m)}, must have been written before cycle K·n + m. The word
     * {@code base(k) + capacity} can be written from the end of window k on, in cycle K·(k + 1), and a word follows in each
     * cycle. With {@code lead(n)} = K·n − base(n) and {@code late} = the greatest offset(m) − m, this is so when capacity ≥
     * K + late + 1 + lead(k) − lead(n) for all k < n. Where writes never pause it is the same with lead(n) − lead(k).
     */
    int gaplessCapacity() {
        int reads = 1;
        int late = 0;
        for (Loop loop : loops.subList(0, inner)) {
            late += Math.max(0, (loop.count() - 1) * (loop.stride() - reads));
            reads *= loop.count();
        }
        return Math.max(windowSpan() + 1, reads + late + 1 + greatestLag(reads));
    }

    /** The greatest lead(k) − lead(n) of any window n behind k, or the opposite where frames have more words than windows. */
    private int greatestLag(int reads) {
        int windows = 1;
        for (Loop loop : loops.subList(inner, loops.size() - 1)) {
            windows = Math.multiplyExact(windows, loop.count());
        }
        int sign = Math.multiplyExact(windows, reads) >= loops.getLast().stride() ? 1 : -1;
        Lag lag = new Lag(0, 0, sign > 0 ? Lag.NONE : 0);
        int inside = reads;
        for (Loop loop : loops.subList(inner, loops.size() - 1)) {
            lag = lag.repeated(loop.count(), sign * (inside - loop.stride()));
            inside *= loop.count();
        }
        // Two frames: what a window of the first and one of a third have between them is not more.
        return lag.repeated(2, sign * (inside - loops.getLast().stride())).greatest();
    }

    /**
     * Of a sequence of numbers.
     *
     * @param greatest the most by which a later number is below an earlier one
     */
    private record Lag(int most, int least, int greatest) {
        static final int NONE = Integer.MIN_VALUE / 2;

        /** The sequence again and again, each time with a number added to all. */
        Lag repeated(int count, int added) {
            Lag all = this;
            for (int i = 1; i < count; i++) {
                int sum = i * added;
                int across = all.most - (least + sum);
                all = new Lag(
                        Math.max(all.most, most + sum),
                        Math.min(all.least, least + sum),
                        Math.max(all.greatest, across));
            }
            return all;
        }
    }
}
