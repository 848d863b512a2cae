package org.bitloom.training;

import java.util.ArrayList;
import java.util.List;

/** One line of {@code strokes.txt}: digit, style, path; consumed word by word. */
final class StrokeLine {
    private final String[] words;
    private int next;

    StrokeLine(String line) {
        words = line.split("\\s+");
    }

    Glyph glyph() {
        int digit = (int) number();
        String style = word();
        List<Stroke> strokes = new ArrayList<>();
        while (next < words.length) {
            strokes.add(stroke());
        }
        return new Glyph(digit, style, strokes);
    }

    private Stroke stroke() {
        String command = word();
        if (!command.equals("M")) {
            throw new IllegalArgumentException("a stroke begins with M, not " + command);
        }
        Point start = point();
        List<Stroke.Piece> pieces = new ArrayList<>();
        while (next < words.length && !words[next].equals("M")) {
            String kind = word();
            pieces.add(switch (kind) {
                case "L" -> new Stroke.Line(point());
                case "C" -> new Stroke.Curve(point(), point(), point());
                default -> throw new IllegalArgumentException("unknown command " + kind + ", use M, L or C");
            });
        }
        return new Stroke(start, pieces);
    }

    private Point point() {
        double x = number();
        return new Point(x, number());
    }

    private double number() {
        String word = word();
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number is expected, not " + word, e);
        }
    }

    private String word() {
        if (next == words.length) {
            throw new IllegalArgumentException("the line ends too early");
        }
        return words[next++];
    }
}
