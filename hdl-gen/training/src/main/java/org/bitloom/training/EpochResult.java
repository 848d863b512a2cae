package org.bitloom.training;

/**
 * What one pass over the training pictures showed, while the weights were changing.
 *
 * @param epoch    1 … epochs
 * @param loss     mean cross-entropy in nats
 * @param accuracy share of training pictures classified as labelled, 0 … 1
 */
public record EpochResult(int epoch, int epochs, double loss, double accuracy) {
}
