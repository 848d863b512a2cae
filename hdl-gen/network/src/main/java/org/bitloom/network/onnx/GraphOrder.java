package org.bitloom.network.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.bitloom.network.NetworkException;

/**
 * Checks that a graph is one: every value has exactly one maker, every read value exists, nothing depends on itself.
 * The result lists the nodes that the outputs depend on, makers before readers, otherwise in file order.
 */
final class GraphOrder {
    private final OnnxGraph graph;
    /** Index of the node that makes a value; {@link #GIVEN} for inputs and initializers. */
    private final Map<String, Integer> makers = new HashMap<>();
    private static final int GIVEN = -1;

    private GraphOrder(OnnxGraph graph) {
        this.graph = graph;
    }

    static List<OnnxNode> of(OnnxGraph graph) {
        GraphOrder order = new GraphOrder(graph);
        order.collectMakers();
        List<Integer> sorted = order.sort();
        Set<Integer> live = order.live(sorted);
        return sorted.stream().filter(live::contains).map(graph.nodes()::get).toList();
    }

    private void collectMakers() {
        Set<String> initializers = new HashSet<>();
        for (OnnxTensor tensor : graph.initializers()) {
            if (tensor.name().isEmpty() || !initializers.add(tensor.name())) {
                throw twice("initializer", tensor.name());
            }
            makers.put(tensor.name(), GIVEN);
        }
        Set<String> inputs = new HashSet<>();
        for (OnnxValue input : graph.inputs()) {
            if (input.name().isEmpty() || !inputs.add(input.name())) {
                throw twice("input", input.name());
            }
            makers.put(input.name(), GIVEN);
        }
        for (int i = 0; i < graph.nodes().size(); i++) {
            OnnxNode node = graph.nodes().get(i);
            for (String output : node.outputs()) {
                if (!output.isEmpty() && makers.put(output, i) != null) {
                    throw NetworkException.at(node.label(), "makes the value " + OnnxNode.quoted(output)
                            + ", which exists already", "every value must have one maker; export the model again");
                }
            }
        }
    }

    private static NetworkException twice(String what, String name) {
        return new NetworkException(name.isEmpty() ? "an " + what + " has no name; export the model again"
                : "two " + what + "s are called " + OnnxNode.quoted(name) + "; export the model again");
    }

    /** Kahn's algorithm; among nodes that are ready the first in the file goes first. */
    private List<Integer> sort() {
        int count = graph.nodes().size();
        int[] waitingFor = new int[count];
        List<List<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readers.add(new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            OnnxNode node = graph.nodes().get(i);
            for (String input : new LinkedHashSet<>(node.inputs())) {
                Integer maker = makers.get(input);
                if (maker == null && !input.isEmpty()) {
                    throw NetworkException.at(node.label(), "reads " + OnnxNode.quoted(input)
                            + ", which nothing makes", "export the model again");
                }
                if (maker != null && maker != GIVEN) {
                    readers.get(maker).add(i);
                    waitingFor[i]++;
                }
            }
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < count; i++) {
            if (waitingFor[i] == 0) {
                ready.add(i);
            }
        }
        List<Integer> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int next = ready.remove();
            sorted.add(next);
            for (int reader : readers.get(next)) {
                if (--waitingFor[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        if (sorted.size() < count) {
            throw cycle(waitingFor);
        }
        return sorted;
    }

    /** Follows makers backwards from any blocked node: a node met twice lies on a cycle. */
    private NetworkException cycle(int[] waitingFor) {
        int node = 0;
        while (waitingFor[node] == 0) {
            node++;
        }
        Set<Integer> seen = new HashSet<>();
        while (seen.add(node)) {
            for (String input : graph.nodes().get(node).inputs()) {
                int maker = makers.getOrDefault(input, GIVEN);
                if (maker != GIVEN && waitingFor[maker] > 0) {
                    node = maker;
                    break;
                }
            }
        }
        return NetworkException.at(graph.nodes().get(node).label(), "depends on its own output",
                "a model must have no cycle; unroll the recurrence before the export");
    }

    private Set<Integer> live(List<Integer> sorted) {
        if (graph.outputs().isEmpty()) {
            throw new NetworkException("the graph has no output; export the model again");
        }
        Set<String> wanted = new HashSet<>();
        for (OnnxValue output : graph.outputs()) {
            Integer maker = makers.get(output.name());
            if (maker == null || output.name().isEmpty()) {
                throw new NetworkException("nothing makes the output " + OnnxNode.quoted(output.name())
                        + "; export the model again");
            }
            wanted.add(output.name());
        }
        Set<Integer> live = new HashSet<>();
        for (int i = sorted.size() - 1; i >= 0; i--) {
            OnnxNode node = graph.nodes().get(sorted.get(i));
            if (node.outputs().stream().anyMatch(wanted::contains)) {
                live.add(sorted.get(i));
                wanted.addAll(node.inputs());
                wanted.remove("");
            }
        }
        return live;
    }
}
