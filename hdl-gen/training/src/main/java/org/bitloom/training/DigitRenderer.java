package org.bitloom.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws digits that nobody has drawn before: picture number i of a seed is always the same picture, whatever was drawn
 * earlier. Labels and styles are drawn at random, uniformly.
 */
final class DigitRenderer {
    private final Alphabet alphabet;

    DigitRenderer(Alphabet alphabet) {
        this.alphabet = alphabet;
    }

    /** Pictures 0 … count − 1 of a seed. */
    DigitSet render(long seed, int count) {
        byte[] labels = new byte[count];
        byte[] pixels = new byte[count * Canvas.PIXELS];
        for (int i = 0; i < count; i++) {
            Randomness random = Randomness.of(seed, i);
            int digit = random.below(Alphabet.DIGITS);
            labels[i] = (byte) digit;
            List<Glyph> styles = alphabet.stylesOf(digit);
            byte[] picture = draw(styles.get(random.below(styles.size())), random);
            System.arraycopy(picture, 0, pixels, i * Canvas.PIXELS, Canvas.PIXELS);
        }
        return new DigitSet(pixels, labels);
    }

    /** One picture of a glyph, 28 × 28 bytes, row by row. */
    byte[] draw(Glyph glyph, Randomness random) {
        Hand hand = new Hand(random);
        List<List<Point>> polylines = new ArrayList<>();
        for (Stroke stroke : glyph.strokes()) {
            polylines.add(stroke.map(hand.missing()).polyline().stream().map(hand::toCanvas).toList());
        }
        Canvas canvas = new Canvas();
        canvas.draw(polylines, random.between(0.9, 1.7));
        canvas.blur(random.between(0, 0.18));
        double grain = random.between(0, 0.12);
        for (int pixel = 0; pixel < Canvas.PIXELS; pixel++) {
            canvas.add(pixel, grain * random.gaussian());
        }
        for (int specks = random.below(7); specks > 0; specks--) {
            canvas.add(random.below(Canvas.PIXELS), random.between(0.3, 1));
        }
        return canvas.pixels(random.between(0.9, 1.1));
    }
}
