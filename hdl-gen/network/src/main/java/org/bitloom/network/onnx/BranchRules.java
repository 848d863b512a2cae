package org.bitloom.network.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Joining;
import org.bitloom.network.model.Movement;

/** Translation of the operators where paths part and meet. */
final class BranchRules {
    private static final int MAX_PARTS = 1024;

    static final Map<String, Translation.Rule> ALL = new TreeMap<>(Map.of(
            "Concat", BranchRules::concat,
            "Sum", BranchRules::sum,
            "Split", BranchRules::split,
            "Slice", BranchRules::slice));

    private BranchRules() {
    }

    private static Translation concat(NodeView node) {
        node.requireInputs(1, MAX_PARTS);
        long axis = node.integer("axis", 1);
        return Translation.of(new Joining.Concat(node.shape(0).axis(axis, "axis")), node, node.inputCount());
    }

    private static Translation sum(NodeView node) {
        node.requireInputs(1, MAX_PARTS);
        return Translation.of(new Joining.Sum(), node, node.inputCount());
    }

    /** Sizes in an attribute before operator set 13, then in an input; equal ones where none are given. */
    private static Translation split(NodeView node) {
        node.requireInputs(1, 2);
        Dimensions x = node.shape(0);
        int axis = x.axis(node.integer("axis", 0), "axis");
        int parts = node.node().outputs().size();
        long[] sizes = node.has(1) ? node.integers(1, "split")
                : node.integers("split").map(list -> list.stream().mapToLong(Long::longValue).toArray())
                        .orElseGet(() -> equal(x.at(axis), parts));
        if (sizes.length != parts || parts > MAX_PARTS || Arrays.stream(sizes).anyMatch(s -> s < 1 || s > x.at(axis))
                || Arrays.stream(sizes).sum() != x.at(axis)) {
            throw new NetworkException("cuts axis " + axis + " of shape " + x + " into " + parts + " parts of "
                    + Arrays.toString(Arrays.copyOf(sizes, Math.min(sizes.length, 16)))
                    + "; the sizes must be positive and make up the axis");
        }
        return Translation.of(new Movement.Split(axis, Arrays.stream(sizes).mapToObj(s -> (int) s).toList()), node, 1);
    }

    private static long[] equal(int extent, int parts) {
        long[] sizes = new long[parts];
        int each = Math.ceilDiv(extent, Math.max(1, parts));
        Arrays.setAll(sizes, i -> Math.clamp((long) extent - (long) i * each, 0, each));
        return sizes;
    }

    /** Bounds in attributes before operator set 10, then in inputs. */
    private static Translation slice(NodeView node) {
        node.requireInputs(1, 5);
        Dimensions x = node.shape(0);
        long[] starts = list(node, 1, "starts");
        long[] ends = list(node, 2, "ends");
        long[] axes = node.has(3) ? node.integers(3, "axes")
                : node.integers("axes").map(l -> l.stream().mapToLong(Long::longValue).toArray()).orElse(null);
        if (axes == null) {
            axes = new long[starts.length];
            Arrays.setAll(axes, i -> i);
        }
        if (starts.length != ends.length || starts.length != axes.length || axes.length > x.rank()) {
            throw new NetworkException("has " + starts.length + " starts, " + ends.length + " ends and " + axes.length
                    + " axes; there must be as many of each");
        }
        if (node.has(4) && Arrays.stream(node.integers(4, "steps")).anyMatch(step -> step != 1)) {
            throw new NetworkException("cuts in steps other than 1, which is not supported; use Split, or a stride of "
                    + "the convolution");
        }
        List<Integer> from = new ArrayList<>(Collections.nCopies(x.rank(), 0));
        Dimensions target = x;
        for (int i = 0; i < axes.length; i++) {
            int axis = x.axis(axes[i], "axis");
            int start = bound(starts[i], x.at(axis));
            int end = bound(ends[i], x.at(axis));
            if (start >= end) {
                throw new NetworkException("cuts nothing out of axis " + axis + " of shape " + x + " (from " + starts[i]
                        + " to " + ends[i] + ")");
            }
            from.set(axis, start);
            target = target.resized(axis, end - start);
        }
        return Translation.of(new Movement.Slice(from, target), node, 1);
    }

    private static long[] list(NodeView node, int input, String what) {
        return node.has(input) ? node.integers(input, what)
                : node.integers(what).map(l -> l.stream().mapToLong(Long::longValue).toArray())
                        .orElseThrow(() -> new NetworkException("lacks its " + what + "; export the model again"));
    }

    private static int bound(long number, int length) {
        return Math.clamp(number < 0 ? number + length : number, 0, length);
    }
}
