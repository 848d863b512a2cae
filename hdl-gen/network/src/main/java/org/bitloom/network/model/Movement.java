package org.bitloom.network.model;

import java.util.List;

/** Operators that move elements and compute nothing. Flatten, Squeeze and Unsqueeze arrive here as Reshape. */
public sealed interface Movement extends Operator {
    /** The same elements in the same order under another shape. */
    record Reshape(Dimensions target) implements Movement {
    }

    /** Axis i of the result is axis {@code permutation[i]} of the input. */
    record Transpose(List<Integer> permutation) implements Movement {
        public Transpose {
            permutation = List.copyOf(permutation);
        }
    }
}
