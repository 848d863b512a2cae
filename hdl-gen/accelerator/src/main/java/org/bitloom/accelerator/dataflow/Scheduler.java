package org.bitloom.accelerator.dataflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.hdl.stream.Timing;

/**
 * Exact cycles of a dataflow: when the first frame leaves, and whether frames can follow each other at a given distance.
 *
 * <p>When words move depends on words and space alone and never on values, and what comes later leaves later: a dataflow
 * is a max-plus linear system (Baccelli et al., Synchronization and Linearity, 1992). So it keeps up with a source that
 * always offers words exactly as fast as it keeps up with one that offers a frame every so many cycles; the latter
 * becomes periodic after few frames.
 */
final class Scheduler {
    /** Frames beyond those that are under way at once, in which the delay of a frame must have settled. */
    private static final int SETTLING_FRAMES = 8;

    private Scheduler() {}

    /** Cycles from the first input word to the last output word of the first frame; −1 where it never leaves. */
    static long latency(Dataflow dataflow) {
        ControlSimulation control = new ControlSimulation(dataflow);
        int words = dataflow.output().words();
        long firstInput = -1;
        for (long cycle = 0; ; cycle++) {
            control.settle(true);
            firstInput = firstInput < 0 && control.takes() ? cycle : firstInput;
            if (control.gives() && --words == 0) {
                return cycle - firstInput;
            }
            control.clock();
            if (control.isStill()) {
                return -1;
            }
        }
    }

    /**
     * Whether frames that are offered every {@code period} cycles leave at that distance, none later after its offer than
     * the one before, once the dataflow has filled.
     *
     * @param latency of the first frame
     */
    static boolean sustains(Dataflow dataflow, ControlSimulation control, long period, long latency) {
        int inputWords = dataflow.input().words();
        long frames = 3 * (latency / period + 1) + SETTLING_FRAMES;
        int outputWords = dataflow.output().words();
        List<Long> before = List.of();
        long waiting = 0;
        long given = 0;
        Delays delays = new Delays();
        for (long frame = 1; frame <= frames; frame++) {
            waiting += inputWords;
            for (long cycle = (frame - 1) * period; cycle < frame * period; cycle++) {
                control.settle(waiting > 0);
                waiting -= control.takes() ? 1 : 0;
                if (control.gives() && ++given % outputWords == 0
                        && delays.growSteadily(cycle - given / outputWords * period)) {
                    return false;
                }
                control.clock();
            }
            if (waiting > 0 && control.isStill()) {
                return false;
            }
            List<Long> state = control.state();
            state.add(waiting);
            if (state.equals(before)) {
                return true;
            }
            before = state;
        }
        return false;
    }

    /** How late frames leave after they were offered. */
    private static final class Delays {
        /** After so many equal delays more a path of the schedule goes round a cycle that is too slow. */
        private static final int STEADY = 4;

        private long last = Long.MAX_VALUE;
        private long growth;
        private int steady;

        boolean growSteadily(long delay) {
            long grown = last == Long.MAX_VALUE ? 0 : delay - last;
            steady = grown > 0 && grown == growth ? steady + 1 : 0;
            growth = grown;
            last = delay;
            return steady >= STEADY;
        }
    }

    /** Cycles a frame that a stage takes when its inputs always offer words and its outputs always take them. */
    static long intervalAlone(Node node) {
        Timing timing = node.stage().timing();
        int inputs = (1 << node.inputs().size()) - 1;
        int outputs = (1 << node.outputs().size()) - 1;
        int frameWords = node.outputs().getFirst().words();
        Map<List<Long>, Frame> seen = new HashMap<>();
        long frames = 0;
        int words = 0;
        for (long cycle = 0; ; cycle++) {
            boolean gives = (timing.valid(inputs) & 1) != 0;
            timing.clock(inputs, outputs);
            if (gives && ++words == frameWords) {
                words = 0;
                frames++;
                Frame before = seen.putIfAbsent(ControlSimulation.stateOf(timing), new Frame(cycle, frames));
                if (before != null) {
                    return Math.ceilDiv(cycle - before.cycle(), frames - before.number());
                }
            }
        }
    }

    private record Frame(long cycle, long number) {}
}
