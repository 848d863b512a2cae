package org.bitloom.compression;

import java.math.BigInteger;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Spatial;
import org.jspecify.annotations.Nullable;

/**
 * Data with the margin that a Pad has put around it, until a convolution or pool takes it as its padding. Axis i of the
 * model's value is axis {@code axes[i]} of [batch, channel, row, column].
 */
record Margin(Stream stream, Spatial.Pad pad, List<Integer> axes, Dimensions shape) implements Value {
    private static final List<Integer> IN_ORDER = List.of(0, 1, 2, 3);

    Margin {
        axes = List.copyOf(axes);
    }

    /** What a Pad makes of data, or of data that has a margin already. */
    static Margin around(Value data, Spatial.Pad pad, Dimensions shape) {
        Spatial.Pad before = of(data);
        if (before == null) {
            return new Margin(data.stream(), pad, IN_ORDER, shape);
        }
        if (before.value() != pad.value()) {
            throw new NetworkException("pads with " + pad.value() + " what is padded with " + before.value()
                    + " already; use one value");
        }
        return new Margin(dataOf(data), new Spatial.Pad(before.top() + pad.top(), before.left() + pad.left(),
                before.bottom() + pad.bottom(), before.right() + pad.right(), pad.value()), IN_ORDER, shape);
    }

    /** The margin that an operator on images finds around its data, or null. */
    static Spatial.@Nullable Pad of(Value value) {
        if (!(value instanceof Margin margin)) {
            return null;
        }
        if (!margin.axes.equals(IN_ORDER)) {
            throw new NetworkException("reads padded data that has been transposed; put the Pad directly before it");
        }
        return margin.pad;
    }

    static Stream dataOf(Value value) {
        return value instanceof Margin margin ? margin.stream : value.stream();
    }

    Margin transposed(List<Integer> permutation, Dimensions result) {
        return new Margin(stream, pad, permutation.stream().map(axes::get).toList(), result);
    }

    @Override
    public Value reshaped(Dimensions target) {
        throw misplaced();
    }

    @Override
    public Value moved(Dimensions target, int[] indexes) {
        throw misplaced();
    }

    static NetworkException misplaced() {
        return new NetworkException("follows a Pad, whose margin only a convolution or a pool can take: put the Pad "
                + "directly before the convolution or pool that needs it");
    }

    /** The one integer that stands for a real number in every channel, to pad with. */
    static long integerFor(Rational real, Image image, ValueType type) {
        Rational integer = null;
        for (Response response : image.responses()) {
            Rational slope = response.line().slope().rational();
            Rational distance = real.minus(response.line().offset().rational());
            if (slope.signum() == 0 && distance.signum() == 0) {
                continue;
            }
            if (slope.signum() == 0 || integer != null && !distance.over(slope).equals(integer)) {
                throw refused(real, "there are different integers in different channels");
            }
            integer = distance.over(slope);
        }
        if (integer == null) {
            return type.min();
        }
        boolean whole = integer.denominator().equals(BigInteger.ONE) && integer.numerator().bitLength() < Long.SIZE;
        if (!whole || !type.contains(integer.numerator().longValueExact())) {
            throw refused(real, "its input (" + type + ") has no integer");
        }
        return integer.numerator().longValueExact();
    }

    private static NetworkException refused(Rational real, String why) {
        return new NetworkException("pads with " + real.doubleValue() + ", for which " + why
                + "; use no padding, or quantize its input so that this number is a level (Brevitas: QuantReLU, or "
                + "QuantIdentity of at least 2 bits with zero point 0)");
    }
}
