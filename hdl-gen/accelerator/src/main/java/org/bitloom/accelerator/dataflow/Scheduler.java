package org.bitloom.accelerator.dataflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Dataflow.Port;
import org.bitloom.hdl.stream.Timing;

/**
 * Follows the control of a dataflow cycle by cycle, without data, until it repeats: exact interval and latency. The
 * source always offers a word and the sink always takes one.
 */
public final class Scheduler {
    /** How often a state in which nothing moves is looked at, in cycles. */
    private static final int LOOK_EVERY = 1 << 10;

    private final Timing[] timings;
    private final int[][] inputLinks;
    private final int[][] outputLinks;
    private final int outputWords;

    /** Whether a word stands on, and is taken from, each stream; stream 0 comes from outside, the last goes there. */
    private final boolean[] valid;

    private final boolean[] ready;
    private final int[] inputValid;
    private final int last;

    private Scheduler(Dataflow dataflow) {
        List<Node> nodes = dataflow.nodes();
        timings = nodes.stream().map(node -> node.stage().timing()).toArray(Timing[]::new);
        inputLinks = new int[timings.length][];
        outputLinks = new int[timings.length][];
        inputValid = new int[timings.length];
        outputWords = dataflow.output().words();
        Map<Port, Integer> links = new HashMap<>(Map.of(Port.INPUT, 0));
        for (int i = 0; i < timings.length; i++) {
            Node node = nodes.get(i);
            inputLinks[i] = node.inputs().stream().mapToInt(links::get).toArray();
            outputLinks[i] = new int[node.outputs().size()];
            for (int output = 0; output < outputLinks[i].length; output++) {
                outputLinks[i][output] = links.size();
                links.put(new Port(i, output), links.size());
            }
        }
        last = links.size() - 1;
        valid = new boolean[links.size()];
        ready = new boolean[links.size()];
    }

    /** The schedule of a dataflow. */
    public static Schedule schedule(Dataflow dataflow) {
        return new Scheduler(dataflow).run();
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
                Frame before = seen.putIfAbsent(state(timing), new Frame(cycle, frames));
                if (before != null) {
                    return Math.ceilDiv(cycle - before.cycle(), frames - before.number());
                }
            }
        }
    }

    private record Frame(long cycle, long number) {}

    private Schedule run() {
        Map<List<Long>, Frame> seen = new HashMap<>();
        long latency = -1;
        long firstInput = -1;
        long frames = 0;
        int words = 0;
        int quiet = 0;
        for (long cycle = 0; ; cycle++) {
            boolean moves = settle();
            if (firstInput < 0 && ready[0]) {
                firstInput = cycle;
            }
            quiet = moves ? 0 : quiet + 1;
            if (quiet >= LOOK_EVERY && quiet % LOOK_EVERY == 0) {
                List<Long> before = state();
                clock();
                if (state().equals(before)) {
                    return Schedule.DEADLOCK;
                }
            } else {
                clock();
            }
            if (valid[last] && ++words == outputWords) {
                words = 0;
                frames++;
                latency = frames == 1 ? cycle - firstInput : latency;
                Frame before = seen.putIfAbsent(state(), new Frame(cycle, frames));
                if (before != null) {
                    return new Schedule(latency, cycle - before.cycle(), frames - before.number());
                }
            }
        }
    }

    /** Works out valid forwards and ready backwards; whether any word moves. */
    private boolean settle() {
        valid[0] = true;
        for (int i = 0; i < timings.length; i++) {
            int offered = 0;
            int[] inputs = inputLinks[i];
            for (int k = 0; k < inputs.length; k++) {
                offered |= valid[inputs[k]] ? 1 << k : 0;
            }
            inputValid[i] = offered;
            int given = timings[i].valid(offered);
            int[] outputs = outputLinks[i];
            for (int k = 0; k < outputs.length; k++) {
                valid[outputs[k]] = (given >>> k & 1) != 0;
            }
        }
        ready[last] = true;
        boolean moves = valid[last];
        for (int i = timings.length - 1; i >= 0; i--) {
            int accepted = timings[i].ready(inputValid[i], taken(i));
            int[] inputs = inputLinks[i];
            for (int k = 0; k < inputs.length; k++) {
                ready[inputs[k]] = (accepted >>> k & 1) != 0;
                moves |= ready[inputs[k]] && valid[inputs[k]];
            }
        }
        return moves;
    }

    private int taken(int node) {
        int taken = 0;
        int[] outputs = outputLinks[node];
        for (int k = 0; k < outputs.length; k++) {
            taken |= ready[outputs[k]] ? 1 << k : 0;
        }
        return taken;
    }

    private void clock() {
        for (int i = 0; i < timings.length; i++) {
            timings[i].clock(inputValid[i], taken(i));
        }
    }

    private List<Long> state() {
        return state(timings);
    }

    private static List<Long> state(Timing... timings) {
        List<Long> numbers = new ArrayList<>();
        for (Timing timing : timings) {
            timing.state(numbers::add);
        }
        return numbers;
    }
}
