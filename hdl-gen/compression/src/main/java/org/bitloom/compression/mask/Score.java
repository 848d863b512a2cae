package org.bitloom.compression.mask;

import java.util.Comparator;

/**
 * How a network does on images whose classes are known.
 *
 * @param loss mean cross entropy of the softmax of its scores
 */
public record Score(int images, int correct, double loss) {
    /** More right first; of equals, the more certain. */
    public static final Comparator<Score> BEST_FIRST =
            Comparator.comparingDouble(Score::accuracy).reversed().thenComparingDouble(Score::loss);

    public double accuracy() {
        return (double) correct / images;
    }

    Score plus(Score other) {
        int all = images + other.images;
        return all == 0 ? this : new Score(all, correct + other.correct, (loss * images + other.loss * other.images) / all);
    }
}
