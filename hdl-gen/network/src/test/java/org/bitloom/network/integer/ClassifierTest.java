package org.bitloom.network.integer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bitloom.network.Rational;
import org.junit.jupiter.api.Test;

class ClassifierTest {
    @Test
    void theFirstOfEqualMaximaWinsAndPaddingDoesNotCount() {
        Classifier classifier = new Classifier(Classifier.Rule.FIRST_MAXIMUM, 3);
        assertThat(classifier.classOf(new long[] {4, 7, 7, 9}, OutputScale.NONE)).isEqualTo(1);
    }

    @Test
    void realValuesDecideWhereEachOutputHasItsScale() {
        Classifier classifier = new Classifier(Classifier.Rule.FIRST_MAXIMUM, 3);
        OutputScale scale = new OutputScale(List.of(Rational.of(1, 3), Rational.of(1, 10), Rational.of(-1)),
                List.of(Rational.ZERO, Rational.of(11, 10), Rational.of(5)));
        assertThat(classifier.classOf(new long[] {9, 20, 1}, scale)).isEqualTo(2);
        assertThat(classifier.classOf(new long[] {9, 19, 2}, scale)).as("3, 3 and 3").isZero();
        assertThat(classifier.classOf(new long[] {1, 2, 3}, OutputScale.ofTensor(Rational.of(-1), Rational.ZERO)))
                .isZero();
    }

    @Test
    void theHighestSetOutputWinsAndNoneIsClassZero() {
        Classifier classifier = new Classifier(Classifier.Rule.HIGHEST_SET, 4);
        assertThat(classifier.classOf(new long[] {1, 1, 1, -1, 1}, OutputScale.NONE)).isEqualTo(2);
        assertThat(classifier.classOf(new long[] {-1, -1, -1, -1, 1}, OutputScale.NONE)).isZero();
        assertThat(classifier.classOf(new long[] {0, 1, 0, 0}, OutputScale.NONE)).isEqualTo(1);
    }
}
