package org.bitloom.accelerator.dataflow;

/**
 * When frames leave, if the input always offers a word and the output always takes one.
 *
 * @param latencyCycles first input word to last output word of the first frame
 * @param periodCycles  cycles after which everything repeats
 * @param periodFrames  frames that leave in them; 0 where nothing ever leaves any more
 */
public record Schedule(long latencyCycles, long periodCycles, long periodFrames) {
    /** A word is waited for that never comes. */
    static final Schedule DEADLOCK = new Schedule(-1, 1, 0);

    public boolean isDeadlock() {
        return periodFrames == 0;
    }

    /** Cycles between the last words of consecutive frames; rounded up where they are not all equal. */
    public long intervalCycles() {
        return Math.ceilDiv(periodCycles, periodFrames);
    }

    boolean fasterThan(Schedule other) {
        return Math.multiplyExact(periodFrames, other.periodCycles) > Math.multiplyExact(other.periodFrames, periodCycles);
    }
}
