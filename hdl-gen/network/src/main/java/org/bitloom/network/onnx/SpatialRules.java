package org.bitloom.network.onnx;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.ShapeRules;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Sweep;

/**
 * Translation of the operators on images. Those of one spatial axis become images of one row; those of QONNX's
 * channels-last set, whose data (and weights) have their channels behind, are moved there and back.
 */
final class SpatialRules {
    static final Map<String, Translation.Rule> ALL = new TreeMap<>(Map.of(
            "Conv", n -> convolution(n, n.shape(0), n.shape(1)),
            "MaxPool", n -> pool(n, n.shape(0), SpatialRules::maxPool),
            "AveragePool", n -> pool(n, n.shape(0), SpatialRules::averagePool),
            "GlobalMaxPool", n -> pool(n, n.shape(0), (node, x) -> new Spatial.MaxPool(rows(x), columns(x))),
            "GlobalAveragePool", n -> pool(n, n.shape(0), SpatialRules::mean),
            "ReduceMean", SpatialRules::reduceMean,
            "Pad", SpatialRules::pad));

    /** The operators of QONNX's domain for channels-last data (qonnx/custom_op/channels_last). */
    static final String CHANNELS_LAST_DOMAIN = "qonnx.custom_op.channels_last";
    static final Map<String, Translation.Rule> CHANNELS_LAST = new TreeMap<>(Map.of(
            "Conv", n -> channelsLast(n, convolution(n, first(n, 0), first(n, 1))).moving(1, toFirst(n.shape(1))),
            "MaxPool", n -> channelsLast(n, pool(n, first(n, 0), SpatialRules::maxPool)),
            "BatchNormalization", n -> channelsLast(n, StandardRules.batchNormalization(n))));

    private SpatialRules() {
    }

    private interface Pool {
        Operator of(NodeView node, Dimensions image);
    }

    private static Translation convolution(NodeView node, Dimensions image, Dimensions weights) {
        node.requireInputs(2, 3);
        requireImage(image);
        if (weights.rank() != image.rank()) {
            throw new NetworkException("has weights of shape " + weights + " for an input of shape " + image
                    + "; they must have as many axes");
        }
        Dimensions flat = flat(image);
        SweepAttributes sweeps = SweepAttributes.ofConvolution(node, image, weights);
        int groups = Math.clamp(node.integer("group", 1), 0, Integer.MAX_VALUE);
        Translation translation = Translation.of(
                new Spatial.Convolution(sweeps.rows(), sweeps.columns(), groups), node, node.has(2) ? 3 : 2);
        return image.rank() == 4 ? translation
                : oneRow(translation, image, List.of(flat, flat(weights))).moving(1, new Movement.Reshape(flat(weights)));
    }

    private static Translation pool(NodeView node, Dimensions image, Pool pool) {
        node.requireInputs(1, 1);
        requireImage(image);
        Dimensions flat = flat(image);
        Translation translation = Translation.of(pool.of(node, image), node, 1);
        return image.rank() == 4 ? translation : oneRow(translation, image, List.of(flat));
    }

    private static Operator maxPool(NodeView node, Dimensions image) {
        SweepAttributes sweeps = SweepAttributes.ofPool(node, image);
        return new Spatial.MaxPool(sweeps.rows(), sweeps.columns());
    }

    private static Operator averagePool(NodeView node, Dimensions image) {
        SweepAttributes sweeps = SweepAttributes.ofPool(node, image);
        return new Spatial.AveragePool(sweeps.rows(), sweeps.columns(), node.integer("count_include_pad", 0) != 0);
    }

    private static Operator mean(NodeView node, Dimensions image) {
        return new Spatial.AveragePool(rows(image), columns(image), false);
    }

    /** All rows at once; a sequence has one. */
    private static Sweep rows(Dimensions image) {
        return Sweep.whole(image.rank() == 4 ? image.at(2) : 1);
    }

    private static Sweep columns(Dimensions image) {
        return Sweep.whole(image.at(image.rank() - 1));
    }

    /** Over the pixels of each channel only, wherever the channels stand. */
    private static Translation reduceMean(NodeView node) {
        node.requireInputs(1, 2);
        Dimensions x = node.shape(0);
        requireImage(x);
        Set<Integer> axes = new HashSet<>();
        for (long axis : StandardRules.axes(node)) {
            axes.add(x.axis(axis, "axis"));
        }
        boolean channelsFirst = axes.equals(spatialAxes(x, 2));
        if (!channelsFirst && !axes.equals(spatialAxes(x, 1))) {
            throw new NetworkException("averages shape " + x + " over the axes " + axes.stream().sorted().toList()
                    + "; only the mean of all pixels of each channel is supported");
        }
        Dimensions image = channelsFirst ? x : first(node, 0);
        NodeView data = new NodeView(withoutAxes(node.node()), node.opset(), node.constants(), node.shapes());
        Translation mean = pool(data, image, SpatialRules::mean);
        Translation moved = channelsFirst ? mean : channelsLast(node, mean);
        return node.integer("keepdims", 1) != 0 ? moved
                : moved.followedBy(new Movement.Reshape(Dimensions.of(image.at(0), image.at(1))));
    }

    private static OnnxNode withoutAxes(OnnxNode node) {
        return new OnnxNode(node.name(), node.opType(), node.domain(), node.inputs().subList(0, 1), node.outputs(),
                node.attributes());
    }

    private static Set<Integer> spatialAxes(Dimensions x, int from) {
        return x.rank() == 4 ? Set.of(from, from + 1) : Set.of(from);
    }

    /** A margin of a constant around each channel; channels and batch stay as they are. */
    private static Translation pad(NodeView node) {
        node.requireInputs(1, 4);
        Dimensions x = node.shape(0);
        String mode = node.text("mode", "constant");
        if (!mode.equals("constant")) {
            throw new NetworkException("pads in the mode " + OnnxNode.quoted(mode)
                    + "; only constant padding is supported: use zero padding");
        }
        long[] pads = pads(node, x.rank());
        if (Arrays.stream(pads).allMatch(p -> p == 0)) {
            return Translation.of(new Activation.Identity(), node, 1);
        }
        float value = node.has(2) ? (float) node.number(2, "padding value") : node.single("value", 0);
        requireImage(x);
        int rank = x.rank();
        boolean channelsLast = pads[rank - 1] == 0 && pads[2 * rank - 1] == 0 && (pads[1] != 0 || pads[rank + 1] != 0);
        int axis = channelsLast ? 1 : 2;
        for (int i = 0; i < 2 * rank; i++) {
            boolean spatial = i % rank >= axis && i % rank < axis + rank - 2;
            if (pads[i] < 0 || pads[i] > 0 && !spatial) {
                throw new NetworkException("pads shape " + x + " by " + Arrays.toString(pads)
                        + "; only the rows and columns of images can be padded, and none cut off");
            }
        }
        int left = narrow(pads[axis + rank - 3]);
        int right = narrow(pads[axis + 2 * rank - 3]);
        Spatial.Pad pad = rank == 3 ? new Spatial.Pad(0, left, 0, right, value)
                : new Spatial.Pad(narrow(pads[axis]), left, narrow(pads[axis + rank]), right, value);
        Dimensions image = channelsLast ? first(node, 0) : x;
        Translation translation = Translation.of(pad, node, 1);
        Translation flat = rank == 4 ? translation : oneRow(translation, image, List.of(flat(image)));
        return channelsLast ? channelsLast(node, flat) : flat;
    }

    private static int narrow(long pad) {
        return Math.clamp(pad, 0, Integer.MAX_VALUE);
    }

    /** Attribute before operator set 11, then an input; from 18 on for the axes of another input. */
    private static long[] pads(NodeView node, int rank) {
        long[] given = node.has(1) ? node.integers(1, "pads")
                : node.integers("pads").map(list -> list.stream().mapToLong(Long::longValue).toArray())
                        .orElseThrow(() -> new NetworkException("has no pads; export the model again"));
        long[] axes = node.has(3) ? node.integers(3, "axes") : new long[rank];
        if (!node.has(3)) {
            Arrays.setAll(axes, i -> i);
        }
        if (given.length != 2 * axes.length || axes.length > rank) {
            throw new NetworkException("has " + given.length + " pads for " + axes.length
                    + " axes; there must be two for each");
        }
        long[] pads = new long[2 * rank];
        for (int i = 0; i < axes.length; i++) {
            int axis = node.shape(0).axis(axes[i], "axis");
            pads[axis] = given[i];
            pads[axis + rank] = given[i + axes.length];
        }
        return pads;
    }

    private static void requireImage(Dimensions x) {
        if (x.rank() != 4 && x.rank() != 3) {
            throw new NetworkException("works on shape " + x + "; only images of [batch, channel, row, column] and "
                    + "sequences of [batch, channel, position] are supported");
        }
    }

    /** With a row axis of size 1 where there is but one spatial axis. */
    private static Dimensions flat(Dimensions x) {
        return x.rank() == 4 ? x : Dimensions.of(x.at(0), x.at(1), 1, x.at(2));
    }

    private static Translation oneRow(Translation translation, Dimensions image, List<Dimensions> inputs) {
        Dimensions output = ShapeRules.outputs(translation.operator(), inputs).getFirst();
        return translation.moving(0, new Movement.Reshape(flat(image)))
                .followedBy(new Movement.Reshape(Dimensions.of(output.at(0), output.at(1), output.at(3))));
    }

    /** The shape of an input whose channels stand behind, with its channels in front. */
    private static Dimensions first(NodeView node, int input) {
        Dimensions last = node.shape(input);
        requireImage(last);
        return last.transposed(toFirst(last).permutation());
    }

    private static Movement.Transpose toFirst(Dimensions x) {
        return new Movement.Transpose(x.rank() == 4 ? List.of(0, 3, 1, 2) : List.of(0, 2, 1));
    }

    /** Moves the channels of the data in front for the operator, and back behind. */
    private static Translation channelsLast(NodeView node, Translation translation) {
        Dimensions x = node.shape(0);
        if (x.rank() == 2) {
            return translation;
        }
        if (x.rank() != 4) {
            throw new NetworkException("works on channels-last data of shape " + x
                    + "; only images of [batch, row, column, channel] are supported");
        }
        return translation.moving(0, toFirst(x)).followedBy(new Movement.Transpose(List.of(0, 2, 3, 1)));
    }
}
