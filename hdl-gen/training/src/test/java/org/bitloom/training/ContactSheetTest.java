package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Writes {@code target/contact-sheet.png}, so that people can judge the pictures: a row a style, 20 pictures each. */
class ContactSheetTest {
    private static final int COLUMNS = 20;
    private static final int ZOOM = 2;

    @Test
    void everyStyleIsOnTheContactSheet() throws IOException {
        Alphabet alphabet = Alphabet.standard();
        DigitRenderer renderer = new DigitRenderer(alphabet);
        List<Glyph> glyphs = IntStream.range(0, Alphabet.DIGITS).boxed()
                .flatMap(digit -> alphabet.stylesOf(digit).stream()).toList();
        int cell = (Canvas.SIDE + 1) * ZOOM;
        BufferedImage sheet = new BufferedImage(COLUMNS * cell, glyphs.size() * cell, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < glyphs.size(); row++) {
            for (int column = 0; column < COLUMNS; column++) {
                byte[] picture = renderer.draw(glyphs.get(row), Randomness.of(row, column));
                for (int y = 0; y < Canvas.SIDE * ZOOM; y++) {
                    for (int x = 0; x < Canvas.SIDE * ZOOM; x++) {
                        int grey = picture[y / ZOOM * Canvas.SIDE + x / ZOOM] & 0xFF;
                        sheet.getRaster().setSample(column * cell + x, row * cell + y, 0, grey);
                    }
                }
            }
        }
        Path file = Files.createDirectories(Path.of("target")).resolve("contact-sheet.png");
        assertThat(ImageIO.write(sheet, "png", file.toFile())).isTrue();
    }
}
