package org.bitloom.compression.quantize;

import java.util.HashMap;
import java.util.Map;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.jspecify.annotations.Nullable;

/** Which nodes of a model read a value. */
final class Readers {
    private final Map<String, Node> only = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    Readers(Model model) {
        for (Node node : model.nodes()) {
            for (String input : node.inputs()) {
                only.put(input, node);
                counts.merge(input, 1, Integer::sum);
            }
        }
        for (String output : model.outputs()) {
            counts.merge(output, 2, Integer::sum);
        }
    }

    /** The one node that reads a value, once, where it is no output of the model; null where there is no such. */
    @Nullable Node onlyReader(String value) {
        return counts.getOrDefault(value, 0) == 1 ? only.get(value) : null;
    }
}
