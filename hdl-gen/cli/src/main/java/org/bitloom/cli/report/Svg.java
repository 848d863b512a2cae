package org.bitloom.cli.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A drawing under construction; lengths are pixels, y points down. */
final class Svg {
    /** Where a text stands relative to its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    static final String INK = "#1a1a1a";
    static final String FAINT = "#d8d8d8";
    static final String OURS = "#2b6cb0";
    static final String THEIRS = "#c05621";

    private final StringBuilder body = new StringBuilder();
    private final double width;
    private final double height;

    Svg(double width, double height) {
        this.width = width;
        this.height = height;
    }

    double width() {
        return width;
    }

    Svg rectangle(double x, double y, double wide, double high, String fill) {
        return element(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>", at(x), at(y), at(wide), at(high), fill);
    }

    Svg line(double x1, double y1, double x2, double y2, String stroke, double thick) {
        return element(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>",
                at(x1), at(y1), at(x2), at(y2), stroke, at(thick));
    }

    /** Vertical lines, all of the same length. */
    Svg uprights(double[] x, double top, double bottom, String stroke, double thick) {
        String lines = Arrays.stream(x).mapToObj(each -> "M%s %sV%s".formatted(at(each), at(top), at(bottom)))
                .collect(Collectors.joining());
        return element("<path d=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>", lines, stroke, at(thick));
    }

    Svg circle(double x, double y, double radius, String fill) {
        return element("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>", at(x), at(y), at(radius), fill);
    }

    Svg diamond(double x, double y, double radius, String stroke) {
        return element(
                "<path d=\"M%s %sL%s %sL%s %sL%s %sZ\" fill=\"#ffffff\" stroke=\"%s\" stroke-width=\"1.5\"/>",
                at(x - radius), at(y), at(x), at(y - radius), at(x + radius), at(y), at(x), at(y + radius), stroke);
    }

    Svg text(double x, double y, String text, Anchor anchor, int size) {
        return element(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%s\" fill=\"" + INK + "\">%s</text>",
                at(x), at(y), anchor.name().toLowerCase(Locale.ROOT), String.valueOf(size), Markup.safe(text));
    }

    /** Text of one width a character: patterns line up. */
    Svg code(double x, double y, String text, Anchor anchor, int size) {
        return element(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%s\" font-family=\"monospace\" fill=\"" + INK
                        + "\">%s</text>",
                at(x), at(y), anchor.name().toLowerCase(Locale.ROOT), String.valueOf(size), Markup.safe(text));
    }

    /** Text that reads upwards, in the middle of a vertical axis. */
    Svg upright(double x, double y, String text, int size) {
        return element(
                "<text transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"middle\" font-size=\"%s\" fill=\"" + INK
                        + "\">%s</text>",
                at(x), at(y), String.valueOf(size), Markup.safe(text));
    }

    private Svg element(String format, Object... parts) {
        body.append("  ").append(format.formatted(parts)).append('\n');
        return this;
    }

    private static String at(double value) {
        return Markup.number(value);
    }

    @Override
    public String toString() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" font-family="sans-serif">
                  <rect x="0" y="0" width="%s" height="%s" fill="#ffffff"/>
                """
                        .formatted(at(width), at(height), at(width), at(height), at(width), at(height))
                + body + "</svg>\n";
    }
}
