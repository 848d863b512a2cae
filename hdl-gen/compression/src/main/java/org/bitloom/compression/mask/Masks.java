package org.bitloom.compression.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.bitloom.network.BitPattern;

/** A pattern for each masked layer, in the order of the network; none at all leaves the network as it was trained. */
public record Masks(List<BitPattern> patterns) {
    /** The trained network. */
    public static final Masks NONE = new Masks(List.of());

    public Masks {
        patterns = List.copyOf(patterns);
    }

    public static Masks uniform(BitPattern pattern, int layers) {
        return new Masks(Collections.nCopies(layers, pattern));
    }

    /** In either notation, one for each layer. */
    public static Masks parse(String... patterns) {
        return new Masks(Arrays.stream(patterns).map(BitPattern::parse).toList());
    }

    public boolean isUniform() {
        return patterns.stream().distinct().count() == 1;
    }

    /** With another pattern for one layer. */
    public Masks with(int layer, BitPattern pattern) {
        List<BitPattern> changed = new ArrayList<>(patterns);
        changed.set(layer, pattern);
        return new Masks(changed);
    }

    /** {@code 5_2_0_1_0/6_3_0_1_2_0}. */
    public String listed() {
        return patterns.isEmpty() ? "float" : patterns.stream().map(BitPattern::listed).collect(Collectors.joining("/"));
    }

    /** {@code X0.0XX / X0.00XX}; a uniform choice is shown once. */
    @Override
    public String toString() {
        return patterns.isEmpty() ? "float" : isUniform() ? patterns.getFirst().toString()
                : patterns.stream().map(BitPattern::toString).collect(Collectors.joining(" / "));
    }
}
