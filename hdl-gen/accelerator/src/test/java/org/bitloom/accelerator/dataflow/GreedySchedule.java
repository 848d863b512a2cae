package org.bitloom.accelerator.dataflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When frames leave if the source always offers a word, by following the control until it repeats: slow, and obviously
 * what a simulation without stalls shows.
 *
 * @param cycles after which everything repeats
 * @param frames that leave in them; 0 where nothing ever leaves any more
 */
record GreedySchedule(long cycles, long frames) {
    static GreedySchedule of(Dataflow dataflow) {
        ControlSimulation control = new ControlSimulation(dataflow);
        Map<List<Long>, long[]> seen = new HashMap<>();
        int outputWords = dataflow.output().words();
        int words = 0;
        long frames = 0;
        for (long cycle = 0; ; cycle++) {
            control.settle(true);
            boolean done = control.gives() && ++words == outputWords;
            control.clock();
            if (control.isStill()) {
                return new GreedySchedule(1, 0);
            }
            if (done) {
                words = 0;
                frames++;
                long[] before = seen.putIfAbsent(control.state(), new long[] {cycle, frames});
                if (before != null) {
                    return new GreedySchedule(cycle - before[0], frames - before[1]);
                }
            }
        }
    }

    /** Whether frames leave at least every so many cycles. */
    boolean keeps(long interval) {
        return cycles <= interval * frames;
    }
}
