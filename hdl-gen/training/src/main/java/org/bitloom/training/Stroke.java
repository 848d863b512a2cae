package org.bitloom.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One pull of the pen: a start and the line or cubic pieces that follow, each beginning where the one before ended.
 */
record Stroke(Point start, List<Piece> pieces) {
    private static final int STEPS_A_CURVE = 12;

    Stroke {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("a stroke needs a line or a curve after its M");
        }
    }

    /** A piece of a stroke, from the end of the piece before. */
    sealed interface Piece {
        Point end();
    }

    /** A straight line. */
    record Line(Point end) implements Piece {
    }

    /** A cubic Bezier curve with its two control points. */
    record Curve(Point first, Point second, Point end) implements Piece {
    }

    /** The same stroke with each of its points moved. */
    Stroke map(UnaryOperator<Point> move) {
        Point movedStart = move.apply(start);
        List<Piece> moved = new ArrayList<>();
        for (Piece piece : pieces) {
            moved.add(switch (piece) {
                case Line(Point end) -> new Line(move.apply(end));
                case Curve(Point first, Point second, Point end) ->
                        new Curve(move.apply(first), move.apply(second), move.apply(end));
            });
        }
        return new Stroke(movedStart, moved);
    }

    /** The corners of a polyline that follows the stroke; lines are divided too, so that they can be bent. */
    List<Point> polyline() {
        List<Point> corners = new ArrayList<>();
        corners.add(start);
        Point from = start;
        for (Piece piece : pieces) {
            for (int step = 1; step <= STEPS_A_CURVE; step++) {
                double t = (double) step / STEPS_A_CURVE;
                corners.add(switch (piece) {
                    case Line(Point end) -> new Point(from.x() + t * (end.x() - from.x()),
                            from.y() + t * (end.y() - from.y()));
                    case Curve(Point first, Point second, Point end) -> new Point(
                            cubic(t, from.x(), first.x(), second.x(), end.x()),
                            cubic(t, from.y(), first.y(), second.y(), end.y()));
                });
            }
            from = piece.end();
        }
        return corners;
    }

    private static double cubic(double t, double a, double b, double c, double d) {
        double s = 1 - t;
        return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
    }
}
