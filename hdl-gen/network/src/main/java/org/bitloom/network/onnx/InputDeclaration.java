package org.bitloom.network.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;
import org.bitloom.network.model.Dimensions;

/**
 * The one graph input that is no initializer: a tensor of fixed size, but for the batch, which counts as 1 when it is
 * left open.
 *
 * @param integers the type of integers that the file declares; they must be cast before anything is computed
 */
record InputDeclaration(String name, Dimensions shape, Optional<ValueType> integers, List<String> notes) {

    static InputDeclaration of(OnnxGraph graph) {
        Set<String> initializers = new HashSet<>();
        graph.initializers().forEach(tensor -> initializers.add(tensor.name()));
        List<OnnxValue> inputs = graph.inputs().stream().filter(v -> !initializers.contains(v.name())).toList();
        if (inputs.size() != 1) {
            throw new NetworkException("the model has " + inputs.size() + " inputs"
                    + (inputs.isEmpty() ? "" : " (" + String.join(", ", inputs.stream().limit(8)
                            .map(value -> OnnxNode.quoted(value.name())).toList()) + ")")
                    + "; models of exactly one input are supported");
        }
        OnnxValue input = inputs.getFirst();
        String place = "input " + OnnxNode.quoted(input.name());
        ElementType type = input.type().orElseThrow(() -> NetworkException.at(place, "is not a tensor of numbers",
                "export a model whose input is float32"));
        if (type.isFloatingPoint() && type != ElementType.FLOAT) {
            throw NetworkException.at(place, "has type " + type, "export the model in float32");
        }
        List<String> notes = new ArrayList<>();
        Dimensions shape = shape(place, input, notes);
        return new InputDeclaration(input.name(), shape, integers(place, type), List.copyOf(notes));
    }

    private static Optional<ValueType> integers(String place, ElementType type) {
        return switch (type) {
            case BOOL -> Optional.of(ValueType.unsigned(1));
            case UINT8, UINT16, UINT32 -> Optional.of(ValueType.unsigned(8 * type.bytes()));
            case INT8, INT16, INT32 -> Optional.of(ValueType.signed(8 * type.bytes()));
            case INT64, UINT64 -> throw NetworkException.at(place, "has type " + type,
                    "export with an input of at most 32 bits");
            case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> Optional.empty();
        };
    }

    private static Dimensions shape(String place, OnnxValue input, List<String> notes) {
        List<OnnxValue.Dimension> declared = input.shape().orElseThrow(() -> NetworkException.at(place,
                "has no shape", "export with an example input of fixed size"));
        List<Integer> sizes = new ArrayList<>();
        for (OnnxValue.Dimension dimension : declared) {
            sizes.add(switch (dimension) {
                case OnnxValue.Dimension.Fixed(long size) when size >= 1 && size <= Integer.MAX_VALUE -> (int) size;
                case OnnxValue.Dimension.Fixed(long size) -> throw NetworkException.at(place, "has the dimension "
                        + size, "export with an example input of fixed size");
                case OnnxValue.Dimension.Symbolic symbolic when sizes.isEmpty() && declared.size() > 1 -> {
                    notes.add("The batch dimension is taken as 1.");
                    yield 1;
                }
                case OnnxValue.Dimension.Symbolic(String name) -> throw NetworkException.at(place, "dimension "
                        + sizes.size() + (name.isEmpty() ? "" : " (" + OnnxNode.quoted(name) + ")")
                        + " has no fixed size", "only the batch may be dynamic: export with fixed sizes "
                        + "(dynamic_axes only for axis 0)");
            });
        }
        return new Dimensions(sizes);
    }
}
