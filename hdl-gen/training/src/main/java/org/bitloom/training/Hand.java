package org.bitloom.training;

import java.util.function.UnaryOperator;

/**
 * How one writer, once, distorts a glyph: each point of the description is missed by a little, the paper is warped by
 * two slow waves, and the whole is slanted, turned, stretched and put down off the centre.
 */
final class Hand {
    /** A digit of 80 units height becomes 20 pixels high before stretching, as in MNIST. */
    private static final double PIXELS_A_UNIT = 0.25;
    private static final double MIDDLE_OF_GLYPH = 50;
    private static final double MIDDLE_OF_CANVAS = Canvas.SIDE / 2.0;

    private static final double MISS = 2.6;
    private static final double WAVE = 3.2;
    private static final double TURN = 0.20;
    private static final double SLANT = 0.28;
    private static final double SHIFT = 1.8;

    private final Randomness random;
    private final Wave waveX;
    private final Wave waveY;
    private final double xx;
    private final double xy;
    private final double yx;
    private final double yy;
    private final double shiftX;
    private final double shiftY;

    Hand(Randomness random) {
        this.random = random;
        waveX = new Wave(random);
        waveY = new Wave(random);
        double angle = random.between(-TURN, TURN);
        double slant = random.between(-SLANT, SLANT);
        double width = random.between(0.72, 1.12) * PIXELS_A_UNIT;
        double height = random.between(0.80, 1.12) * PIXELS_A_UNIT;
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        // turn · slant · stretch; a positive slant leans the top to the right (y grows downwards)
        xx = cos * width;
        xy = (-cos * slant - sin) * height;
        yx = sin * width;
        yy = (-sin * slant + cos) * height;
        shiftX = random.between(-SHIFT, SHIFT);
        shiftY = random.between(-SHIFT, SHIFT);
    }

    /** Moves a point of the description, in glyph units; asked twice, it misses differently. */
    UnaryOperator<Point> missing() {
        return point -> point.plus(MISS * random.gaussian(), MISS * random.gaussian());
    }

    /** From glyph units to pixels. */
    Point toCanvas(Point point) {
        double x = point.x() - MIDDLE_OF_GLYPH + waveX.at(point);
        double y = point.y() - MIDDLE_OF_GLYPH + waveY.at(point);
        return new Point(MIDDLE_OF_CANVAS + shiftX + xx * x + xy * y, MIDDLE_OF_CANVAS + shiftY + yx * x + yy * y);
    }

    /** A displacement that changes slowly over the glyph: less than one and a half periods from side to side. */
    private record Wave(double amplitude, double alongX, double alongY, double phase) {
        Wave(Randomness random) {
            this(WAVE * random.gaussian(), random.between(-0.09, 0.09), random.between(-0.09, 0.09),
                    random.between(0, 2 * StrictMath.PI));
        }

        double at(Point point) {
            return amplitude * StrictMath.sin(alongX * point.x() + alongY * point.y() + phase);
        }
    }
}
