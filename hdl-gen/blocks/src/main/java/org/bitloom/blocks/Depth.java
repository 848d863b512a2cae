package org.bitloom.blocks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many registers a block has beyond the least, so that its clock can be faster. Those on the way from input to output
 * add cycles of latency, those of a window's counters add none; none takes from the throughput.
 *
 * @param sum    before or within what is added up or compared: the adders of dot products, the comparisons of an arg-max
 * @param result within what follows: the comparisons with thresholds and the counting of those that pass
 */
public record Depth(int sum, int result) {
    /** More than any block has a use for. */
    private static final int MOST = 20;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,2})\\+(\\d{1,2})");

    public static final Depth LEAST = new Depth(0, 0);

    public Depth {
        if (sum < 0 || result < 0 || sum > MOST || result > MOST) {
            throw new IllegalArgumentException(
                    "a depth has 0 to " + MOST + " registers in each part, not " + sum + " and " + result);
        }
    }

    /** Reads what {@link #toString} gives, such as {@code 2+1}. */
    public static Depth parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no depth such as 2+1");
        }
        return new Depth(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    public boolean isLeast() {
        return sum == 0 && result == 0;
    }

    public boolean isWithin(Depth most) {
        return sum <= most.sum && result <= most.result;
    }

    @Override
    public String toString() {
        return sum + "+" + result;
    }
}
