package org.bitloom.network.model;

/** Operators of any number of inputs, at least one. */
public sealed interface Joining extends Operator {
    /** The inputs one after the other along an axis that is not negative. */
    record Concat(int axis) implements Joining {
    }

    /** The sum of all inputs, element by element, with broadcasting. */
    record Sum() implements Joining {
    }
}
