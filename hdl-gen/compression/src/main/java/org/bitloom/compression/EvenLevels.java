package org.bitloom.compression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.ThresholdTable;

/**
 * Thresholds at even distances, as one multiplication and a shift: with {@code m} and {@code r} for each channel and a
 * shift {@code s} for all, {@code (acc · m + r) >> s} reaches each level at just the integer that its threshold names.
 * For given m and s the thresholds bound r from both sides, so what is found is exact on every integer; the smallest
 * shift with which there is an r for every channel is taken.
 */
final class EvenLevels {
    /** Wider multipliers are left to thresholds, in bits. */
    private static final int MAX_MULTIPLIER_BITS = 31;

    private final ThresholdTable table;
    private final ValueType source;
    private final ValueType output;
    /** Levels from one integer to the next, of each channel of the table, roughly. */
    private final double[] slopes;

    EvenLevels(ThresholdTable table, ValueType source, ValueType output, double[] slopes) {
        this.table = table;
        this.source = source;
        this.output = output;
        this.slopes = slopes;
    }

    /** The offsets that a channel may have. */
    private record Offsets(long least, long greatest) {
        boolean isEmpty() {
            return least > greatest;
        }

        Offsets and(Offsets other) {
            return new Offsets(Math.max(least, other.least), Math.min(greatest, other.greatest));
        }

        /** Half a unit, or what is nearest to it. */
        long nearest(int shift) {
            return Math.clamp((1L << shift) / 2, least, greatest);
        }
    }

    private record Channel(long multiplier, Offsets offsets) { }

    /** Empty where the levels are not even enough. */
    Optional<Operation.Requantize> operation() {
        if (output.step() != 1) {
            return Optional.empty();
        }
        for (int shift = 0; shift < Operation.Requantize.MAX_SHIFT; shift++) {
            try {
                List<Channel> channels = channels(shift);
                if (channels.size() == table.channels()) {
                    return Optional.of(operation(channels, shift));
                }
            } catch (ArithmeticException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Up to the first channel that this shift does not serve. */
    private List<Channel> channels(int shift) {
        List<Channel> channels = new ArrayList<>();
        for (int channel = 0; channel < table.channels(); channel++) {
            double ideal = Math.scalb(slopes[channel], shift);
            if (Math.abs(ideal) >= 1L << MAX_MULTIPLIER_BITS) {
                throw new ArithmeticException("multiplier");
            }
            long near = Math.round(ideal);
            Offsets offsets = offsets(channel, near, shift);
            if (offsets.isEmpty()) {
                near = ideal > near ? near + 1 : near - 1;
                offsets = offsets(channel, near, shift);
            }
            if (offsets.isEmpty()) {
                return channels;
            }
            channels.add(new Channel(near, offsets));
        }
        return channels;
    }

    /**
     * Each threshold asks of the integer that passes it to reach its level, and of the one before not to.
     *
     * @throws ArithmeticException beyond 64 bits
     */
    private Offsets offsets(int channel, long multiplier, int shift) {
        boolean descending = table.descending(channel);
        long least = -(1L << ValueType.MAX_BITS - 1);
        long greatest = (1L << ValueType.MAX_BITS - 1) - 1;
        for (int i = 0; i < table.count(); i++) {
            long level = Math.multiplyExact(output.min() + i + 1, 1L << shift);
            long passing = table.at(channel, i);
            long failing = descending ? passing + 1 : passing - 1;
            if (source.contains(passing)) {
                least = Math.max(least, Math.subtractExact(level, Math.multiplyExact(passing, multiplier)));
            }
            if (source.contains(failing)) {
                greatest = Math.min(greatest, Math.subtractExact(level - 1, Math.multiplyExact(failing, multiplier)));
            }
        }
        return new Offsets(least, greatest);
    }

    private Operation.Requantize operation(List<Channel> channels, int shift) {
        boolean oneMultiplier = channels.stream().map(Channel::multiplier).distinct().count() == 1;
        Offsets common = channels.stream().map(Channel::offsets).reduce(Offsets::and).orElseThrow();
        return new Operation.Requantize(
                channels.stream().limit(oneMultiplier ? 1 : channels.size()).map(Channel::multiplier).toList(),
                common.isEmpty() ? channels.stream().map(c -> c.offsets().nearest(shift)).toList()
                        : List.of(common.nearest(shift)),
                shift,
                output);
    }
}
