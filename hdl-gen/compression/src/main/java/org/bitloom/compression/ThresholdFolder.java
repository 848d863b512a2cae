package org.bitloom.compression;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.bitloom.network.NetworkException;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.ThresholdTable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the integer thresholds that do what a response and a ladder do, on every integer of the source's type: the
 * response is monotone, so for each level there is a first integer that reaches it, found by bisection with exact
 * comparisons.
 */
final class ThresholdFolder {
    private static final int MAX_LEVELS = 1 << 16;
    private static final int MAX_COMPARED = 1 << 12;

    private final TensorType source;
    private final ValueType output;
    private final Map<Response, Map<Ladder, Row>> rows = new IdentityHashMap<>();
    private final Map<Ladder, Map<Long, Boundary>> boundaries = new IdentityHashMap<>();

    /** Thresholds of one channel, in the order in which they pass. */
    private record Row(long[] thresholds, boolean descending) {
        boolean sameAs(Row other) {
            return descending == other.descending && Arrays.equals(thresholds, other.thresholds);
        }
    }

    ThresholdFolder(TensorType source, ValueType output) {
        this.source = source;
        this.output = output;
        if (output.levels() > MAX_LEVELS) {
            throw new NetworkException("quantizes activations to " + output.levels() + " levels; at most " + MAX_LEVELS
                    + " are supported: use a smaller bit width");
        }
    }

    /** One row a channel of the source, or a single one when all are equal. {@code ladders[i]} belongs to element i. */
    ThresholdTable table(Stream stream, Ladder[] ladders) {
        int channels = source.shape().channels();
        if ((long) channels * (output.levels() - 1) > ThresholdTable.MAX_THRESHOLDS) {
            throw new NetworkException("needs " + channels + " x " + (output.levels() - 1)
                    + " thresholds, which is too many: use a smaller bit width");
        }
        @Nullable Row[] found = new Row[channels];
        for (int i = 0; i < stream.size(); i++) {
            int channel = stream.places()[i] % channels;
            Response response = stream.responses()[i];
            Ladder ladder = ladders[i];
            Row row = rows.computeIfAbsent(response, r -> new IdentityHashMap<>())
                    .computeIfAbsent(ladder, l -> row(response, l));
            Row earlier = found[channel];
            if (earlier != null && earlier != row && !earlier.sameAs(row)) {
                throw new NetworkException("has different parameters at different positions of one channel; "
                        + "thresholds can differ by channel only");
            }
            found[channel] = row;
        }
        return table(found);
    }

    private ThresholdTable table(@Nullable Row[] found) {
        int distinct = 1;
        for (Row row : found) {
            if (row == null) {
                throw new IllegalStateException("a channel without elements");
            }
            distinct = row.sameAs(found[0]) ? distinct : found.length;
        }
        long[][] thresholds = new long[distinct][];
        boolean[] descending = new boolean[distinct];
        for (int channel = 0; channel < distinct; channel++) {
            thresholds[channel] = found[channel].thresholds();
            descending[channel] = found[channel].descending();
        }
        return new ThresholdTable(thresholds, descending).clampedTo(source.type().min(), source.type().max());
    }

    /** Whether thresholds give back every integer that can come. */
    boolean isIdentity(ThresholdTable table) {
        ValueType type = source.type();
        if (!type.equals(output) || type.levels() > MAX_COMPARED) {
            return false;
        }
        for (int channel = 0; channel < table.channels(); channel++) {
            for (long value = type.min(); value <= type.max(); value += type.step()) {
                if (output.min() + output.step() * table.level(channel, value) != value) {
                    return false;
                }
            }
        }
        return true;
    }

    private Row row(Response response, Ladder ladder) {
        boolean descending = response.direction() < 0;
        IntegerLine line = new IntegerLine(response.line());
        long[] thresholds = new long[(int) (output.levels() - 1)];
        for (int i = 0; i < thresholds.length; i++) {
            long level = output.min() + (i + 1) * output.step();
            Response.Crossing crossing = level <= ladder.lowest() ? new Response.Crossing.Fixed(true)
                    : level > ladder.highest() ? new Response.Crossing.Fixed(false)
                    : response.crossing(boundaries.computeIfAbsent(ladder, l -> new HashMap<>())
                            .computeIfAbsent(level, ladder::boundary));
            thresholds[i] = switch (crossing) {
                case Response.Crossing.Fixed(boolean passed) -> fixed(passed, descending);
                case Response.Crossing.Where(Boundary boundary) -> threshold(line, boundary, descending);
            };
        }
        return new Row(thresholds, descending);
    }

    private static long fixed(boolean passed, boolean descending) {
        return passed == descending ? ThresholdTable.NEVER : ThresholdTable.ALWAYS;
    }

    /** The last integer that still passes, seen from the passing end of the range. */
    private long threshold(IntegerLine line, Boundary boundary, boolean descending) {
        long min = source.type().min();
        long max = source.type().max();
        double crossing = line.crossing(boundary.near());
        if (crossing > min && crossing < max) {
            // Almost always the guess is right, and two comparisons prove it.
            long passing = descending ? (long) Math.floor(crossing) : (long) Math.ceil(crossing);
            long failing = descending ? passing + 1 : passing - 1;
            if (failing >= min && failing <= max && passes(line, boundary, passing)
                    && !passes(line, boundary, failing)) {
                return passing;
            }
        }
        long passing = descending ? min : max;
        long failing = descending ? max : min;
        if (!passes(line, boundary, passing)) {
            return fixed(false, descending);
        }
        if (passes(line, boundary, failing)) {
            return fixed(true, descending);
        }
        while (Math.abs(passing - failing) > 1) {
            long middle = passing + (failing - passing) / 2;
            if (passes(line, boundary, middle)) {
                passing = middle;
            } else {
                failing = middle;
            }
        }
        return passing;
    }

    private static boolean passes(IntegerLine line, Boundary boundary, long integer) {
        return boundary.isPassed(line.compare(integer, boundary.at()));
    }
}
