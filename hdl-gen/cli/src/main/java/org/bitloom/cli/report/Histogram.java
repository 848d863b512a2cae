package org.bitloom.cli.report;

import java.util.Arrays;
import java.util.List;

/**
 * How often numbers occur, and under it, on the same scale, which numbers some formats have.
 *
 * @param axis what the numbers are
 */
public record Histogram(String title, String axis, float[] values, List<Comb> combs) {
    private static final double WIDTH = 760;
    private static final double LEFT = 92;
    private static final double RIGHT = 24;
    private static final double TOP = 44;
    private static final double PLOT = 220;
    private static final double COMB = 34;
    private static final int BINS = 96;

    /** The numbers of one format, and its name. */
    public record Comb(String name, double[] numbers) {}

    public String svg() {
        double reach = 1e-6;
        for (float value : values) {
            reach = Math.max(reach, Math.abs(value));
        }
        double bottom = TOP + PLOT;
        double combs = bottom + 62;
        Svg svg = new Svg(WIDTH, combs + COMB * this.combs.size() + 10);
        Axis x = new Axis(-reach * 1.05, reach * 1.05, LEFT, WIDTH - RIGHT);
        int[] counts = new int[BINS];
        for (float value : values) {
            counts[Math.clamp((int) ((value - x.low()) / (x.high() - x.low()) * BINS), 0, BINS - 1)]++;
        }
        Axis y = new Axis(0, Math.max(1, Arrays.stream(counts).max().orElse(1)) * 1.05, bottom, TOP);
        svg.text(LEFT, 24, title, Svg.Anchor.START, 15);
        for (double tick : y.ticks(5)) {
            svg.line(LEFT, y.place(tick), WIDTH - RIGHT, y.place(tick), Svg.FAINT, 1);
            svg.text(LEFT - 8, y.place(tick) + 4, y.label(tick, 5), Svg.Anchor.END, 12);
        }
        double bin = (x.to() - x.from()) / BINS;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                double top = y.place(counts[i]);
                svg.rectangle(x.from() + i * bin + 0.5, top, bin - 1, bottom - top, Svg.OURS);
            }
        }
        svg.line(LEFT, bottom, WIDTH - RIGHT, bottom, Svg.INK, 1);
        for (double tick : x.ticks(8)) {
            svg.line(x.place(tick), bottom, x.place(tick), bottom + 5, Svg.INK, 1);
            svg.text(x.place(tick), bottom + 19, x.label(tick, 8), Svg.Anchor.MIDDLE, 12);
        }
        svg.text((LEFT + WIDTH - RIGHT) / 2, bottom + 40, axis, Svg.Anchor.MIDDLE, 13);
        svg.upright(20, TOP + PLOT / 2, "number of weights", 13);
        for (int i = 0; i < this.combs.size(); i++) {
            comb(svg, this.combs.get(i), x, combs + COMB * i);
        }
        return svg.toString();
    }

    private static void comb(Svg svg, Comb comb, Axis x, double top) {
        svg.code(LEFT - 8, top + 17, comb.name(), Svg.Anchor.END, 11);
        svg.line(LEFT, top + 22, WIDTH - RIGHT, top + 22, Svg.INK, 1);
        for (double number : comb.numbers()) {
            if (number >= x.low() && number <= x.high()) {
                svg.line(x.place(number), top + 4, x.place(number), top + 22, Svg.THEIRS, 2);
            }
        }
    }
}
