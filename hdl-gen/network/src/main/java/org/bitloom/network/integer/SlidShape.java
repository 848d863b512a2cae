package org.bitloom.network.integer;

import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;

/** The shape of what a window that slides over a padded image puts out: one pixel a position that fits. */
final class SlidShape {
    private SlidShape() { }

    static Shape of(Window window, Padding padding, Shape input, int channels) {
        return Shape.of(
                positions("high", (long) input.height() + padding.top() + padding.bottom(), window.spanHeight(),
                        window.strideHeight()),
                positions("wide", (long) input.width() + padding.left() + padding.right(), window.spanWidth(),
                        window.strideWidth()),
                channels);
    }

    private static int positions(String direction, long extent, long span, int stride) {
        if (span > extent) {
            throw new NetworkException("a kernel " + span + " pixels " + direction + " does not fit a padded image "
                    + extent + " pixels " + direction);
        }
        return Math.toIntExact((extent - span) / stride + 1);
    }

    static void requireImage(String what, Shape shape) {
        if (shape.rank() != 3) {
            throw new NetworkException(what + " needs an input of [height, width, channels], not " + shape);
        }
    }

    static void requireValue(Padding padding, ValueType type) {
        if (!padding.isEmpty() && !type.contains(padding.value())) {
            throw new NetworkException("padding value " + padding.value() + " is not a value of the input's type, "
                    + type);
        }
    }
}
