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
    /** How often a state in which nothing moves is looked at, in cycles. */
    private static final int LOOK_EVERY = 1 << 10;

    /** Frames beyond those that are under way at once, in which the delay of a frame must have settled. */
    private static final int SETTLING_FRAMES = 8;

    private Scheduler() {}

    /** Cycles from the first input word to the last output word of the first frame; −1 where it never leaves. */
    static long latency(Dataflow dataflow) {
        ControlSimulation control = new ControlSimulation(dataflow);
        int words = dataflow.output().words();
        long firstInput = -1;
        int quiet = 0;
        for (long cycle = 0; ; cycle++) {
            quiet = control.settle(true) ? 0 : quiet + 1;
            firstInput = firstInput < 0 && control.takes() ? cycle : firstInput;
            if (control.gives() && --words == 0) {
                return cycle - firstInput;
            }
            if (quiet >= LOOK_EVERY && quiet % LOOK_EVERY == 0) {
                List<Long> before = control.state();
                control.clock();
                if (control.state().equals(before)) {
                    return -1;
                }
            } else {
                control.clock();
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
        List<Long> before = List.of();
        long waiting = 0;
        for (long frame = 1; frame <= frames; frame++) {
            waiting += inputWords;
            for (long cycle = 0; cycle < period; cycle++) {
                control.settle(waiting > 0);
                waiting -= control.takes() ? 1 : 0;
                control.clock();
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
