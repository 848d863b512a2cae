package org.bitloom.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.jspecify.annotations.Nullable;

/**
 * A run beside what was expected of it.
 *
 * @param frames                 frames that ran
 * @param stalled                whether words were withheld
 * @param values                 output values compared, over all frames
 * @param mismatches             values that differ from the golden ones
 * @param first                  the first few of them
 * @param intervalCycles         as in {@link Trace#intervalCycles()}; null too when the run was stalled
 * @param latencyCycles          as in {@link Trace#latencyCycles()}
 * @param predictedIntervalCycles what the timing model says for a run without stalls, or null
 * @param predictedLatencyCycles likewise
 * @param outputs                the output vector of each frame
 */
public record SimulationResult(
        int frames,
        boolean stalled,
        long values,
        long mismatches,
        List<Mismatch> first,
        @Nullable Long intervalCycles,
        long latencyCycles,
        @Nullable Long predictedIntervalCycles,
        @Nullable Long predictedLatencyCycles,
        List<long[]> outputs) {
    private static final int MISMATCHES_KEPT = 10;

    /** One output value that is not the golden one. */
    public record Mismatch(int frame, int index, long expected, long actual) {
        @Override
        public String toString() {
            return "frame " + frame + ", output " + index + ": " + actual + " instead of " + expected;
        }
    }

    public SimulationResult {
        first = List.copyOf(first);
        outputs = List.copyOf(outputs);
    }

    /** True when no cycle differs from its prediction; a stalled run is predicted nothing. */
    public boolean asPredicted() {
        return stalled
                || (intervalCycles == null
                                || predictedIntervalCycles == null
                                || intervalCycles.equals(predictedIntervalCycles))
                        && (predictedLatencyCycles == null || latencyCycles == predictedLatencyCycles);
    }

    /** True when every output value is the golden one. */
    public boolean exact() {
        return mismatches == 0;
    }

    /**
     * Compares every output value of a run.
     *
     * @param golden the expected output vector of each frame
     */
    public static SimulationResult compare(Trace trace, Stimulus stimulus, FrameFormat format, List<long[]> golden,
            @Nullable Long predictedIntervalCycles, @Nullable Long predictedLatencyCycles) {
        if (golden.size() != trace.frames()
                || trace.outputWords().count() != (long) trace.frames() * format.words()) {
            throw new IllegalArgumentException(golden.size() + " golden frames of " + format.words()
                    + " words for a trace of " + trace.frames() + " frames and " + trace.outputWords());
        }
        List<Mismatch> first = new ArrayList<>();
        List<long[]> outputs = new ArrayList<>();
        long mismatches = 0;
        for (int frame = 0; frame < trace.frames(); frame++) {
            long[] actual = unpack(format, trace.outputWords(), frame);
            long[] expected = golden.get(frame);
            if (expected.length != actual.length) {
                throw new IllegalArgumentException(
                        "golden frame " + frame + " has " + expected.length + " values, not " + actual.length);
            }
            for (int i = 0; i < actual.length; i++) {
                if (actual[i] != expected[i]) {
                    mismatches++;
                    if (first.size() < MISMATCHES_KEPT) {
                        first.add(new Mismatch(frame, i, expected[i], actual[i]));
                    }
                }
            }
            outputs.add(actual);
        }
        OptionalLong interval = stimulus.stall() == 0 ? trace.intervalCycles() : OptionalLong.empty();
        return new SimulationResult(trace.frames(), stimulus.stall() > 0, (long) trace.frames() * format.values(), mismatches, first,
                interval.isPresent() ? interval.getAsLong() : null, trace.latencyCycles(), predictedIntervalCycles,
                predictedLatencyCycles, outputs);
    }

    private static long[] unpack(FrameFormat format, WordStream words, int frame) {
        int first = Math.multiplyExact(frame, format.words());
        return format.unpack((word, low, width) -> words.field(first + word, low, width));
    }
}
