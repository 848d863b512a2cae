package org.bitloom.training;

import java.util.List;

/**
 * A trained binary multi-layer perceptron: hidden layers with sign activations, then one layer whose sums, times a
 * positive scale, are the logits of the classes.
 */
record BinaryNetwork(List<Hidden> hidden, BitRow[] last, float logitScale) {
    /** Signs of weights, one row an output, and the normalization before the sign. */
    record Hidden(BitRow[] weights, Normalization normalization) {
    }

    BinaryNetwork {
        hidden = List.copyOf(hidden);
        if (!(logitScale > 0)) {
            throw new IllegalArgumentException("a scale that is not positive would turn the ranking of the classes");
        }
    }

    /** The sums of the last layer, one a class. */
    int[] scores(BitRow input) {
        BitRow activations = input;
        for (Hidden layer : hidden) {
            activations = layer.normalization().signs(sums(layer.weights(), activations));
        }
        return sums(last, activations);
    }

    /** The class with the highest score, the lowest of equals. */
    int classify(BitRow input) {
        return firstMaximum(scores(input));
    }

    /** How many pictures of a set are classified as labelled. */
    int correct(DigitSet set) {
        int correct = 0;
        for (int i = 0; i < set.size(); i++) {
            if (classify(set.bits(i)) == set.label(i)) {
                correct++;
            }
        }
        return correct;
    }

    static int firstMaximum(int[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    private static int[] sums(BitRow[] weights, BitRow input) {
        int[] sums = new int[weights.length];
        for (int row = 0; row < weights.length; row++) {
            sums[row] = weights[row].dot(input);
        }
        return sums;
    }
}
