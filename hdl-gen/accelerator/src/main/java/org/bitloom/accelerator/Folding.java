package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a matrix is cut for a matrix-vector unit: rows and columns at a time.
 *
 * @param pe   rows (neurons) at a time
 * @param simd columns (synapses) at a time
 */
public record Folding(int pe, int simd) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})x(\\d{1,6})");

    public Folding {
        if (pe < 1 || simd < 1) {
            throw new AcceleratorException("a folding of " + pe + "x" + simd + ": PE and SIMD are at least 1");
        }
    }

    /** Reads {@code 16x49,8x8,8x8,10x8}: PE x SIMD for each matrix layer in order. */
    public static List<Folding> parse(String text) {
        List<Folding> foldings = new ArrayList<>();
        for (String part : text.strip().split("\\s*,\\s*")) {
            Matcher matcher = TEXT.matcher(part);
            if (!matcher.matches()) {
                throw new AcceleratorException("folding '" + part + "' is not PExSIMD; write one for each matrix layer, "
                        + "for example 16x49,8x8,8x8,10x8");
            }
            foldings.add(new Folding(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
        }
        return List.copyOf(foldings);
    }

    public static String text(List<Folding> foldings) {
        return foldings.stream().map(Folding::toString).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return pe + "x" + simd;
    }
}
