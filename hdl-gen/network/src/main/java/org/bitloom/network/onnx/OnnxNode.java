package org.bitloom.network.onnx;

import java.util.List;
import java.util.Optional;
import org.bitloom.network.protobuf.SafeText;

/**
 * One operator application. An optional input that is left out has the empty name.
 *
 * @param name   the node's own name, often empty
 * @param domain the operator set it belongs to; empty for standard operators
 */
public record OnnxNode(
        String name,
        String opType,
        String domain,
        List<String> inputs,
        List<String> outputs,
        List<OnnxAttribute> attributes) {

    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    /** A node of the standard operator set. */
    public static OnnxNode of(String name, String opType, List<String> inputs, String output,
            OnnxAttribute... attributes) {
        return new OnnxNode(name, opType, "", inputs, List.of(output), List.of(attributes));
    }

    /** A node of another operator set, for example {@code qonnx.custom_op.general}. */
    public static OnnxNode ofDomain(String domain, String name, String opType, List<String> inputs, String output,
            OnnxAttribute... attributes) {
        return new OnnxNode(name, opType, domain, inputs, List.of(output), List.of(attributes));
    }

    public Optional<OnnxAttribute> attribute(String wanted) {
        return attributes.stream().filter(a -> a.name().equals(wanted)).findFirst();
    }

    /** How messages speak of this node: {@code node 'fc1' (MatMul)}, or by its output when it has no name. */
    public String label() {
        String who = !name.isEmpty() ? "node " + quoted(name)
                : outputs.isEmpty() ? "a node without name and output" : "the node that makes " + quoted(outputs.get(0));
        return who + " (" + printable(opType) + ")";
    }

    static String quoted(String text) {
        return SafeText.quoted(text);
    }

    static String printable(String text) {
        return SafeText.printable(text);
    }
}
