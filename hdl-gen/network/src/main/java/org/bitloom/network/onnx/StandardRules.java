package org.bitloom.network.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.Selection;

/** Translation of the standard ONNX operators, by the definitions of the operator set that the file imports. */
final class StandardRules {
    static final Map<String, Translation.Rule> ALL = new TreeMap<>();

    private static final Map<String, Translation.Rule> OWN = new TreeMap<>(Map.ofEntries(
            Map.entry("Add", n -> binary(Arithmetic.ADD, n)),
            Map.entry("Sub", n -> binary(Arithmetic.SUBTRACT, n)),
            Map.entry("Mul", n -> binary(Arithmetic.MULTIPLY, n)),
            Map.entry("Div", n -> binary(Arithmetic.DIVIDE, n)),
            Map.entry("Pow", n -> binary(Arithmetic.POWER, n)),
            Map.entry("Neg", n -> unary(new Activation.Negate(), n)),
            Map.entry("Relu", n -> unary(new Activation.Relu(), n)),
            Map.entry("Sign", n -> unary(new Activation.Sign(), n)),
            Map.entry("Sqrt", n -> unary(new Activation.SquareRoot(), n)),
            Map.entry("Sigmoid", n -> unary(new Activation.Sigmoid(), n)),
            Map.entry("Tanh", n -> unary(new Activation.HyperbolicTangent(), n)),
            Map.entry("Identity", n -> unary(new Activation.Identity(), n)),
            Map.entry("Dropout", StandardRules::dropout),
            Map.entry("Clip", StandardRules::clip),
            Map.entry("MatMul", StandardRules::matMul),
            Map.entry("Gemm", StandardRules::gemm),
            Map.entry("BatchNormalization", StandardRules::batchNormalization),
            Map.entry("Reshape", StandardRules::reshape),
            Map.entry("Flatten", StandardRules::flatten),
            Map.entry("Squeeze", StandardRules::squeeze),
            Map.entry("Unsqueeze", StandardRules::unsqueeze),
            Map.entry("Transpose", StandardRules::transpose),
            Map.entry("ArgMax", StandardRules::argMax),
            Map.entry("TopK", StandardRules::topK),
            Map.entry("Softmax", n -> softmax(n, false)),
            Map.entry("LogSoftmax", n -> softmax(n, true))));

    static {
        ALL.putAll(OWN);
        ALL.putAll(SpatialRules.ALL);
        ALL.putAll(BranchRules.ALL);
    }

    private StandardRules() {
    }

    private static Translation binary(Arithmetic operation, NodeView node) {
        node.requireInputs(2, 2);
        return Translation.of(operation, node, 2);
    }

    private static Translation unary(Operator operator, NodeView node) {
        node.requireInputs(1, 1);
        return Translation.of(operator, node, 1);
    }

    private static Translation dropout(NodeView node) {
        node.requireInputs(1, 3);
        if (node.has(2) && node.number(2, "training mode") != 0) {
            throw new NetworkException("is in training mode; export the model after model.eval()");
        }
        return Translation.of(new Activation.Identity(), node, 1);
    }

    private static Translation clip(NodeView node) {
        node.requireInputs(1, 3);
        float min = node.single("min", Float.NEGATIVE_INFINITY);
        float max = node.single("max", Float.POSITIVE_INFINITY);
        min = node.has(1) ? (float) node.number(1, "lower bound") : min;
        max = node.has(2) ? (float) node.number(2, "upper bound") : max;
        return Translation.of(new Activation.Clip(min, max), node, 1);
    }

    private static Translation matMul(NodeView node) {
        node.requireInputs(2, 2);
        return Translation.of(new Linear.MatMul(), node, 2);
    }

    private static Translation gemm(NodeView node) {
        node.requireInputs(2, 3);
        Linear.Gemm gemm = new Linear.Gemm(node.single("alpha", 1), node.single("beta", 1),
                node.integer("transA", 0) != 0, node.integer("transB", 0) != 0);
        return Translation.of(gemm, node, node.has(2) ? 3 : 2);
    }

    static Translation batchNormalization(NodeView node) {
        node.requireInputs(5, 5);
        if (node.integer("training_mode", 0) != 0
                || node.node().outputs().stream().skip(1).anyMatch(name -> !name.isEmpty()) && node.opset() >= 14) {
            throw new NetworkException("is in training mode; export the model after model.eval()");
        }
        if (node.integer("spatial", 1) != 1) {
            throw new NetworkException("has spatial=0 (statistics for each pixel), which is not supported; "
                    + "use one mean and variance for each channel");
        }
        Linear.BatchNormalization norm = new Linear.BatchNormalization(node.floats(1, "gamma"), node.floats(2, "beta"),
                node.floats(3, "mean"), node.floats(4, "variance"), node.single("epsilon", 1e-5f));
        return Translation.of(norm, node, 1);
    }

    private static Translation reshape(NodeView node) {
        node.requireInputs(1, 2);
        Dimensions from = node.shape(0);
        long[] wanted = node.has(1) ? node.integers(1, "shape")
                : node.integers("shape").map(list -> list.stream().mapToLong(Long::longValue).toArray())
                        .orElseThrow(() -> new NetworkException("has no shape; export the model again"));
        boolean zeroIsCopy = node.integer("allowzero", 0) == 0;
        Integer[] sizes = new Integer[Math.min(wanted.length, 64)];
        int open = -1;
        long known = 1;
        for (int i = 0; i < sizes.length; i++) {
            long size = wanted[i];
            if (size == 0 && zeroIsCopy && i < from.rank()) {
                size = from.at(i);
            }
            if (size == -1 && open < 0) {
                open = i;
                sizes[i] = 1;
                continue;
            }
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw new NetworkException("asks for the shape " + Arrays.toString(wanted) + " of a tensor of shape "
                        + from + "; export with fixed sizes");
            }
            sizes[i] = (int) size;
            known = Math.min(known * size, Integer.MAX_VALUE);
        }
        if (open >= 0) {
            sizes[open] = (int) (from.size() / known);
        }
        return Translation.of(new Movement.Reshape(Dimensions.of(sizes)), node, 1);
    }

    private static Translation flatten(NodeView node) {
        node.requireInputs(1, 1);
        Dimensions from = node.shape(0);
        long number = node.integer("axis", 1);
        int axis = number == from.rank() ? from.rank() : from.axis(number, "axis");
        int outer = new Dimensions(from.sizes().subList(0, axis)).size();
        return Translation.of(new Movement.Reshape(Dimensions.of(outer, from.size() / Math.max(1, outer))), node, 1);
    }

    private static Translation squeeze(NodeView node) {
        node.requireInputs(1, 2);
        Dimensions from = node.shape(0);
        long[] given = axes(node);
        List<Integer> dropped = given.length == 0
                ? IntStream.range(0, from.rank()).filter(axis -> from.at(axis) == 1).boxed().toList()
                : Arrays.stream(given).mapToObj(axis -> from.axis(axis, "axis")).toList();
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < from.rank(); axis++) {
            if (!dropped.contains(axis)) {
                sizes.add(from.at(axis));
            } else if (from.at(axis) != 1) {
                throw new NetworkException("drops axis " + axis + " of shape " + from + ", whose size is not 1");
            }
        }
        return Translation.of(new Movement.Reshape(new Dimensions(sizes)), node, 1);
    }

    private static Translation unsqueeze(NodeView node) {
        node.requireInputs(1, 2);
        Dimensions from = node.shape(0);
        long[] given = axes(node);
        if (given.length == 0 || given.length + from.rank() > OnnxTensor.MAX_RANK) {
            throw new NetworkException("adds " + given.length + " axes to shape " + from + "; tensors of at most rank "
                    + OnnxTensor.MAX_RANK + " are supported");
        }
        Integer[] sizes = new Integer[from.rank() + given.length];
        for (long number : given) {
            long axis = number < 0 ? number + sizes.length : number;
            if (axis < 0 || axis >= sizes.length || sizes[(int) axis] != null) {
                throw new NetworkException("adds axis " + number + " to shape " + from + ", which is not possible");
            }
            sizes[(int) axis] = 1;
        }
        int next = 0;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == null) {
                sizes[i] = from.at(next++);
            }
        }
        return Translation.of(new Movement.Reshape(Dimensions.of(sizes)), node, 1);
    }

    /** Attribute until operator set 12, input from 13 on. */
    static long[] axes(NodeView node) {
        return node.has(1) ? node.integers(1, "axes")
                : node.integers("axes").map(list -> list.stream().mapToLong(Long::longValue).toArray())
                        .orElse(new long[0]);
    }

    private static Translation transpose(NodeView node) {
        node.requireInputs(1, 1);
        int rank = node.shape(0).rank();
        List<Integer> permutation = node.integers("perm")
                .map(list -> list.stream().map(axis -> Math.clamp(axis, -1, rank)).toList())
                .orElse(IntStream.range(0, rank).map(axis -> rank - 1 - axis).boxed().toList());
        return Translation.of(new Movement.Transpose(permutation), node, 1);
    }

    private static Translation argMax(NodeView node) {
        node.requireInputs(1, 1);
        if (node.integer("select_last_index", 0) != 0) {
            throw new NetworkException("asks for the last of equal maxima (select_last_index); only the first is supported");
        }
        int axis = node.shape(0).axis(node.integer("axis", 0), "axis");
        return Translation.of(new Selection.ArgMax(axis, node.integer("keepdims", 1) != 0), node, 1);
    }

    private static Translation topK(NodeView node) {
        node.requireInputs(1, 2);
        long k = node.has(1) ? (long) node.number(1, "k") : node.integer("k", 1);
        int axis = node.shape(0).axis(node.integer("axis", -1), "axis");
        return Translation.of(new Selection.TopK(Math.clamp(k, 0, Integer.MAX_VALUE), axis,
                node.integer("largest", 1) != 0), node, 1);
    }

    /** Before operator set 13 all axes from the given one on count as one. */
    private static Translation softmax(NodeView node, boolean logarithm) {
        node.requireInputs(1, 1);
        Dimensions shape = node.shape(0);
        int axis = shape.axis(node.integer("axis", node.opset() < 13 ? 1 : -1), "axis");
        if (node.opset() < 13 && shape.stride(axis) != 1) {
            throw new NetworkException("normalizes over the axes from " + axis + " on of shape " + shape
                    + " at once; export with operator set 13 or later");
        }
        return Translation.of(new Selection.Softmax(axis, logarithm), node, 1);
    }
}
