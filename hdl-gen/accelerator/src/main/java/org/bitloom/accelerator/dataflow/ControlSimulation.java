package org.bitloom.accelerator.dataflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Dataflow.Port;
import org.bitloom.hdl.stream.Timing;

/** The control of a dataflow, cycle by cycle and without data. The sink always takes a word. */
final class ControlSimulation {
    private final Timing[] timings;
    private final int[][] inputLinks;
    private final int[][] outputLinks;

    /** Whether a word stands on, and is taken from, each stream; stream 0 comes from outside, the last goes there. */
    private final boolean[] valid;

    private final boolean[] ready;
    private final int[] inputValid;
    private final int last;

    ControlSimulation(Dataflow dataflow) {
        List<Node> nodes = dataflow.nodes();
        timings = nodes.stream().map(node -> node.stage().timing()).toArray(Timing[]::new);
        inputLinks = new int[timings.length][];
        outputLinks = new int[timings.length][];
        inputValid = new int[timings.length];
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

    /** Works out valid forwards and ready backwards, with or without a word offered; whether any word moves. */
    boolean settle(boolean word) {
        valid[0] = word;
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

    /** Goes on to the next cycle. */
    void clock() {
        for (int i = 0; i < timings.length; i++) {
            timings[i].clock(inputValid[i], taken(i));
        }
    }

    /** All that the following cycles depend on. */
    List<Long> state() {
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
