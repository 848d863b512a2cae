package org.bitloom.network.onnx;

import java.util.List;
import org.bitloom.network.model.Operator;

/** What one ONNX node becomes: an operator and the names of its data inputs. */
record Translation(Operator operator, List<String> inputs) {
    Translation {
        inputs = List.copyOf(inputs);
    }

    /** How nodes of one operator type are translated. */
    interface Rule {
        Translation of(NodeView node);
    }

    static Translation of(Operator operator, NodeView node, int dataInputs) {
        return new Translation(operator, node.node().inputs().subList(0, dataInputs));
    }
}
