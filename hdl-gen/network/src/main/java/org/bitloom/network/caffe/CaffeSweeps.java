package org.bitloom.network.caffe;

import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Sweep;

/** How the kernels of convolutions and pools move, from parameters that are given once, for each axis, or apart. */
final class CaffeSweeps {
    private static final int LARGEST = 1 << 16;

    private CaffeSweeps() {
    }

    /** The sweep of a convolution over axis 0 (rows) or 1 (columns). */
    static Sweep ofConvolution(Message convolution, int axis) {
        String apart = axis == 0 ? "_h" : "_w";
        int pad = either(convolution, "pad", "pad" + apart, axis, 0);
        return new Sweep(either(convolution, "kernel_size", "kernel" + apart, axis, 0),
                either(convolution, "stride", "stride" + apart, axis, 1), repeated(convolution, "dilation", axis, 1), pad,
                pad, 0);
    }

    private static int either(Message fields, String name, String apart, int axis, int otherwise) {
        return fields.has(apart) ? narrow(apart, fields.integer(apart, otherwise)) : repeated(fields, name, axis, otherwise);
    }

    private static int repeated(Message fields, String name, int axis, int otherwise) {
        List<Long> values = fields.all(name, Long.class);
        if (values.size() > 2) {
            throw new NetworkException("has " + values.size() + " values of " + name + "; images have two axes");
        }
        return narrow(name, values.isEmpty() ? otherwise : values.get(Math.min(axis, values.size() - 1)));
    }

    /** A field that is not repeated. */
    static int one(Message fields, String name, String apart, int otherwise) {
        return fields.has(apart) ? narrow(apart, fields.integer(apart, otherwise))
                : narrow(name, fields.integer(name, otherwise));
    }

    private static int narrow(String what, long value) {
        if (value < 0 || value > LARGEST) {
            throw new NetworkException("has a " + what + " of " + value + "; at most " + LARGEST + " is supported");
        }
        return (int) value;
    }
}
