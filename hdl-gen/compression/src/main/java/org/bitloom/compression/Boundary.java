package org.bitloom.compression;

import org.bitloom.network.Rational;

/**
 * A place on the real line that parts passing numbers from the others: passing are those above it, or below it, and the
 * place itself when inclusive.
 *
 * @param near the place, roughly: for guesses only
 */
record Boundary(Rational at, boolean inclusive, boolean above, double near) {
    /** Passed by what is above the place. */
    static Boundary above(Rational at, boolean inclusive) {
        return new Boundary(at, inclusive, true, at.doubleValue());
    }

    /** The same place seen by a number that a line maps onto the first one: {@code slope · v + offset}. */
    Boundary before(Rational slope, Rational offset) {
        Rational place = at.minus(offset).over(slope);
        return new Boundary(place, inclusive, above == slope.signum() > 0, place.doubleValue());
    }

    boolean isPassedBy(Rational value) {
        return isPassed(value.compareTo(at));
    }

    /** Whether a number passes that compares with the place as {@code order} says. */
    boolean isPassed(int order) {
        return order == 0 ? inclusive : above == order > 0;
    }
}
