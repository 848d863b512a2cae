package org.bitloom.compression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.jspecify.annotations.Nullable;

/**
 * The exact real number that an integer stands for, as a function of the integer: lines and clips, one after the other.
 * Such a function is monotone. The first step is a line, and no two lines are neighbours.
 */
record Response(List<Step> steps) {
    /** One stage of the function. */
    sealed interface Step {
    }

    record Line(Surd slope, Surd offset) implements Step {
    }

    /** Bounds; null is none. */
    record Clip(@Nullable Rational low, @Nullable Rational high) implements Step {
    }

    Response {
        steps = List.copyOf(steps);
    }

    static Response line(Rational slope, Rational offset) {
        return new Response(List.of(new Line(Surd.of(slope), Surd.of(offset))));
    }

    /** The exact number that an integer stands for. */
    Surd at(long integer) {
        Surd value = line().slope().times(Rational.of(integer)).plus(line().offset());
        for (Step step : steps.subList(1, steps.size())) {
            value = apply(step, value);
        }
        return value;
    }

    private static Surd apply(Step step, Surd value) {
        return switch (step) {
            // A line after a clip is rational: overRoot sees to it.
            case Line line -> value.times(line.slope().rational()).plus(line.offset());
            case Clip(Rational low, Rational high) when low != null && value.compareTo(low) < 0 -> Surd.of(low);
            case Clip(Rational low, Rational high) when high != null && value.compareTo(high) > 0 -> Surd.of(high);
            case Clip clip -> value;
        };
    }

    /** When the function passes a boundary, said of its first line alone. */
    Crossing crossing(Boundary boundary) {
        Boundary before = boundary;
        for (int i = steps.size() - 1; i > 0; i--) {
            switch (steps.get(i)) {
                case Line line -> {
                    Rational slope = line.slope().rational();
                    if (slope.signum() == 0) {
                        return new Crossing.Fixed(before.isPassedBy(line.offset().rational()));
                    }
                    before = before.before(slope, line.offset().rational());
                }
                case Clip clip -> {
                    Rational easy = before.above() ? clip.low() : clip.high();
                    Rational hard = before.above() ? clip.high() : clip.low();
                    if (easy != null && before.isPassedBy(easy)) {
                        return new Crossing.Fixed(true);
                    }
                    if (hard != null && !before.isPassedBy(hard)) {
                        return new Crossing.Fixed(false);
                    }
                }
            }
        }
        return new Crossing.Where(before);
    }

    /** A condition on the first line of a response. */
    sealed interface Crossing {
        /** Passed by all integers or by none. */
        record Fixed(boolean passed) implements Crossing {
        }

        /** Passed where the first line passes. */
        record Where(Boundary boundary) implements Crossing {
        }
    }

    /** 1 when larger integers never stand for smaller numbers, −1 for the contrary, 0 for a constant. */
    int direction() {
        int direction = 1;
        for (Step step : steps) {
            if (step instanceof Line line) {
                direction *= line.slope().signum();
            }
        }
        return direction;
    }

    /** How much the number grows with the integer where nothing is clipped, roughly. */
    double slope() {
        double slope = 1;
        for (Step step : steps) {
            if (step instanceof Line line) {
                slope *= line.slope().approximate();
            }
        }
        return slope;
    }

    boolean isLine() {
        return steps.size() == 1;
    }

    /** The only step of a line. */
    Line line() {
        return (Line) steps.getFirst();
    }

    Response times(Rational factor) {
        return then(line -> new Line(line.slope().times(factor), line.offset().times(factor)));
    }

    Response plus(Rational term) {
        return then(line -> new Line(line.slope(), line.offset().plus(term)));
    }

    /** Divided by the root of a positive number that is itself no square: only while nothing has been clipped. */
    Response overRoot(Rational square) {
        if (!isLine() && Surd.of(Rational.ONE).overRoot(square).isRational()) {
            return times(Surd.of(Rational.ONE).overRoot(square).rational());
        }
        if (!isLine()) {
            throw new NetworkException("a batch normalization follows an activation with no quantizer between them; "
                    + "put a quantizer in between");
        }
        return then(line -> new Line(line.slope().overRoot(square), line.offset().overRoot(square)));
    }

    /** The same numbers as a function of other integers, {@code factor · integer + term}; the factor is not 0. */
    Response remapped(long factor, long term) {
        Surd slope = line().slope().times(Rational.of(1).over(Rational.of(factor)));
        List<Step> changed = new ArrayList<>(steps);
        changed.set(0, new Line(slope, line().offset().plus(slope.times(Rational.of(-term)))));
        return new Response(changed);
    }

    /** The mean of {@code count} numbers, as a function of the sum of their integers; for a line. */
    Response mean(int count) {
        return new Response(List.of(new Line(line().slope().times(Rational.of(1, count)), line().offset())));
    }

    Response clipped(@Nullable Rational low, @Nullable Rational high) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(new Clip(low, high));
        return new Response(longer);
    }

    private Response then(UnaryOperator<Line> change) {
        List<Step> changed = new ArrayList<>(steps);
        if (changed.getLast() instanceof Line line) {
            changed.set(changed.size() - 1, change.apply(line));
        } else {
            changed.add(change.apply(new Line(Surd.of(Rational.ONE), Surd.of(Rational.ZERO))));
        }
        return new Response(changed);
    }
}
