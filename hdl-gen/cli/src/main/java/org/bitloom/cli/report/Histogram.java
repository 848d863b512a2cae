package org.bitloom.cli.report;

import java.util.Arrays;
import java.util.List;

/**
 * How often numbers occur, and under it, on the same scale, which numbers some formats have.
 *
 * @param axis what the numbers are
 * @param unit the numbers are multiples of it, and bars stand on such; 0 for real numbers
 */
public record Histogram(String title, String axis, float[] values, double unit, List<Comb> combs) {
    private static final double WIDTH = 760;
    private static final double LEFT = 92;
    private static final double RIGHT = 24;
    private static final double TOP = 44;
    private static final double PLOT = 220;
    private static final double COMB = 34;
    private static final double CHARACTER = 6.7;
    private static final double NARROWEST_TOOTH = 1.5;
    private static final double WIDEST_BAR = 44;
    private static final int BINS = 96;
    private static final int TICKS = 8;

    /** The numbers of one format, ascending, and its name. */
    public record Comb(String name, double[] numbers) {}

    public String svg() {
        int longest = combs.stream().mapToInt(comb -> comb.name().length()).max().orElse(0);
        double left = Math.max(LEFT, 24 + CHARACTER * longest);
        double bottom = TOP + PLOT;
        double teeth = bottom + 62;
        Svg svg = new Svg(left + WIDTH - LEFT, teeth + COMB * combs.size() + 10);
        Bins bins = bins();
        Axis x = new Axis(bins.low(), bins.high(), left, svg.width() - RIGHT);
        Axis y = new Axis(0, Math.max(1, Arrays.stream(bins.counts()).max().orElse(1)) * 1.05, bottom, TOP);
        svg.text(left, 24, title, Svg.Anchor.START, 15);
        for (double tick : y.ticks(5)) {
            svg.line(left, y.place(tick), x.to(), y.place(tick), Svg.FAINT, 1);
            svg.text(left - 8, y.place(tick) + 4, y.label(tick, 5), Svg.Anchor.END, 12);
        }
        double bin = (x.to() - x.from()) / bins.counts().length;
        double bar = Math.min(WIDEST_BAR, bin * 5 / 6);
        for (int i = 0; i < bins.counts().length; i++) {
            if (bins.counts()[i] > 0) {
                double top = y.place(bins.counts()[i]);
                svg.rectangle(x.from() + (i + 0.5) * bin - bar / 2, top, bar, bottom - top, Svg.OURS);
            }
        }
        svg.line(left, bottom, x.to(), bottom, Svg.INK, 1);
        int ticks = unit > 0 ? (int) Math.min(TICKS, (bins.high() - bins.low()) / unit) : TICKS;
        for (double tick : x.ticks(ticks)) {
            svg.line(x.place(tick), bottom, x.place(tick), bottom + 5, Svg.INK, 1);
            svg.text(x.place(tick), bottom + 19, x.label(tick, ticks), Svg.Anchor.MIDDLE, 12);
        }
        svg.text((x.from() + x.to()) / 2, bottom + 40, axis, Svg.Anchor.MIDDLE, 13);
        svg.upright(20, TOP + PLOT / 2, "number of weights", 13);
        for (int i = 0; i < combs.size(); i++) {
            comb(svg, combs.get(i), x, teeth + COMB * i);
        }
        return svg.toString();
    }

    /** How many numbers lie in each of equal parts. */
    private record Bins(double low, double high, int[] counts) {}

    private Bins bins() {
        double reach = 1e-6;
        for (float value : values) {
            reach = Math.max(reach, Math.abs(value));
        }
        double high = reach * 1.05;
        int count = BINS;
        if (unit > 0) {
            // An odd number of bars, each in the middle of as many units: one stands on 0.
            double bar = unit * Math.max(1, Math.ceil(2 * reach / unit / BINS));
            count = 2 * (int) Math.max(1, Math.ceil(reach / bar - 0.5)) + 1;
            high = bar * count / 2;
        }
        int[] counts = new int[count];
        for (float value : values) {
            counts[Math.clamp((int) Math.floor((value + high) / (2 * high) * count), 0, count - 1)]++;
        }
        return new Bins(-high, high, counts);
    }

    /** A tooth for each number; where they stand too close a block from the first to the last. */
    private static void comb(Svg svg, Comb comb, Axis x, double top) {
        svg.code(x.from() - 8, top + 17, comb.name(), Svg.Anchor.END, 11);
        svg.line(x.from(), top + 22, x.to(), top + 22, Svg.INK, 1);
        double[] teeth = Arrays.stream(comb.numbers())
                .filter(number -> number >= x.low() && number <= x.high())
                .map(x::place)
                .toArray();
        double gap = Double.POSITIVE_INFINITY;
        for (int i = 1; i < teeth.length; i++) {
            gap = Math.min(gap, teeth[i] - teeth[i - 1]);
        }
        if (gap < NARROWEST_TOOTH) {
            svg.rectangle(teeth[0], top + 4, teeth[teeth.length - 1] - teeth[0], 18, Svg.THEIRS);
        } else {
            svg.uprights(teeth, top + 4, top + 22, Svg.THEIRS, Math.clamp(gap * 0.4, 0.7, 2));
        }
        if (teeth.length < comb.numbers().length) {
            svg.text(x.to() + 4, top + 20, "…", Svg.Anchor.START, 12);
        }
    }
}
