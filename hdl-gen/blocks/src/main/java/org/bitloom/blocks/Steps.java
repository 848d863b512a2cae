package org.bitloom.blocks;

/** The control of a {@link Block.Chain}: steps one behind the other, each of which takes what comes when it is empty or the next one takes its own. */
final class Steps {
    private final int count;
    private final long all;

    /** A bit for each step that holds something, the first step's lowest. */
    private long held;

    Steps(int count) {
        this.count = count;
        this.all = (1L << count) - 1;
    }

    boolean hasRoom() {
        return held != all;
    }

    boolean isEmpty() {
        return held == 0;
    }

    boolean isLastFull() {
        return held >>> (count - 1) != 0;
    }

    long held() {
        return held;
    }

    /**
     * Goes on to the next cycle; whether anything has changed.
     *
     * @param leaves what the last step holds can leave
     * @param comes  there is something for the first step, which it takes if it can
     */
    boolean move(boolean leaves, boolean comes) {
        // All moves up to the last gap.
        long gaps = ~held & all;
        long moving = leaves ? all : gaps == 0 ? 0 : 2 * Long.highestOneBit(gaps) - 1;
        long before = held;
        held = held & ~moving | (held << 1 | (comes ? 1 : 0)) & moving;
        return held != before;
    }
}
