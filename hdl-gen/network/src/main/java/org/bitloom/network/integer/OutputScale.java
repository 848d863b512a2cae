package org.bitloom.network.integer;

import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;

/**
 * What the integer outputs mean: {@code real = scale · integer + offset}, exactly. Both lists have one entry for the
 * whole tensor, or one an output; both are empty when the integers mean themselves. Hardware never needs it.
 */
public record OutputScale(List<Rational> scales, List<Rational> offsets) {
    public static final OutputScale NONE = new OutputScale(List.of(), List.of());

    public OutputScale {
        scales = List.copyOf(scales);
        offsets = List.copyOf(offsets);
        if (scales.size() != offsets.size()) {
            throw new NetworkException("output scale: " + scales.size() + " scales and " + offsets.size()
                    + " offsets; there must be as many");
        }
    }

    /** One scale and offset for every output. */
    public static OutputScale ofTensor(Rational scale, Rational offset) {
        return new OutputScale(List.of(scale), List.of(offset));
    }

    /** The real value of output i. */
    public Rational real(long value, int output) {
        if (scales.isEmpty()) {
            return Rational.of(value);
        }
        int entry = scales.size() == 1 ? 0 : output;
        return scales.get(entry).times(Rational.of(value)).plus(offsets.get(entry));
    }

    /** Compares outputs i and j by their real values. */
    int compare(long[] outputs, int i, int j) {
        if (scales.isEmpty()) {
            return Long.compare(outputs[i], outputs[j]);
        }
        if (scales.size() == 1) {
            return Long.compare(outputs[i], outputs[j]) * scales.getFirst().signum();
        }
        return real(outputs[i], i).compareTo(real(outputs[j], j));
    }
}
