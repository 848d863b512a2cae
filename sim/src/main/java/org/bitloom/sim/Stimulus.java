package org.bitloom.sim;

import java.nio.file.Path;
import org.bitloom.accelerator.Accelerator;
import org.jspecify.annotations.Nullable;

/**
 * What a design is fed with, and how.
 *
 * <p>Whoever runs it, the run is the same, cycle by cycle: {@link StallPattern} decides the stalls, an input word once
 * offered stays offered and unchanged until it is accepted, and while none is offered the data bus carries garbage.
 *
 * @param words       the input words of all frames, as wide as the input stream
 * @param frames      number of frames, at least 1; {@code words} holds exactly so many
 * @param stall       probability, 0 to below 1, that a cycle offers no new input word, and likewise that it is not
 *                    ready for an output word
 * @param seed        of the stalls and of the registers that have no reset
 * @param quietCycles most cycles that the design, never stalled, lets pass without a word accepted or given; when
 *                    clearly more pass, the run ends with an error
 * @param vcd         where to write the waves of the run, or null
 */
public record Stimulus(
        WordStream words, int frames, double stall, long seed, long quietCycles, @Nullable Path vcd) {
    public Stimulus {
        if (frames < 1) {
            throw new IllegalArgumentException(frames + " frames: at least 1 is needed");
        }
        if (!(stall >= 0 && stall < 1)) {
            throw new IllegalArgumentException("a stall probability of " + stall + ": it must be at least 0 and below 1");
        }
        if (quietCycles < 1) {
            throw new IllegalArgumentException("a bound of " + quietCycles + " quiet cycles: at least 1 is needed");
        }
    }

    /** An accelerator that is fed and emptied moves a word at least once in this many cycles. */
    public static long quietCycles(Accelerator accelerator) {
        return accelerator.latencyCycles() + accelerator.intervalCycles() + 100;
    }

    /** Cycles without a word on either stream after which the run has failed: the design's own and long stalls. */
    long watchdogCycles() {
        return quietCycles + (long) Math.ceil(64 / (1 - stall));
    }

    /** Cycles for which a finished design is watched for a word too many. */
    int drainCycles() {
        return (int) Math.min(watchdogCycles(), 1_000);
    }

    long outputWords(RtlDesign design) {
        return (long) frames * design.output().wordsPerFrame();
    }

    /** Refuses words that are not exactly {@code frames} frames of the design's input stream. */
    void requireFit(RtlDesign design) {
        StreamPort input = design.input();
        if (words.bits() != input.bits() || words.count() != (long) frames * input.wordsPerFrame()) {
            throw new IllegalArgumentException(words + " for " + frames + " frames of " + input.wordsPerFrame()
                    + " words of " + input.bits() + " bits");
        }
    }
}
