package org.bitloom.network.integer;

import java.util.Arrays;
import java.util.Objects;
import org.bitloom.network.NetworkException;

/**
 * The thresholds of each channel, the same number for all. An ascending channel passes a threshold t when
 * {@code acc >= t}; a descending one (batch-norm with γ &lt; 0) when {@code acc <= t}. The level is the number of
 * thresholds passed; the thresholds of a channel are sorted so that those passed come first (ascending channels: not
 * decreasing, descending ones: not increasing).
 *
 * <p>A threshold beyond the accumulator's range is constant: always passed, or never. {@link #ALWAYS} and
 * {@link #NEVER} say so for an ascending channel, whatever the range; {@link #clampedTo} brings such thresholds to the
 * nearest value that still means the same, so that hardware can hold them in one bit more than the accumulator.
 */
public final class ThresholdTable {
    /** Passed by every accumulator of an ascending channel; passed by none of a descending one. */
    public static final long ALWAYS = Long.MIN_VALUE;
    /** Passed by no accumulator of an ascending channel; passed by every one of a descending one. */
    public static final long NEVER = Long.MAX_VALUE;
    /** The most thresholds a table may have: 64 Mi. */
    public static final int MAX_THRESHOLDS = 1 << 26;

    private final int channels;
    private final int count;
    private final long[] thresholds;
    private final boolean[] descending;

    /** Copies {@code thresholds[channel][i]} and the direction of each channel. */
    public ThresholdTable(long[][] thresholds, boolean[] descending) {
        channels = thresholds.length;
        if (channels == 0 || channels != descending.length) {
            throw new NetworkException("thresholds for " + channels + " channels and directions for "
                    + descending.length + ": there must be as many, and at least one");
        }
        count = thresholds[0].length;
        if (count == 0 || (long) channels * count > MAX_THRESHOLDS) {
            throw new NetworkException(channels + " channels of " + count + " thresholds: there must be at least one a "
                    + "channel and at most " + MAX_THRESHOLDS + " in all");
        }
        this.thresholds = new long[channels * count];
        this.descending = descending.clone();
        for (int channel = 0; channel < channels; channel++) {
            if (thresholds[channel].length != count) {
                throw new NetworkException("channel " + channel + " has " + thresholds[channel].length
                        + " thresholds, channel 0 has " + count + ": all must have as many");
            }
            System.arraycopy(thresholds[channel], 0, this.thresholds, channel * count, count);
            for (int i = 1; i < count; i++) {
                int order = Long.compare(at(channel, i - 1), at(channel, i));
                if (descending[channel] ? order < 0 : order > 0) {
                    throw new NetworkException("thresholds of channel " + channel + " are not sorted in the order in "
                            + "which they pass: " + at(channel, i - 1) + " before " + at(channel, i));
                }
            }
        }
    }

    /** All channels ascending. */
    public static ThresholdTable ascending(long[][] thresholds) {
        return new ThresholdTable(thresholds, new boolean[thresholds.length]);
    }

    /** The same ascending thresholds for every channel. */
    public static ThresholdTable shared(long... thresholds) {
        return ascending(new long[][] {thresholds});
    }

    /** Number of channels; 1 serves every channel. */
    public int channels() {
        return channels;
    }

    /** Thresholds a channel. */
    public int count() {
        return count;
    }

    /** Threshold i of a channel, in the order in which they pass. */
    public long at(int channel, int i) {
        return thresholds[channel * count + Objects.checkIndex(i, count)];
    }

    public boolean descending(int channel) {
        return descending[channel];
    }

    /** How many thresholds of a channel an accumulator passes. */
    public int level(int channel, long accumulator) {
        int level = 0;
        for (int i = 0; i < count; i++) {
            long threshold = at(channel, i);
            if (descending[channel] ? accumulator <= threshold : accumulator >= threshold) {
                level++;
            }
        }
        return level;
    }

    /**
     * The same function on accumulators from min to max, with every threshold that is always passed at its first such
     * value in range (ascending: min, descending: max) and every one that is never passed just outside (ascending:
     * max + 1, descending: min − 1).
     */
    public ThresholdTable clampedTo(long min, long max) {
        long[][] clamped = new long[channels][count];
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < count; i++) {
                clamped[channel][i] = descending[channel]
                        ? Math.clamp(at(channel, i), min - 1, max)
                        : Math.clamp(at(channel, i), min, max + 1);
            }
        }
        return new ThresholdTable(clamped, descending);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ThresholdTable that && channels == that.channels && count == that.count
                && Arrays.equals(thresholds, that.thresholds) && Arrays.equals(descending, that.descending);
    }

    @Override
    public int hashCode() {
        return Objects.hash(channels, count, Arrays.hashCode(thresholds), Arrays.hashCode(descending));
    }

    @Override
    public String toString() {
        return count + " thresholds for " + (channels == 1 ? "all channels" : channels + " channels");
    }
}
