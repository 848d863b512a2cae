package org.bitloom.training;

import java.util.Arrays;

/**
 * A dense layer under training (BNN, arXiv 1602.02830, algorithm 1): real weights within [−1, 1] collect the gradients,
 * only their signs (0 counts as +1) are used. Sums of products are exact integers. Real weights and gradients are kept
 * input by input, so that a picture costs only as much as it has set pixels.
 */
final class BinaryDense {
    private static final float CLIP = 1;

    private final int inputs;
    private final int outputs;
    /** One an input, each of as many weights as there are outputs. */
    private final Parameters[] latent;
    private final BitRow[] signs;

    BinaryDense(int inputs, int outputs, Randomness random) {
        this.inputs = inputs;
        this.outputs = outputs;
        latent = new Parameters[inputs];
        signs = new BitRow[outputs];
        // Glorot and Bengio 2010, equation 16: small enough that a useful sign is found within a few steps
        double range = StrictMath.sqrt(6.0 / (inputs + outputs));
        for (int input = 0; input < inputs; input++) {
            latent[input] = new Parameters(outputs, 0);
            for (int row = 0; row < outputs; row++) {
                latent[input].values[row] = (float) random.between(-range, range);
            }
        }
        binarize();
    }

    /** The signs now in force, one row an output. */
    BitRow[] signs() {
        return signs.clone();
    }

    int[][] forward(BitRow[] batch) {
        int[][] sums = new int[batch.length][outputs];
        for (int i = 0; i < batch.length; i++) {
            for (int row = 0; row < outputs; row++) {
                sums[i][row] = signs[row].dot(batch[i]);
            }
        }
        return sums;
    }

    /**
     * Adds to the gradient of the weights, straight through the sign; one slope an output and picture. An input is
     * −1 + 2·bit, so the sum over all pictures is taken once and twice the slope of set bits is added.
     */
    void collect(float[][] slopes, BitRow[] batch) {
        float[] total = new float[outputs];
        for (int i = 0; i < batch.length; i++) {
            float[] ofPicture = slopes[i];
            addScaled(total, 1, ofPicture);
            batch[i].forEachSet(input -> addScaled(latent[input].gradient, 2, ofPicture));
        }
        for (int input = 0; input < inputs; input++) {
            addScaled(latent[input].gradient, -1, total);
        }
    }

    /** The gradient of the layer's inputs. */
    float[][] backward(float[][] slopes) {
        float[][] rows = new float[outputs][];
        Arrays.setAll(rows, row -> signs[row].expanded());
        float[][] inputSlopes = new float[slopes.length][inputs];
        for (int i = 0; i < slopes.length; i++) {
            for (int row = 0; row < outputs; row++) {
                addScaled(inputSlopes[i], slopes[i][row], rows[row]);
            }
        }
        return inputSlopes;
    }

    void step(float learningRate) {
        for (Parameters ofInput : latent) {
            ofInput.step(learningRate, CLIP);
        }
        binarize();
    }

    private void binarize() {
        Arrays.setAll(signs, row -> BitRow.of(inputs, input -> latent[input].values[row] >= 0));
    }

    /** The same index on both sides lets the just-in-time compiler use vector instructions. */
    private static void addScaled(float[] sum, float factor, float[] values) {
        for (int i = 0; i < values.length; i++) {
            sum[i] += factor * values[i];
        }
    }
}
