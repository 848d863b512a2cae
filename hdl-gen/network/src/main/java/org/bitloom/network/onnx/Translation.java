package org.bitloom.network.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Operator;

/**
 * What one ONNX node becomes: an operator and the names of its data inputs; where the node has its axes in another order
 * than the operator, with movements of some inputs before it, and of its output after it.
 *
 * @param before by position of the input
 */
record Translation(Operator operator, List<String> inputs, Map<Integer, Movement> before, List<Movement> after) {
    Translation {
        inputs = List.copyOf(inputs);
        before = new TreeMap<>(before);
        after = List.copyOf(after);
    }

    Translation(Operator operator, List<String> inputs) {
        this(operator, inputs, Map.of(), List.of());
    }

    /** How nodes of one operator type are translated. */
    interface Rule {
        Translation of(NodeView node);
    }

    static Translation of(Operator operator, NodeView node, int dataInputs) {
        return new Translation(operator, node.node().inputs().subList(0, dataInputs));
    }

    /** With one input moved before the operator. */
    Translation moving(int input, Movement movement) {
        Map<Integer, Movement> more = new TreeMap<>(before);
        more.put(input, movement);
        return new Translation(operator, inputs, more, after);
    }

    /** With the output moved. */
    Translation followedBy(Movement movement) {
        List<Movement> more = new ArrayList<>(after);
        more.add(movement);
        return new Translation(operator, inputs, before, more);
    }
}
