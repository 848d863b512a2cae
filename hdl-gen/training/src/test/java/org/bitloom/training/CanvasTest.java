package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanvasTest {
    @Test
    void aPenOfOneAndAHalfPixelsCoversItsRowAndAQuarterOfEachNeighbour() {
        Canvas canvas = new Canvas();
        canvas.draw(List.of(List.of(new Point(4.5, 10.5), new Point(20.5, 10.5))), 0.75);
        assertThat(column(canvas.pixels(1), 12)).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 255, 64, 0);
    }

    @Test
    void strokesThatCrossAreNotInkedTwice() {
        Canvas once = new Canvas();
        once.draw(List.of(List.of(new Point(4, 4), new Point(20, 20))), 0.3);
        Canvas twice = new Canvas();
        twice.draw(List.of(List.of(new Point(4, 4), new Point(20, 20)), List.of(new Point(20, 20), new Point(4, 4))),
                0.3);
        assertThat(twice.pixels(1)).isEqualTo(once.pixels(1));
    }

    @Test
    void blurSpreadsInkOverTheNineNearestPixels() {
        Canvas canvas = new Canvas();
        canvas.add(10 * Canvas.SIDE + 12, 1);
        canvas.blur(0.25);
        byte[] pixels = canvas.pixels(1);
        assertThat(column(pixels, 12)).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 64, 32, 0);
        assertThat(column(pixels, 13)).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 32, 16, 0);
    }

    @Test
    void inkOutsideTheCanvasIsLost() {
        Canvas canvas = new Canvas();
        canvas.draw(List.of(List.of(new Point(-50, -50), new Point(-40, 90))), 1);
        assertThat(canvas.pixels(1)).containsOnly(0);
    }

    private static int[] column(byte[] pixels, int column) {
        int[] values = new int[Canvas.SIDE];
        for (int row = 0; row < values.length; row++) {
            values[row] = pixels[row * Canvas.SIDE + column] & 0xFF;
        }
        return values;
    }
}
