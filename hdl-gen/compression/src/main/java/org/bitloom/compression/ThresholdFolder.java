package org.bitloom.compression;

import java.util.Arrays;
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
        long step = output.step();
        long[] thresholds = new long[(int) (output.levels() - 1)];
        for (int i = 0; i < thresholds.length; i++) {
            long level = output.min() + (i + 1) * step;
            if (level <= ladder.lowest()) {
                thresholds[i] = descending ? ThresholdTable.NEVER : ThresholdTable.ALWAYS;
            } else if (level > ladder.highest()) {
                thresholds[i] = descending ? ThresholdTable.ALWAYS : ThresholdTable.NEVER;
            } else {
                thresholds[i] = threshold(response, ladder.boundary(level), descending);
            }
        }
        return new Row(thresholds, descending);
    }

    /** The integer nearest to the start of the passing end that still passes. */
    private long threshold(Response response, Ladder.Boundary boundary, boolean descending) {
        long min = source.type().min();
        long max = source.type().max();
        long passing = descending ? min : max;
        long failing = descending ? max : min;
        if (!boundary.isPassedBy(response.at(passing))) {
            return descending ? ThresholdTable.ALWAYS : ThresholdTable.NEVER;
        }
        if (boundary.isPassedBy(response.at(failing))) {
            return descending ? ThresholdTable.NEVER : ThresholdTable.ALWAYS;
        }
        long guess = guess(response, boundary, min, max);
        // Bisection between a passing and a failing integer; the first probes are next to the guess.
        for (long probe : new long[] {guess - 1, guess, guess + 1}) {
            if (probe > min && probe < max) {
                if (boundary.isPassedBy(response.at(probe))) {
                    passing = descending ? Math.max(passing, probe) : Math.min(passing, probe);
                } else {
                    failing = descending ? Math.min(failing, probe) : Math.max(failing, probe);
                }
            }
        }
        while (Math.abs(passing - failing) > 1) {
            long middle = passing + (failing - passing) / 2;
            if (boundary.isPassedBy(response.at(middle))) {
                passing = middle;
            } else {
                failing = middle;
            }
        }
        return passing;
    }

    /** Where a line crosses the boundary, roughly; any integer will do otherwise. */
    private static long guess(Response response, Ladder.Boundary boundary, long min, long max) {
        Response.Line line = response.line();
        double crossing = (boundary.at().doubleValue() - line.offset().approximate()) / line.slope().approximate();
        return Double.isFinite(crossing) ? Math.clamp((long) Math.rint(crossing), min, max) : min;
    }
}
