package org.bitloom.network.model;

import java.util.List;

/**
 * One operator application in a model. Inputs and outputs are value names.
 *
 * @param name  unique within the model
 * @param label how messages speak of it, for example {@code node 'fc1' (MatMul)}
 */
public record Node(String name, String label, Operator operator, List<String> inputs, List<String> outputs) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The first output; the only one of every operator but TopK and Split. */
    public String output() {
        return outputs.getFirst();
    }
}
