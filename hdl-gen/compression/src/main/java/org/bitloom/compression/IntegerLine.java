package org.bitloom.compression;

import java.math.BigInteger;
import org.bitloom.network.Rational;

/**
 * A line at integers, compared with rationals in integers alone: with everything over one positive denominator,
 * {@code y(q) · denominator = (a + b·q) + (c + d·q) · √radicand}. Many thousand comparisons make a table of thresholds;
 * nothing is reduced to lowest terms in between.
 */
final class IntegerLine {
    private final BigInteger denominator;
    private final BigInteger a;
    private final BigInteger b;
    private final BigInteger c;
    private final BigInteger d;
    private final BigInteger radicand;
    private final double slope;
    private final double offset;

    IntegerLine(Response.Line line) {
        Surd up = line.slope();
        Surd base = line.offset();
        Rational root = up.isRational() ? base.radicand() : up.radicand();
        // √(p/q) = √(p·q) / q.
        radicand = root.numerator().multiply(root.denominator());
        Rational unit = new Rational(BigInteger.ONE, root.denominator());
        Rational[] parts = {base.rational(), up.rational(), base.factor().times(unit), up.factor().times(unit)};
        BigInteger common = BigInteger.ONE;
        for (Rational part : parts) {
            common = common.divide(common.gcd(part.denominator())).multiply(part.denominator());
        }
        denominator = common;
        a = over(parts[0]);
        b = over(parts[1]);
        c = over(parts[2]);
        d = over(parts[3]);
        slope = up.approximate();
        offset = base.approximate();
    }

    private BigInteger over(Rational part) {
        return part.numerator().multiply(denominator.divide(part.denominator()));
    }

    /** Whether the line at an integer is below (−1), at (0) or above (1) a rational. */
    int compare(long integer, Rational other) {
        BigInteger q = BigInteger.valueOf(integer);
        BigInteger plain = a.add(b.multiply(q)).multiply(other.denominator())
                .subtract(other.numerator().multiply(denominator));
        BigInteger rooted = c.add(d.multiply(q)).multiply(other.denominator());
        if (rooted.signum() == 0 || plain.signum() == rooted.signum()) {
            return plain.signum();
        }
        if (plain.signum() == 0) {
            return rooted.signum();
        }
        int squares = rooted.multiply(rooted).multiply(radicand).compareTo(plain.multiply(plain));
        return rooted.signum() * squares;
    }

    /** Where the line meets a number, roughly, or NaN. */
    double crossing(double number) {
        return (number - offset) / slope;
    }
}
