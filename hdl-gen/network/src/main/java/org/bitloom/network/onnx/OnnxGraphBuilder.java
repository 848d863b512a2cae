package org.bitloom.network.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a graph down node by node; every call returns the name of the value it makes. Names are given in order of the
 * calls, so the same calls give the same graph.
 *
 * <pre>{@code
 * OnnxGraphBuilder graph = new OnnxGraphBuilder();
 * String x = graph.input("pixels", 1, 784);
 * String w = graph.floats(List.of(784, 10), weights);
 * OnnxModel model = graph.output(graph.node("MatMul", List.of(x, w)), 1, 10).model("trainer", 17);
 * }</pre>
 */
public final class OnnxGraphBuilder {
    /** The operator set of Quant, BipolarQuant and Trunc. */
    public static final String QONNX = "qonnx.custom_op.general";

    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> initializers = new ArrayList<>();
    private final List<OnnxValue> inputs = new ArrayList<>();
    private final List<OnnxValue> outputs = new ArrayList<>();
    private int values;

    /** A float input of the graph. */
    public String input(String name, long... shape) {
        inputs.add(OnnxValue.of(name, ElementType.FLOAT, shape));
        return name;
    }

    /** A float constant; no size at all for a scalar. */
    public String floats(List<Integer> shape, float... contents) {
        return constant(OnnxTensor.floats("constant_" + values++, shape, contents));
    }

    public String scalar(float value) {
        return floats(List.of(), value);
    }

    /** An integer vector, for example a shape. */
    public String longs(long... contents) {
        return constant(OnnxTensor.longs("constant_" + values++, List.of(contents.length), contents));
    }

    public String constant(OnnxTensor tensor) {
        initializers.add(tensor);
        return tensor.name();
    }

    /** A standard operator with one output. */
    public String node(String opType, List<String> from, OnnxAttribute... attributes) {
        return node("", opType, from, attributes);
    }

    /** An operator of any operator set with one output. */
    public String node(String domain, String opType, List<String> from, OnnxAttribute... attributes) {
        String output = "value_" + values++;
        nodes.add(OnnxNode.ofDomain(domain, opType + "_" + nodes.size(), opType, from, output, attributes));
        return output;
    }

    /** A node as it is. */
    public OnnxGraphBuilder add(OnnxNode node) {
        nodes.add(node);
        return this;
    }

    /** Declares a value to be an output of the graph. */
    public OnnxGraphBuilder output(String value, long... shape) {
        outputs.add(OnnxValue.of(value, ElementType.FLOAT, shape));
        return this;
    }

    public OnnxGraph graph(String name) {
        return new OnnxGraph(name, nodes, initializers, inputs, outputs);
    }

    /** The file: imports the standard operator set of the given version, and QONNX's version 1. */
    public OnnxModel model(String producer, long opset) {
        return OnnxModel.of(producer, List.of(new OnnxOpset("", opset), new OnnxOpset(QONNX, 1)), graph(producer));
    }
}
