package org.bitloom.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Points with their names beside them, joined in order by a thin line; names keep clear of each other.
 *
 * @param x    what is counted to the right
 * @param y    what is counted upwards
 * @param line a height that the points are to be compared with
 */
public record Scatter(String title, String x, String y, Line line, List<Point> points) {
    private static final double WIDTH = 760;
    private static final double LEFT = 84;
    private static final double RIGHT = 36;
    private static final double TOP = 48;
    private static final double BOTTOM = 400;
    private static final double CHARACTER = 6.4;
    private static final double LABEL = 31;
    private static final double RADIUS = 5;
    private static final double PIECE = 4;
    private static final double MARGIN = 0.15;
    private static final int TICKS = 7;

    /** @param note a second line under its name */
    public record Point(double x, double y, String name, String note) {}

    public record Line(double y, String name) {}

    /** A rectangle that is taken. */
    private record Box(double x, double y, double wide, double high) {
        boolean meets(Box other) {
            return x < other.x + other.wide && other.x < x + wide && y < other.y + other.high && other.y < y + high;
        }

        boolean isWithin(Axis across, Axis up) {
            return x >= across.from() && x + wide <= across.to() && y >= up.to() && y + high <= up.from();
        }
    }

    public String svg() {
        Svg svg = new Svg(WIDTH, BOTTOM + 56);
        Axis across = axis(points.stream().map(Point::x), LEFT, WIDTH - RIGHT);
        Axis up = axis(Stream.concat(points.stream().map(Point::y), Stream.of(line.y())), BOTTOM, TOP);
        svg.text(LEFT, 26, title, Svg.Anchor.START, 15);
        for (double tick : up.ticks(TICKS)) {
            svg.line(LEFT, up.place(tick), across.to(), up.place(tick), Svg.FAINT, 1);
            svg.text(LEFT - 8, up.place(tick) + 4, up.label(tick, TICKS), Svg.Anchor.END, 12);
        }
        for (double tick : across.ticks(TICKS)) {
            svg.line(across.place(tick), BOTTOM, across.place(tick), BOTTOM + 5, Svg.INK, 1);
            svg.text(across.place(tick), BOTTOM + 19, across.label(tick, TICKS), Svg.Anchor.MIDDLE, 12);
        }
        svg.line(LEFT, TOP, LEFT, BOTTOM, Svg.INK, 1).line(LEFT, BOTTOM, across.to(), BOTTOM, Svg.INK, 1);
        svg.text((LEFT + across.to()) / 2, BOTTOM + 42, x, Svg.Anchor.MIDDLE, 13);
        svg.upright(22, (TOP + BOTTOM) / 2, y, 13);
        svg.line(LEFT, up.place(line.y()), across.to(), up.place(line.y()), Svg.THEIRS, 1);
        List<Box> taken = new ArrayList<>();
        taken.add(new Box(LEFT, up.place(line.y()), across.to() - LEFT, 1));
        for (int i = 1; i < points.size(); i++) {
            join(svg, taken, across.place(points.get(i - 1).x()), up.place(points.get(i - 1).y()),
                    across.place(points.get(i).x()), up.place(points.get(i).y()));
        }
        for (Point point : points) {
            double pointX = across.place(point.x());
            double pointY = up.place(point.y());
            svg.circle(pointX, pointY, RADIUS, Svg.OURS);
            taken.add(new Box(pointX - RADIUS, pointY - RADIUS, 2 * RADIUS, 2 * RADIUS));
        }
        Box named = beside(line, across, up, taken);
        taken.add(named);
        svg.text(named.x(), named.y() + 12, line.name(), Svg.Anchor.START, 12);
        for (Point point : points) {
            Box box = free(point, across, up, taken);
            taken.add(box);
            svg.text(box.x(), box.y() + 12, point.name(), Svg.Anchor.START, 13);
            svg.text(box.x(), box.y() + 27, point.note(), Svg.Anchor.START, 11);
        }
        return svg.toString();
    }

    /** A thin line, and what it takes. */
    private static void join(Svg svg, List<Box> taken, double x1, double y1, double x2, double y2) {
        svg.line(x1, y1, x2, y2, Svg.OURS, 0.7);
        double pieces = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / PIECE);
        for (int i = 0; i < pieces; i++) {
            taken.add(new Box(x1 + (x2 - x1) * i / pieces, y1 + (y2 - y1) * i / pieces, 1, 1));
        }
    }

    private static Axis axis(Stream<Double> numbers, double from, double to) {
        List<Double> sorted = numbers.sorted().toList();
        double low = sorted.getFirst();
        double high = sorted.getLast();
        double margin = high > low ? (high - low) * MARGIN : Math.max(1, Math.abs(high) * MARGIN);
        return new Axis(low - margin, high + margin, from, to);
    }

    /** At one of the line's ends, above or below it. */
    private static Box beside(Line line, Axis across, Axis up, List<Box> taken) {
        double wide = CHARACTER * line.name().length();
        List<Box> places = new ArrayList<>();
        for (double left : new double[] {across.to() - 4 - wide, across.from() + 6}) {
            places.add(new Box(left, up.place(line.y()) - 18, wide, 16));
            places.add(new Box(left, up.place(line.y()) + 3, wide, 16));
        }
        return firstFree(places, across, up, taken);
    }

    private static Box firstFree(List<Box> places, Axis across, Axis up, List<Box> taken) {
        return places.stream()
                .filter(place -> place.isWithin(across, up) && taken.stream().noneMatch(place::meets))
                .findFirst()
                .orElse(places.getFirst());
    }

    /** The first place around a point, near ones first, where its label meets nothing; the nearest where none is free. */
    private static Box free(Point point, Axis across, Axis up, List<Box> taken) {
        double wide = CHARACTER * Math.max(point.name().length(), point.note().length());
        double pointX = across.place(point.x());
        double pointY = up.place(point.y());
        List<Box> places = new ArrayList<>();
        for (double far = RADIUS + 3; far < 3 * LABEL; far += LABEL / 6) {
            double[] lefts = {pointX + far, pointX - wide / 2, pointX - far - wide};
            double[] tops = {pointY - LABEL / 2, pointY - far - LABEL, pointY + far};
            for (double left : lefts) {
                for (double top : tops) {
                    places.add(new Box(left, top, wide, LABEL));
                }
            }
        }
        return firstFree(places, across, up, taken);
    }
}
