package org.bitloom.network.model;

/** Operators that read a class from a vector of scores. Axes are not negative. */
public sealed interface Selection extends Operator {
    int axis();

    /** Index of the largest element along the axis; the lowest of equal ones. */
    record ArgMax(int axis, boolean keepAxis) implements Selection {
    }

    /** Two outputs: the k largest (or smallest) elements along the axis in order, and their indexes. Ties: lowest index. */
    record TopK(int k, int axis, boolean largest) implements Selection {
    }

    /** {@code exp(x) / Σ exp(x)} along the axis, or its logarithm. */
    record Softmax(int axis, boolean logarithm) implements Selection {
    }
}
