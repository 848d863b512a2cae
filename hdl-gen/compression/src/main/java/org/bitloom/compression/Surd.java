package org.bitloom.compression;

import java.math.BigInteger;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.jspecify.annotations.Nullable;

/**
 * The exact number {@code rational + factor · √radicand}: what a batch-norm with its 1/√(variance + ε) makes of a
 * rational. The radicand is positive and no square of a rational, or 1 with factor 0.
 */
record Surd(Rational rational, Rational factor, Rational radicand) {
    Surd {
        if (factor.signum() == 0) {
            radicand = Rational.ONE;
        }
    }

    static Surd of(Rational rational) {
        return new Surd(rational, Rational.ZERO, Rational.ONE);
    }

    boolean isRational() {
        return factor.signum() == 0;
    }

    Surd plus(Rational other) {
        return new Surd(rational.plus(other), factor, radicand);
    }

    Surd times(Rational other) {
        return new Surd(rational.times(other), factor.times(other), radicand);
    }

    Surd plus(Surd other) {
        if (isRational()) {
            return other.plus(rational);
        }
        if (other.isRational()) {
            return plus(other.rational);
        }
        if (!radicand.equals(other.radicand)) {
            throw new IllegalArgumentException("√" + radicand + " and √" + other.radicand + " do not add");
        }
        return new Surd(rational.plus(other.rational), factor.plus(other.factor), radicand);
    }

    /** This number divided by the square root of a positive rational. */
    Surd overRoot(Rational square) {
        Rational root = exactRoot(square);
        if (root != null) {
            return times(Rational.ONE.over(root));
        }
        if (isRational()) {
            return new Surd(Rational.ZERO, rational.over(square), square);
        }
        if (rational.signum() == 0 && radicand.equals(square)) {
            return of(factor);
        }
        throw new NetworkException("two batch normalizations follow each other with no quantizer between them; "
                + "merge them into one or put a quantizer in between");
    }

    /** Whether this is below (−1), equal to (0) or above (1) a rational: signs first, then squares. */
    int compareTo(Rational other) {
        Rational rest = rational.minus(other);
        if (factor.signum() == 0 || rest.signum() == factor.signum()) {
            return rest.signum();
        }
        if (rest.signum() == 0) {
            return factor.signum();
        }
        int squares = factor.times(factor).times(radicand).compareTo(rest.times(rest));
        return factor.signum() * squares;
    }

    /** This number over another one, where that is a rational that can be told; null also where the other is 0. */
    @Nullable Rational over(Surd other) {
        if (isRational() && other.isRational()) {
            return other.rational.signum() == 0 ? null : rational.over(other.rational);
        }
        boolean rootsOnly = rational.signum() == 0 && other.rational.signum() == 0;
        return rootsOnly && radicand.equals(other.radicand) && other.factor.signum() != 0 ? factor.over(other.factor)
                : null;
    }

    int signum() {
        return compareTo(Rational.ZERO);
    }

    /** The nearest double or so: good for a first guess, never for a decision. */
    double approximate() {
        return rational.doubleValue() + factor.doubleValue() * Math.sqrt(radicand.doubleValue());
    }

    /** A rational whose root part is right to 2^-bits of itself; the number itself when it is rational. */
    Rational rounded(int bits) {
        if (isRational()) {
            return rational;
        }
        // √(p/q) = √(p·q·4^k) / (q·2^k), with k so large that the integer root has the wanted bits.
        BigInteger product = radicand.numerator().multiply(radicand.denominator());
        int shift = Math.max(0, bits + 1 - product.bitLength() / 2);
        BigInteger root = product.shiftLeft(2 * shift).sqrt();
        return rational.plus(factor.times(new Rational(root, radicand.denominator().shiftLeft(shift))));
    }

    private static @Nullable Rational exactRoot(Rational square) {
        BigInteger[] above = square.numerator().sqrtAndRemainder();
        BigInteger[] below = square.denominator().sqrtAndRemainder();
        return above[1].signum() == 0 && below[1].signum() == 0 ? new Rational(above[0], below[0]) : null;
    }
}
