package org.bitloom.sim;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Everything that happened on a design's two streams. Cycle 0 is the first cycle after reset; a word belongs to the
 * cycle in which valid and ready are both high.
 *
 * @param frames       number of frames that ran
 * @param inputCycles  for each input word, the cycle in which the design accepted it
 * @param outputCycles for each output word, the cycle in which the design gave it
 * @param outputWords  the output words
 */
public record Trace(int frames, long[] inputCycles, long[] outputCycles, WordStream outputWords) {
    /** Frames from which on a steady state is looked for. */
    private static final int STEADY_FRAMES = 4;

    public Trace {
        if (frames < 1 || inputCycles.length % frames != 0 || outputCycles.length % frames != 0
                || inputCycles.length == 0 || outputCycles.length == 0 || outputWords.count() != outputCycles.length) {
            throw new IllegalArgumentException("no trace of " + frames + " frames: " + inputCycles.length
                    + " input words, " + outputCycles.length + " output cycles, " + outputWords.count()
                    + " output words");
        }
    }

    /** Cycle in which the first word of a frame was accepted. */
    public long firstInputCycle(int frame) {
        return inputCycles[frame * (inputCycles.length / frames)];
    }

    /** Cycle in which the last word of a frame was given. */
    public long lastOutputCycle(int frame) {
        return outputCycles[(frame + 1) * (outputCycles.length / frames) - 1];
    }

    /**
     * Cycles from the first word accepted to the last word of the first frame given: the difference of the two cycle
     * numbers, so that a design which answers in the same cycle has latency 0.
     */
    public long latencyCycles() {
        return lastOutputCycle(0) - firstInputCycle(0);
    }

    /**
     * Cycles between the last words of consecutive frames in steady state: the last such distance of at least four
     * frames, when it equals the one before. Empty with fewer frames or while distances still change. Means the
     * design's own interval only when nothing was stalled.
     */
    public OptionalLong intervalCycles() {
        if (frames < STEADY_FRAMES) {
            return OptionalLong.empty();
        }
        long last = lastOutputCycle(frames - 1) - lastOutputCycle(frames - 2);
        long before = lastOutputCycle(frames - 2) - lastOutputCycle(frames - 3);
        return last == before ? OptionalLong.of(last) : OptionalLong.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trace that && frames == that.frames && Arrays.equals(inputCycles, that.inputCycles)
                && Arrays.equals(outputCycles, that.outputCycles) && outputWords.equals(that.outputWords);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(outputCycles) + outputWords.hashCode();
    }

    @Override
    public String toString() {
        return frames + " frames, input cycles " + Arrays.toString(inputCycles) + ", output cycles "
                + Arrays.toString(outputCycles) + ", " + outputWords;
    }
}
