package org.bitloom.network.model;

import java.util.ArrayList;
import java.util.Collections;
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

    /** The elements from {@code starts} on, as many as {@code target} says, along every axis. */
    record Slice(List<Integer> starts, Dimensions target) implements Movement {
        public Slice {
            starts = List.copyOf(starts);
        }
    }

    /** Several outputs: runs of the given sizes, one after the other, along an axis that is not negative. */
    record Split(int axis, List<Integer> sizes) implements Movement {
        public Split {
            sizes = List.copyOf(sizes);
        }

        /** Each output as a slice of the input. */
        public List<Slice> slices(Dimensions input) {
            List<Slice> slices = new ArrayList<>();
            int start = 0;
            for (int size : sizes) {
                List<Integer> starts = new ArrayList<>(Collections.nCopies(input.rank(), 0));
                starts.set(axis, start);
                slices.add(new Slice(starts, input.resized(axis, size)));
                start += size;
            }
            return slices;
        }
    }
}
