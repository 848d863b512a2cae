package org.bitloom.network.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Tensor;

/**
 * One node as its translation sees it: inputs by position (constants, or values of known shape) and attributes by name
 * and type. Every access that the file cannot satisfy is refused with what the operator needs.
 *
 * @param opset version of the standard operator set that the file imports
 */
record NodeView(OnnxNode node, long opset, Map<String, Constant> constants, Map<String, Dimensions> shapes) {

    int inputCount() {
        return node.inputs().size();
    }

    /** Whether an optional input is given. */
    boolean has(int input) {
        return input < inputCount() && !node.inputs().get(input).isEmpty();
    }

    void requireInputs(int least, int most) {
        long given = node.inputs().size();
        for (int i = 0; i < least; i++) {
            if (!has(i)) {
                throw new NetworkException("lacks input " + i + "; export the model again");
            }
        }
        if (given > most) {
            throw new NetworkException("has " + given + " inputs, at most " + most + " are supported");
        }
    }

    String input(int input) {
        if (!has(input)) {
            throw new NetworkException("lacks input " + input + "; export the model again");
        }
        return node.inputs().get(input);
    }

    Dimensions shape(int input) {
        Dimensions shape = shapes.get(input(input));
        if (shape == null) {
            throw new IllegalStateException("no shape of " + input(input));
        }
        return shape;
    }

    Optional<Constant> constant(int input) {
        return Optional.ofNullable(constants.get(input(input)));
    }

    /** A float parameter that must be known at import, for example a scale. */
    Tensor floats(int input, String what) {
        return switch (known(input, what)) {
            case Constant.Floats floats -> floats.tensor();
            case Constant.Integers integers -> throw new NetworkException(what + " holds integers; it must be float");
        };
    }

    /** A parameter that must be one known number, float or integer. */
    double number(int input, String what) {
        Constant constant = known(input, what);
        if (constant.shape().size() != 1) {
            throw new NetworkException(what + " has shape " + constant.shape() + "; it must be a single number");
        }
        return switch (constant) {
            case Constant.Floats floats -> floats.tensor().at(0);
            case Constant.Integers integers -> integers.values()[0];
        };
    }

    /** An integer parameter list that must be known at import, for example a shape. */
    long[] integers(int input, String what) {
        return switch (known(input, what)) {
            case Constant.Integers integers -> integers.values();
            case Constant.Floats floats -> throw new NetworkException(what + " holds floats; it must be integer");
        };
    }

    private Constant known(int input, String what) {
        return constant(input).orElseThrow(() -> new NetworkException(what + " (input " + OnnxNode.quoted(input(input))
                + ") is computed from the model's input; it must be a constant"));
    }

    long integer(String attribute, long absent) {
        return node.attribute(attribute).map(a -> a instanceof OnnxAttribute.IntValue i ? i.value() : wrong(a, "integer"))
                .orElse(absent);
    }

    float single(String attribute, float absent) {
        return node.attribute(attribute).map(a -> {
            float value = a instanceof OnnxAttribute.FloatValue f ? f.value()
                    : a instanceof OnnxAttribute.IntValue i ? (float) i.value() : this.<Float>wrong(a, "number");
            if (!Float.isFinite(value)) {
                throw new NetworkException("attribute " + attribute + " is " + value + "; it must be finite");
            }
            return value;
        }).orElse(absent);
    }

    String text(String attribute, String absent) {
        return node.attribute(attribute).map(a -> a instanceof OnnxAttribute.StringValue s ? s.value()
                : this.<String>wrong(a, "string")).orElse(absent);
    }

    Optional<List<Long>> integers(String attribute) {
        return node.attribute(attribute).map(a -> a instanceof OnnxAttribute.IntList list ? list.values()
                : this.<List<Long>>wrong(a, "list of integers"));
    }

    Optional<OnnxTensor> tensor(String attribute) {
        return node.attribute(attribute).map(a -> a instanceof OnnxAttribute.TensorValue t ? t.value()
                : this.<OnnxTensor>wrong(a, "tensor"));
    }

    private <T> T wrong(OnnxAttribute attribute, String wanted) {
        throw new NetworkException("attribute " + OnnxNode.quoted(attribute.name()) + " is not a " + wanted
                + "; export the model again");
    }
}
