package org.bitloom.training;

import java.util.List;

/**
 * Everything that decides the outcome of a training, and nothing else: equal plans give equal bytes.
 *
 * @param hidden         outputs of each hidden layer, first to last
 * @param trainPictures  pictures drawn from {@code trainSeed}
 * @param testPictures   held-out pictures drawn from {@code testSeed}
 * @param weightSeed     of the first weights and of the order of the pictures
 * @param epochs         passes over the training pictures
 * @param batch          pictures a step; a last, incomplete batch is left out
 * @param learningRate   Adam's step of the first batch; it falls linearly to 0
 * @param logitScale     factor between the last layer's sums and the logits; a power of two keeps float32 exact
 */
record TrainingPlan(List<Integer> hidden, long trainSeed, int trainPictures, long testSeed, int testPictures,
                    long weightSeed, int epochs, int batch, float learningRate, float logitScale) {
    TrainingPlan {
        hidden = List.copyOf(hidden);
        if (trainPictures < batch || batch < 2 || epochs < 1) {
            throw new IllegalArgumentException("nothing to train: " + trainPictures + " pictures in batches of "
                    + batch + ", " + epochs + " epochs");
        }
        if (trainSeed == testSeed) {
            throw new IllegalArgumentException("the test pictures would be training pictures: one seed for both");
        }
    }

    /** The demo's network: 784-64-64-10, one bit weights and activations. */
    static TrainingPlan standard() {
        return new TrainingPlan(List.of(64, 64), 1, 40_000, 2, 2_000, 3, 30, 100, 0.005f, 0.25f);
    }
}
