package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.hdl.stream.Timing;

/**
 * Follows the control of a pipeline cycle by cycle, without data, until it repeats: exact interval and latency. The
 * source always offers a word and the sink always takes one.
 */
final class PipelineTiming {
    /** No block works longer on what it has taken without a word moving. */
    private static final int QUIET_CYCLES = 1 << 24;

    private PipelineTiming() {}

    /**
     * @param latencyCycles  first input word to last output word of the first frame
     * @param periodCycles   cycles after which everything repeats
     * @param periodFrames   frames that leave in them
     */
    record Schedule(long latencyCycles, long periodCycles, long periodFrames) {
        /** Cycles between the last words of consecutive frames; rounded up where they are not all equal. */
        long intervalCycles() {
            return Math.ceilDiv(periodCycles, periodFrames);
        }

        boolean fasterThan(Schedule other) {
            return periodCycles * other.periodFrames < other.periodCycles * periodFrames;
        }
    }

    private record State(List<Long> numbers) {}

    static Schedule schedule(List<Stage> stages, int outputWords) {
        Timing[] timings = stages.stream().map(Stage::timing).toArray(Timing[]::new);
        boolean[] ready = new boolean[timings.length + 1];
        boolean[] valid = new boolean[timings.length + 1];
        Map<State, long[]> seen = new HashMap<>();
        long latency = -1;
        long frames = 0;
        long words = 0;
        long firstInput = -1;
        int quiet = 0;
        for (long cycle = 0; ; cycle++) {
            valid[0] = true;
            for (int i = 0; i < timings.length; i++) {
                valid[i + 1] = timings[i].valid(valid[i] ? 1 : 0) != 0;
            }
            ready[timings.length] = true;
            for (int i = timings.length - 1; i >= 0; i--) {
                ready[i] = timings[i].ready(valid[i] ? 1 : 0, ready[i + 1] ? 1 : 0) != 0;
            }
            if (ready[0] && firstInput < 0) {
                firstInput = cycle;
            }
            boolean moved = false;
            for (int i = 0; i <= timings.length; i++) {
                moved |= valid[i] && ready[i];
            }
            quiet = moved ? 0 : quiet + 1;
            if (quiet > QUIET_CYCLES) {
                throw new IllegalStateException("no word moves any more after cycle " + cycle + " of " + stages);
            }
            boolean frameDone = false;
            if (valid[timings.length] && ++words == outputWords) {
                words = 0;
                frames++;
                frameDone = true;
                latency = frames == 1 ? cycle - firstInput : latency;
            }
            for (int i = 0; i < timings.length; i++) {
                timings[i].clock(valid[i] ? 1 : 0, ready[i + 1] ? 1 : 0);
            }
            if (frameDone) {
                List<Long> numbers = new ArrayList<>();
                Arrays.stream(timings).forEach(timing -> timing.state(numbers::add));
                State state = new State(List.copyOf(numbers));
                long[] before = seen.putIfAbsent(state, new long[] {cycle, frames});
                if (before != null) {
                    return new Schedule(latency, cycle - before[0], frames - before[1]);
                }
            }
        }
    }
}
