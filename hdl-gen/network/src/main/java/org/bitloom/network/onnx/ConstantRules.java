package org.bitloom.network.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.ImportBudget;
import org.bitloom.network.model.Tensor;

/**
 * Operators that are computed at import. Shapes are constants here, so the arithmetic by which exporters compute them
 * (Shape, Gather, Concat and so on) never reaches the model.
 */
final class ConstantRules {
    /** Operators that exist only in such arithmetic. */
    static final Map<String, Rule> ALL = new TreeMap<>(Map.of(
            "Constant", ConstantRules::constant,
            "ConstantOfShape", ConstantRules::constantOfShape,
            "Shape", ConstantRules::shape,
            "Gather", ConstantRules::gather,
            "Concat", ConstantRules::concat,
            "Slice", ConstantRules::slice));

    private ConstantRules() {
    }

    /** The rule that computes a node; none for Concat and Slice of data, which are ordinary operators. */
    static Optional<Rule> ruleOf(NodeView node) {
        boolean alsoOnData = BranchRules.ALL.containsKey(node.node().opType());
        boolean onData = alsoOnData && !(node.inputCount() > 0 && node.has(0)
                && node.constant(0).filter(constant -> constant.shape().rank() <= 1).isPresent());
        return onData ? Optional.empty() : Optional.ofNullable(ALL.get(node.node().opType()));
    }

    /** Computes a node's output from its constants. */
    interface Rule {
        Constant of(NodeView node);
    }

    private static Constant constant(NodeView node) {
        if (node.node().attributes().size() != 1) {
            throw new NetworkException("has " + node.node().attributes().size() + " attributes; exactly one is possible");
        }
        return switch (node.node().attributes().getFirst()) {
            case OnnxAttribute.TensorValue t -> Constant.of(t.value());
            case OnnxAttribute.FloatValue f -> new Constant.Floats(Tensor.scalar(finite(f.value())));
            case OnnxAttribute.IntValue i -> new Constant.Integers(Dimensions.SCALAR, new long[] {i.value()});
            case OnnxAttribute.IntList list -> new Constant.Integers(Dimensions.of(list.values().size()),
                    list.values().stream().mapToLong(Long::longValue).toArray());
            case OnnxAttribute.FloatList list -> {
                float[] values = new float[list.values().size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = finite(list.values().get(i));
                }
                yield new Constant.Floats(Tensor.of(Dimensions.of(values.length), values));
            }
            case OnnxAttribute.StringValue s -> throw notNumbers();
            case OnnxAttribute.StringList s -> throw notNumbers();
            case OnnxAttribute.Other o -> throw notNumbers();
        };
    }

    private static float finite(float value) {
        if (!Float.isFinite(value)) {
            throw new NetworkException("is " + value + "; parameters must be finite numbers");
        }
        return value;
    }

    private static NetworkException notNumbers() {
        return new NetworkException("does not hold a dense tensor of numbers, which is all that is supported");
    }

    private static Constant constantOfShape(NodeView node) {
        node.requireInputs(1, 1);
        Dimensions shape = dimensions(node.integers(0, "shape"));
        Constant value = node.tensor("value").map(Constant::of)
                .orElse(new Constant.Floats(Tensor.scalar(0)));
        if (value.shape().size() != 1) {
            throw new NetworkException("fills with a value of shape " + value.shape() + "; it must be a single number");
        }
        ImportBudget.requireSize(shape);
        return value.picked(shape, new int[shape.size()]);
    }

    private static Dimensions dimensions(long[] sizes) {
        List<Integer> list = new ArrayList<>();
        for (long size : sizes) {
            if (size < 0 || size > Integer.MAX_VALUE || list.size() >= OnnxTensor.MAX_RANK) {
                throw new NetworkException("asks for the shape " + Arrays.toString(Arrays.copyOf(sizes,
                        Math.min(sizes.length, OnnxTensor.MAX_RANK))) + ", which is not possible");
            }
            list.add((int) size);
        }
        return new Dimensions(list);
    }

    private static Constant shape(NodeView node) {
        node.requireInputs(1, 1);
        Dimensions shape = node.shape(0);
        int rank = shape.rank();
        int start = bound(node.integer("start", 0), rank);
        int end = Math.max(start, bound(node.integer("end", rank), rank));
        long[] sizes = shape.sizes().subList(start, end).stream().mapToLong(Integer::longValue).toArray();
        return new Constant.Integers(Dimensions.of(sizes.length), sizes);
    }

    private static int bound(long number, int length) {
        return Math.clamp(number < 0 ? number + length : number, 0, length);
    }

    private static Constant data(NodeView node, int input) {
        return node.constant(input).orElseThrow(() -> new NetworkException("works on data that depends on the model's "
                + "input; it is supported only where shapes and parameters are computed"));
    }

    private static Constant gather(NodeView node) {
        node.requireInputs(2, 2);
        Constant data = data(node, 0);
        Dimensions from = data.shape();
        long[] indexes = node.integers(1, "indices");
        Dimensions picked = node.shape(1);
        int axis = from.axis(node.integer("axis", 0), "axis");
        List<Integer> sizes = new ArrayList<>(from.sizes().subList(0, axis));
        sizes.addAll(picked.sizes());
        sizes.addAll(from.sizes().subList(axis + 1, from.rank()));
        Dimensions result = new Dimensions(sizes);
        ImportBudget.requireSize(result);
        int inner = from.stride(axis);
        int[] places = new int[result.size()];
        for (int i = 0; i < places.length; i++) {
            int outer = i / inner / indexes.length;
            long index = indexes[i / inner % indexes.length];
            index = index < 0 ? index + from.at(axis) : index;
            if (index < 0 || index >= from.at(axis)) {
                throw new NetworkException("picks element " + index + " of axis " + axis + " of shape " + from);
            }
            places[i] = (outer * from.at(axis) + (int) index) * inner + i % inner;
        }
        return data.picked(result, places);
    }

    /** Shape vectors only: every operand has one axis. */
    private static Constant concat(NodeView node) {
        node.requireInputs(1, 1_000);
        List<Long> integers = new ArrayList<>();
        List<Float> floats = new ArrayList<>();
        for (int i = 0; i < node.inputCount(); i++) {
            Constant part = data(node, i);
            if (part.shape().rank() != 1) {
                throw new NetworkException("joins constants of shape " + part.shape()
                        + "; only vectors are joined at import");
            }
            switch (part) {
                case Constant.Integers p -> Arrays.stream(p.values()).forEach(integers::add);
                case Constant.Floats p -> {
                    for (int k = 0; k < p.tensor().size(); k++) {
                        floats.add(p.tensor().at(k));
                    }
                }
            }
            ImportBudget.requireSize(Dimensions.of(integers.size() + floats.size()));
        }
        if (!integers.isEmpty() && !floats.isEmpty()) {
            throw new NetworkException("joins integers and floats; export the model again");
        }
        if (!floats.isEmpty()) {
            float[] values = new float[floats.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = floats.get(i);
            }
            return new Constant.Floats(Tensor.of(Dimensions.of(values.length), values));
        }
        return new Constant.Integers(Dimensions.of(integers.size()),
                integers.stream().mapToLong(Long::longValue).toArray());
    }

    /** A run of a vector. */
    private static Constant slice(NodeView node) {
        node.requireInputs(1, 5);
        Constant data = data(node, 0);
        if (data.shape().rank() != 1) {
            throw new NetworkException("cuts a constant of shape " + data.shape() + "; only vectors are cut at import");
        }
        int length = data.shape().at(0);
        long start = node.has(1) ? (long) node.number(1, "starts") : first(node.integers("starts"));
        long end = node.has(2) ? (long) node.number(2, "ends") : first(node.integers("ends"));
        if (node.has(4) && node.number(4, "steps") != 1) {
            throw new NetworkException("cuts in steps of " + node.number(4, "steps") + "; only 1 is supported");
        }
        int from = bound(start, length);
        int size = Math.max(0, bound(end, length) - from);
        int[] places = new int[size];
        Arrays.setAll(places, i -> from + i);
        return data.picked(Dimensions.of(size), places);
    }

    private static long first(Optional<List<Long>> list) {
        return list.filter(l -> l.size() == 1).map(List::getFirst)
                .orElseThrow(() -> new NetworkException("lacks its bounds; export the model again"));
    }
}
