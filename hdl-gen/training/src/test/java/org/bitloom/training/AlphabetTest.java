package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlphabetTest {
    @Test
    void everyDigitIsWrittenInAtLeastThreeStylesWithinTheSquare() {
        Alphabet alphabet = Alphabet.standard();
        for (int digit = 0; digit < Alphabet.DIGITS; digit++) {
            List<Glyph> styles = alphabet.stylesOf(digit);
            assertThat(styles).as("digit %d", digit).hasSizeGreaterThanOrEqualTo(3);
            assertThat(styles.stream().map(Glyph::style)).doesNotHaveDuplicates();
            assertThat(styles.stream().flatMap(g -> g.strokes().stream()).flatMap(s -> s.polyline().stream()))
                    .allSatisfy(point -> {
                        assertThat(point.x()).isBetween(15.0, 85.0);
                        assertThat(point.y()).isBetween(5.0, 95.0);
                    });
        }
    }

    @Test
    void aPathIsReadAsStrokesOfLinesAndCurves() {
        Glyph glyph = new StrokeLine("7 crossed M 1 2 L 3 4 C 5 6 7 8 9 10 M 0 0 L 1 1").glyph();
        assertThat(glyph).isEqualTo(new Glyph(7, "crossed", List.of(
                new Stroke(new Point(1, 2), List.of(new Stroke.Line(new Point(3, 4)),
                        new Stroke.Curve(new Point(5, 6), new Point(7, 8), new Point(9, 10)))),
                new Stroke(new Point(0, 0), List.of(new Stroke.Line(new Point(1, 1)))))));
    }

    @Test
    void aMistakeInThePathNamesItsLine() {
        assertThatThrownBy(() -> Alphabet.parse("# head\n1 bar M 50 10 Q 50 90\n"))
                .hasMessage("strokes, line 2: unknown command Q, use M, L or C");
        assertThatThrownBy(() -> Alphabet.parse("1 bar M 50 10 L 50")).hasMessage(
                "strokes, line 1: the line ends too early");
        assertThatThrownBy(() -> Alphabet.parse("1 bar L 50 10")).hasMessage(
                "strokes, line 1: a stroke begins with M, not L");
        assertThatThrownBy(() -> Alphabet.parse("1 bar M 50 10")).hasMessage(
                "strokes, line 1: a stroke needs a line or a curve after its M");
        assertThatThrownBy(() -> Alphabet.parse("1 bar M 50 10 L 50 90")).hasMessage("strokes: digit 0 has no style");
    }

    @Test
    void aCurveIsFollowedFromItsStartToItsEnd() {
        List<Point> points = new Stroke(new Point(0, 0),
                List.of(new Stroke.Curve(new Point(0, 8), new Point(8, 8), new Point(8, 0)))).polyline();
        assertThat(points).hasSize(13).startsWith(new Point(0, 0)).contains(new Point(4, 6));
        assertThat(points.getLast()).isEqualTo(new Point(8, 0));
    }
}
