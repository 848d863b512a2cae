package org.bitloom.network.integer;

import java.util.List;
import org.bitloom.network.NetworkException;

/**
 * One step of a network. Inputs are indexes of earlier layers, or {@link IntegerNetwork#INPUT}. The name is an
 * identifier (see {@link LayerNames}), because files, Verilog modules and reports are named after it.
 */
public record Layer(String name, Operation operation, List<Integer> inputs) {
    public Layer {
        LayerNames.requireIdentifier(name);
        inputs = List.copyOf(inputs);
        if (inputs.size() != operation.arity()) {
            throw new NetworkException("layer " + name + ": " + operation.getClass().getSimpleName() + " takes "
                    + operation.arity() + " inputs, not " + inputs.size());
        }
    }

    public Layer(String name, Operation operation, int input) {
        this(name, operation, List.of(input));
    }
}
