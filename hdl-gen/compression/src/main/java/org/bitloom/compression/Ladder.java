package org.bitloom.compression;

import java.math.BigInteger;
import java.util.List;
import java.util.function.LongFunction;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.model.Rounding;

/**
 * A quantizer seen as a ladder: a real number stands on the highest level whose boundary it has passed, at least on the
 * lowest. Levels are the integers that leave the threshold; a level means {@code level · scale + offset}.
 *
 * @param type holds every level
 */
record Ladder(long lowest, long highest, ValueType type, LongFunction<Boundary> boundaries, Rational scale,
        Rational offset) {

    /** What must be passed to stand on a level above the lowest. */
    Boundary boundary(long level) {
        return boundaries.apply(level);
    }

    /** The real number that a level of this ladder stands for. */
    Response meaning() {
        return Response.line(scale, offset);
    }

    /** −1 and +1, parted at 0, which counts as positive. */
    static Ladder bipolar(Rational scale) {
        Boundary zero = Boundary.above(Rational.ZERO, true);
        return new Ladder(-1, 1, ValueType.bipolar(), level -> zero, scale, Rational.ZERO);
    }

    /** −1, 0 and +1; only 0 itself is on the middle level. */
    static Ladder sign() {
        return new Ladder(-1, 1, ValueType.signed(2), level -> Boundary.above(Rational.ZERO, level == 0), Rational.ONE,
                Rational.ZERO);
    }

    /** {@code clamp(round(x / scale + zero))}: level L is reached at {@code scale · (boundary(L) − zero)}. */
    static Ladder rounded(long lowest, long highest, ValueType type, Rounding rounding, Rational scale, long zero) {
        return new Ladder(lowest, highest, type, level -> Boundary.above(
                scale.times(Rational.of(rounding.doubledBoundary(level) - 2 * zero, 2)),
                rounding.includesBoundary(level)), scale, scale.times(Rational.of(-zero)));
    }

    /**
     * {@code round(half-even(x / scale + zero) / 2^shift)}: level L is reached by the first integer i for which
     * i / 2^shift rounds to it, and i by the half-even rounding before.
     */
    static Ladder truncated(long lowest, long highest, ValueType type, Rounding rounding, int shift, Rational scale,
            long zero, Rational outputScale, Rational outputZero) {
        LongFunction<Boundary> boundaries = level -> {
            Rational bound = new Rational(BigInteger.valueOf(rounding.doubledBoundary(level)).shiftLeft(shift),
                    BigInteger.TWO);
            BigInteger first = bound.ceiling();
            if (!rounding.includesBoundary(level) && bound.equals(new Rational(first, BigInteger.ONE))) {
                first = first.add(BigInteger.ONE);
            }
            long integer = first.longValueExact();
            return Boundary.above(scale.times(Rational.of(2 * integer - 1 - 2 * zero, 2)),
                    Rounding.HALF_EVEN.includesBoundary(integer));
        };
        return new Ladder(lowest, highest, type, boundaries, outputScale, outputScale.times(outputZero).negated());
    }

    /** As many levels as thresholds are passed, each inclusive; sorted, since only their number counts. */
    static Ladder counted(List<Rational> thresholds, long lowest, ValueType type, Rational scale, Rational offset) {
        List<Rational> sorted = thresholds.stream().sorted().toList();
        return new Ladder(lowest, lowest + sorted.size() * type.step(), type,
                level -> Boundary.above(sorted.get((int) ((level - lowest) / type.step()) - 1), true), scale, offset);
    }
}
