package org.bitloom.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The styles of all ten digits, read from {@code strokes.txt}; each digit has at least one. */
final class Alphabet {
    static final int DIGITS = 10;

    private final List<List<Glyph>> stylesOf;

    private Alphabet(List<List<Glyph>> stylesOf) {
        this.stylesOf = stylesOf;
    }

    /** The alphabet of the demo. */
    static Alphabet standard() {
        try (InputStream in = Alphabet.class.getResourceAsStream("strokes.txt")) {
            if (in == null) {
                throw new IllegalStateException("strokes.txt is missing beside Alphabet.class");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the format that the head of {@code strokes.txt} explains. */
    static Alphabet parse(String text) {
        List<List<Glyph>> styles = new ArrayList<>(Collections.nCopies(DIGITS, List.of()));
        String[] lines = text.split("\n");
        for (int number = 1; number <= lines.length; number++) {
            String line = lines[number - 1].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                Glyph glyph = new StrokeLine(line).glyph();
                List<Glyph> more = new ArrayList<>(styles.get(glyph.digit()));
                more.add(glyph);
                styles.set(glyph.digit(), List.copyOf(more));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("strokes, line " + number + ": " + e.getMessage(), e);
            }
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            if (styles.get(digit).isEmpty()) {
                throw new IllegalArgumentException("strokes: digit " + digit + " has no style");
            }
        }
        return new Alphabet(List.copyOf(styles));
    }

    /** The styles of a digit, in the order of the file. */
    List<Glyph> stylesOf(int digit) {
        return stylesOf.get(digit);
    }
}
