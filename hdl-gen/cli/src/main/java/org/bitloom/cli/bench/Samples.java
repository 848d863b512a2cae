package org.bitloom.cli.bench;

import java.util.List;

/** The results of equal measurements; at least one. */
public record Samples(List<Double> values) {
    public Samples {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no measurement");
        }
    }

    public double least() {
        return values.getFirst();
    }

    public double greatest() {
        return values.getLast();
    }

    /** The middle one; of an even number the lower of the two. */
    public double median() {
        return values.get((values.size() - 1) / 2);
    }
}
