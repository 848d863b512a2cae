package org.bitloom.compression;

import java.util.Arrays;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.ThresholdTable;

/**
 * A change of integers that changes no meaning: {@code q' = factor · q + term}, by channel, as a threshold layer. It
 * makes streams meet that differ in type, in direction or by a whole factor.
 *
 * @param factors not 0
 */
record IntegerMap(long[] factors, long[] terms, ValueType output) {
    /** A threshold layer has a threshold for each level: more make no sensible hardware. */
    private static final long MAX_LEVELS = 1 << 10;
    private static final long MAX_THRESHOLDS = 1 << 24;

    /** The same integers in a wider type. */
    static IntegerMap widening(int channels, ValueType output) {
        long[] factors = new long[channels];
        Arrays.fill(factors, 1);
        return new IntegerMap(factors, new long[channels], output);
    }

    /** The integers times a positive factor, and turned upside down within their range in some channels. */
    static IntegerMap scaling(ValueType type, long factor, boolean[] turned) {
        long[] factors = new long[turned.length];
        long[] terms = new long[turned.length];
        for (int channel = 0; channel < turned.length; channel++) {
            factors[channel] = turned[channel] ? -factor : factor;
            terms[channel] = turned[channel] ? factor * (type.min() + type.max()) : 0;
        }
        ValueType output = factor == 1 ? type : ValueType.holding(factor * type.min(), factor * type.max());
        return new IntegerMap(factors, terms, output);
    }

    boolean isIdentity(ValueType source) {
        return output.equals(source) && Arrays.stream(factors).allMatch(f -> f == 1)
                && Arrays.stream(terms).allMatch(t -> t == 0);
    }

    boolean isSmall() {
        return output.levels() <= MAX_LEVELS && output.levels() * factors.length <= MAX_THRESHOLDS;
    }

    /** The stream behind such a layer; the stream itself where nothing changes. */
    Stream apply(NetworkDraft draft, String name, Stream stream) {
        ValueType source = draft.typeOf(stream.layer()).type();
        if (isIdentity(source)) {
            return stream;
        }
        if (!isSmall()) {
            throw new NetworkException("needs other integers than " + source + ", " + output
                    + ", which takes too many thresholds");
        }
        int layer = draft.add(name, new Operation.Threshold(table(source), output), stream.layer());
        return stream.remapped(layer, factors, terms);
    }

    private ThresholdTable table(ValueType source) {
        boolean same = Arrays.stream(factors).allMatch(f -> f == factors[0])
                && Arrays.stream(terms).allMatch(t -> t == terms[0]);
        int rows = same ? 1 : factors.length;
        long[][] thresholds = new long[rows][(int) output.levels() - 1];
        boolean[] descending = new boolean[rows];
        for (int channel = 0; channel < rows; channel++) {
            descending[channel] = factors[channel] < 0;
            for (int i = 0; i < thresholds[channel].length; i++) {
                long value = output.min() + (i + 1) * output.step();
                thresholds[channel][i] = threshold(channel, value);
            }
        }
        return new ThresholdTable(thresholds, descending).clampedTo(source.min(), source.max());
    }

    /** The integer from which on the result reaches a value: {@code factor · q + term >= value}. */
    private long threshold(int channel, long value) {
        long distance = value - terms[channel];
        return factors[channel] > 0 ? Math.ceilDiv(distance, factors[channel])
                : Math.floorDiv(distance, factors[channel]);
    }
}
