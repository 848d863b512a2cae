package org.bitloom.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Shares from 0 to 1 as bars, one under the other, each with its number; beside some of them a figure that somebody else
 * has published.
 *
 * @param published what the diamonds are; empty where there are none
 */
public record BarChart(String title, String axis, String published, List<Bar> bars) {
    private static final double ROW = 20;
    private static final double TOP = 62;
    private static final double PLOT = 480;
    private static final double RIGHT = 86;
    private static final double CHARACTER = 7.3;

    /** One bar. */
    public record Bar(String name, double share, OptionalDouble published) {}

    public String svg() {
        int longest = bars.stream().mapToInt(bar -> bar.name().length()).max().orElse(0);
        double left = 24 + CHARACTER * longest;
        double bottom = TOP + ROW * bars.size();
        Svg svg = new Svg(left + PLOT + RIGHT, bottom + 52);
        Axis x = new Axis(0, 1, left, left + PLOT);
        svg.text(16, 24, title, Svg.Anchor.START, 15);
        svg.rectangle(16, 37, 18, 9, Svg.OURS).text(40, 46, "ours", Svg.Anchor.START, 12);
        if (!published.isEmpty()) {
            svg.diamond(92, 42, 5, Svg.THEIRS).text(103, 46, published, Svg.Anchor.START, 12);
        }
        for (double tick : x.ticks(10)) {
            svg.line(x.place(tick), TOP, x.place(tick), bottom, Svg.FAINT, 1);
            svg.text(x.place(tick), bottom + 18, x.label(tick, 10), Svg.Anchor.MIDDLE, 12);
        }
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double top = TOP + ROW * i;
            svg.code(left - 8, top + 14, bar.name(), Svg.Anchor.END, 12);
            svg.rectangle(left, top + 4, x.place(bar.share()) - left, ROW - 8, Svg.OURS);
            bar.published().ifPresent(share -> svg.diamond(x.place(share), top + ROW / 2, 5, Svg.THEIRS));
            svg.text(left + PLOT + 14, top + 14, String.format(Locale.ROOT, "%.4f", bar.share()), Svg.Anchor.START, 12);
        }
        svg.line(left, TOP, left, bottom, Svg.INK, 1).line(left, bottom, left + PLOT, bottom, Svg.INK, 1);
        svg.text(left + PLOT / 2, bottom + 40, axis, Svg.Anchor.MIDDLE, 13);
        return svg.toString();
    }
}
