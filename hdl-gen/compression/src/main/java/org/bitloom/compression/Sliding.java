package org.bitloom.compression;

import java.util.function.ToLongFunction;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.integer.Padding;
import org.bitloom.network.integer.Window;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Sweep;
import org.jspecify.annotations.Nullable;

/**
 * How an operator slides over its data when the margin that a Pad has put there counts as its own padding.
 *
 * @param value what stands in the padding; null where there is none
 */
record Sliding(Stream data, Sweep rows, Sweep columns, @Nullable Rational value) {
    /** @param own what the operator itself pads with */
    static Sliding of(Spatial operator, Value input, float own) {
        Stream data = Margin.dataOf(input);
        Spatial.Pad pad = Margin.of(input);
        boolean padded = operator.rows().isPadded() || operator.columns().isPadded();
        if (pad == null) {
            return new Sliding(data, operator.rows(), operator.columns(), padded ? Rational.of(own) : null);
        }
        if (padded && pad.value() != own) {
            throw new NetworkException("pads with " + own + " what is padded with " + pad.value()
                    + " before; use one value, or one padding");
        }
        return new Sliding(data, operator.rows().paddedBy(pad.top(), pad.bottom()),
                operator.columns().paddedBy(pad.left(), pad.right()), Rational.of(pad.value()));
    }

    Window window() {
        return new Window(rows.kernel(), columns.kernel(), rows.stride(), columns.stride(), rows.dilation(),
                columns.dilation());
    }

    int taps() {
        return window().taps();
    }

    /** @param integer gives the integer that stands for the value in the padding */
    Padding padding(ToLongFunction<Rational> integer) {
        return value == null ? Padding.NONE : new Padding(rows.before(), columns.before(), rows.after() + rows.excess(),
                columns.after() + columns.excess(), integer.applyAsLong(value));
    }
}
