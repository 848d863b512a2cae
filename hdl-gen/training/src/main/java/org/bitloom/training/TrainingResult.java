package org.bitloom.training;

/**
 * A finished training.
 *
 * @param files        what was written
 * @param correct      held-out pictures that the network classifies as labelled
 * @param testPictures held-out pictures, drawn from another seed than the training's
 */
public record TrainingResult(DigitsFiles files, int correct, int testPictures) {
    /** Share of held-out pictures classified as labelled, 0 … 1. */
    public double accuracy() {
        return (double) correct / testPictures;
    }
}
