package org.bitloom.training;

import java.util.List;

/** One way of writing one digit, in glyph units. */
record Glyph(int digit, String style, List<Stroke> strokes) {
    Glyph {
        strokes = List.copyOf(strokes);
        if (digit < 0 || digit > 9) {
            throw new IllegalArgumentException("not a digit: " + digit);
        }
        if (strokes.isEmpty()) {
            throw new IllegalArgumentException("style " + style + " of digit " + digit + " has no stroke");
        }
    }
}
