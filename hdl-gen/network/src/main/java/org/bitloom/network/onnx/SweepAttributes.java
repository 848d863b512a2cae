package org.bitloom.network.onnx;

import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Sweep;

/** The attributes by which convolutions and pools say how their kernel moves, read for one image shape. */
record SweepAttributes(NodeView node, Dimensions image, List<Long> kernel) {
    private static final int LARGEST = 1 << 16;

    /** A pool states its kernel. */
    static SweepAttributes ofPool(NodeView node, Dimensions image) {
        return new SweepAttributes(node, image, node.integers("kernel_shape").orElseThrow(
                () -> new NetworkException("has no kernel_shape; export the model again")));
    }

    /** A convolution has the kernel of its weights. */
    static SweepAttributes ofConvolution(NodeView node, Dimensions image, Dimensions weights) {
        List<Long> shape = weights.sizes().subList(2, weights.rank()).stream().map(Integer::longValue).toList();
        if (!node.integers("kernel_shape").orElse(shape).equals(shape)) {
            throw new NetworkException("has a kernel_shape of " + node.integers("kernel_shape").orElse(shape)
                    + " but weights of shape " + weights + "; export the model again");
        }
        return new SweepAttributes(node, image, shape);
    }

    /** A sequence is an image of one row. */
    Sweep rows() {
        return image.rank() == 3 ? Sweep.whole(1) : along(0);
    }

    Sweep columns() {
        return along(image.rank() - 3);
    }

    /** Axis 0 of the kernel is axis 2 of the image. */
    private Sweep along(int axis) {
        int spatial = image.rank() - 2;
        int size = number("kernel_shape", kernel, spatial, axis);
        int stride = number("strides", node.integers("strides").orElse(List.of()), spatial, axis);
        int dilation = number("dilations", node.integers("dilations").orElse(List.of()), spatial, axis);
        int extent = image.at(axis + 2);
        Sweep plain = new Sweep(size, stride, dilation, 0, 0, 0);
        String automatic = node.text("auto_pad", "NOTSET");
        Sweep sweep = switch (automatic) {
            case "NOTSET", "" -> new Sweep(size, stride, dilation, pad(spatial, axis), pad(spatial, axis + spatial), 0);
            case "VALID" -> plain;
            case "SAME_UPPER", "SAME_LOWER" -> same(plain, extent, automatic.equals("SAME_UPPER"));
            default -> throw new NetworkException("has an auto_pad of " + OnnxNode.quoted(automatic)
                    + ", which is unknown; export with explicit pads");
        };
        return node.integer("ceil_mode", 0) != 0 ? roundedUp(sweep, extent) : sweep;
    }

    /** As many positions as strides fit into the axis, the odd element of padding at its end or at its beginning. */
    private static Sweep same(Sweep sweep, int extent, boolean upper) {
        long positions = Math.ceilDiv(extent, sweep.stride());
        long missing = (positions - 1) * sweep.stride() + sweep.span() - extent;
        if (missing < -1) {
            throw new NetworkException("has an auto_pad of SAME with strides so much larger than its kernel that its "
                    + "padding would be negative; export with explicit pads");
        }
        int total = Math.clamp(missing, 0, LARGEST);
        int less = total / 2;
        return upper ? sweep.paddedBy(less, total - less) : sweep.paddedBy(total - less, less);
    }

    /** One more position where elements are left over, if it begins before the padding at the end. */
    private static Sweep roundedUp(Sweep sweep, int extent) {
        long length = (long) extent + sweep.before() + sweep.after();
        long last = Math.ceilDiv(length - sweep.span(), (long) sweep.stride()) * sweep.stride();
        if (last >= (long) extent + sweep.before()) {
            last -= sweep.stride();
        }
        long excess = Math.min(LARGEST, Math.max(0, last + sweep.span() - length));
        return new Sweep(sweep.kernel(), sweep.stride(), sweep.dilation(), sweep.before(), sweep.after(), (int) excess);
    }

    private int pad(int spatial, int index) {
        List<Long> pads = node.integers("pads").orElse(List.of());
        if (pads.isEmpty()) {
            return 0;
        }
        if (pads.size() != 2 * spatial) {
            throw wrongCount("pads", pads.size(), 2 * spatial);
        }
        return narrow(pads.get(index));
    }

    private static int number(String what, List<Long> values, int spatial, int axis) {
        if (values.isEmpty()) {
            return 1;
        }
        if (values.size() != spatial) {
            throw wrongCount(what, values.size(), spatial);
        }
        return narrow(values.get(axis));
    }

    /** What is out of range stays so, and {@link Sweep} refuses it. */
    private static int narrow(long value) {
        return Math.clamp(value, -1, LARGEST + 1);
    }

    private static NetworkException wrongCount(String what, int count, int wanted) {
        return new NetworkException("has " + count + " " + what + " for an image; there must be " + wanted
                + ": export the model again");
    }
}
