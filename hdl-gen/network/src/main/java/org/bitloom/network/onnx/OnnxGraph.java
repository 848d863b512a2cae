package org.bitloom.network.onnx;

import java.util.List;

/**
 * The graph of a model, in file order and unchecked: names may clash and nodes may be out of order until
 * {@link OnnxImporter} has looked at it.
 *
 * @param inputs  graph inputs; files of IR version 3 also list the initializers here
 * @param outputs graph outputs
 * @param values  types and shapes that the file states for inner values
 */
public record OnnxGraph(
        String name,
        List<OnnxNode> nodes,
        List<OnnxTensor> initializers,
        List<OnnxValue> inputs,
        List<OnnxValue> outputs,
        List<OnnxValue> values) {

    public OnnxGraph {
        nodes = List.copyOf(nodes);
        initializers = List.copyOf(initializers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        values = List.copyOf(values);
    }

    public OnnxGraph(String name, List<OnnxNode> nodes, List<OnnxTensor> initializers, List<OnnxValue> inputs,
            List<OnnxValue> outputs) {
        this(name, nodes, initializers, inputs, outputs, List.of());
    }
}
