package org.bitloom.accelerator.dataflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Dataflow.Port;
import org.bitloom.hdl.stream.Timing;

/**
 * The control of a dataflow, cycle by cycle and without data. The sink always takes a word. Only those nodes are looked at
 * whose state or streams have changed; those that rest are not until they wake.
 */
final class ControlSimulation {
    private final Timing[] timings;
    private final int[][] inputLinks;
    private final int[][] outputLinks;

    /** The nodes at either end of each stream; stream 0 comes from outside, the last goes there. */
    private final int[] producer;

    private final int[] consumer;

    /** Whether a word stands on, and is taken from, each stream. */
    private final boolean[] valid;

    private final boolean[] ready;

    /** Its state or one of its streams has changed. */
    private final boolean[] active;

    /** In which cycle a resting node began to rest, and in which it wakes; not resting where both are equal. */
    private final long[] restsFrom;

    private final long[] wakes;
    private final int last;
    private long cycle;

    ControlSimulation(Dataflow dataflow) {
        List<Node> nodes = dataflow.nodes();
        int count = nodes.size();
        timings = nodes.stream().map(node -> node.stage().timing()).toArray(Timing[]::new);
        inputLinks = new int[count][];
        outputLinks = new int[count][];
        active = new boolean[count];
        Arrays.fill(active, true);
        restsFrom = new long[count];
        wakes = new long[count];
        Map<Port, Integer> links = new HashMap<>(Map.of(Port.INPUT, 0));
        for (int i = 0; i < count; i++) {
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
        ready[last] = true;
        producer = new int[links.size()];
        consumer = new int[links.size()];
        for (int i = 0; i < count; i++) {
            for (int link : inputLinks[i]) {
                consumer[link] = i;
            }
            for (int link : outputLinks[i]) {
                producer[link] = i;
            }
        }
    }

    /** Works out valid forwards and ready backwards, with or without a word offered. */
    void settle(boolean offered) {
        if (valid[0] != offered) {
            valid[0] = offered;
            active[consumer[0]] = true;
        }
        for (int i = 0; i < timings.length; i++) {
            if (active[i] && wakes[i] <= cycle) {
                int given = timings[i].valid(mask(valid, inputLinks[i]));
                int[] outputs = outputLinks[i];
                for (int k = 0; k < outputs.length; k++) {
                    boolean now = (given >>> k & 1) != 0;
                    if (valid[outputs[k]] != now) {
                        valid[outputs[k]] = now;
                        if (outputs[k] != last) {
                            active[consumer[outputs[k]]] = true;
                        }
                    }
                }
            }
        }
        for (int i = timings.length - 1; i >= 0; i--) {
            if (active[i] && wakes[i] <= cycle) {
                int accepted = timings[i].ready(mask(valid, inputLinks[i]), mask(ready, outputLinks[i]));
                int[] inputs = inputLinks[i];
                for (int k = 0; k < inputs.length; k++) {
                    boolean now = (accepted >>> k & 1) != 0;
                    if (ready[inputs[k]] != now) {
                        ready[inputs[k]] = now;
                        if (inputs[k] != 0) {
                            active[producer[inputs[k]]] = true;
                        }
                    }
                }
            }
        }
    }

    private static int mask(boolean[] signals, int[] links) {
        int mask = 0;
        for (int k = 0; k < links.length; k++) {
            mask |= signals[links[k]] ? 1 << k : 0;
        }
        return mask;
    }

    /** Whether the word that is offered is taken in this cycle. */
    boolean takes() {
        return valid[0] && ready[0];
    }

    /** Whether a word leaves in this cycle. */
    boolean gives() {
        return valid[last];
    }

    Timing timing(int node) {
        return timings[node];
    }

    /** Whether nothing will ever change, unless what is offered does. */
    boolean isStill() {
        for (int i = 0; i < timings.length; i++) {
            if (active[i] || wakes[i] > cycle) {
                return false;
            }
        }
        for (int link = 0; link < valid.length; link++) {
            if (valid[link] && ready[link]) {
                return false; // a steady flow of words need not change any state
            }
        }
        return true;
    }

    /** Goes on to the next cycle. */
    void clock() {
        for (int i = 0; i < timings.length; i++) {
            if (active[i] && wakes[i] <= cycle) {
                int rest = timings[i].rest();
                if (rest > 1) {
                    restsFrom[i] = cycle;
                    wakes[i] = cycle + rest;
                } else {
                    active[i] = timings[i].clock(mask(valid, inputLinks[i]), mask(ready, outputLinks[i]));
                }
            }
        }
        cycle++;
        for (int i = 0; i < timings.length; i++) {
            if (wakes[i] == cycle) {
                catchUp(i);
                active[i] = true;
            }
        }
    }

    private void catchUp(int node) {
        timings[node].skip((int) (cycle - restsFrom[node]));
        restsFrom[node] = cycle;
    }

    /** All that the following cycles depend on. */
    List<Long> state() {
        for (int i = 0; i < timings.length; i++) {
            if (wakes[i] > cycle) {
                catchUp(i);
            }
        }
        return stateOf(timings);
    }

    static List<Long> stateOf(Timing... timings) {
        List<Long> numbers = new ArrayList<>();
        for (Timing timing : timings) {
            timing.state(numbers::add);
        }
        return numbers;
    }
}
