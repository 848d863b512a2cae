package org.bitloom.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Trains a binary multi-layer perceptron by BNN (Courbariaux et al., arXiv 1602.02830): binary weights and activations
 * forward, straight-through gradients backward, Adam on clipped real weights; softmax cross-entropy on the scaled sums
 * of the last layer. One thread; every sum has a fixed order.
 */
final class Trainer {
    private final TrainingPlan plan;
    private final BitRow[] pictures;
    private final DigitSet set;
    private final List<BinaryDense> dense = new ArrayList<>();
    private final List<BatchNorm> norms = new ArrayList<>();
    private final Randomness order;
    private int step;

    Trainer(TrainingPlan plan, DigitSet set) {
        this.plan = plan;
        this.set = set;
        pictures = new BitRow[set.size()];
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = set.bits(i);
        }
        int inputs = Canvas.PIXELS;
        for (int layer = 0; layer < plan.hidden().size(); layer++) {
            int outputs = plan.hidden().get(layer);
            dense.add(new BinaryDense(inputs, outputs, Randomness.of(plan.weightSeed(), layer)));
            norms.add(new BatchNorm(outputs));
            inputs = outputs;
        }
        dense.add(new BinaryDense(inputs, Alphabet.DIGITS, Randomness.of(plan.weightSeed(), norms.size())));
        order = Randomness.of(plan.weightSeed(), -1);
    }

    /** One pass over the training pictures. */
    EpochResult epoch(int number) {
        int[] permutation = order.permutation(pictures.length);
        int batches = pictures.length / plan.batch();
        double loss = 0;
        int correct = 0;
        for (int batch = 0; batch < batches; batch++) {
            int[] members = new int[plan.batch()];
            System.arraycopy(permutation, batch * plan.batch(), members, 0, members.length);
            SoftmaxLoss result = learn(members, plan.learningRate() * (1 - (float) step / (plan.epochs() * batches)));
            loss += result.loss();
            correct += result.correct();
            step++;
        }
        int seen = batches * plan.batch();
        return new EpochResult(number, plan.epochs(), loss / batches, (double) correct / seen);
    }

    /** The network as it is now, normalized by the moments that its own layers have over all training pictures. */
    BinaryNetwork frozen() {
        List<BinaryNetwork.Hidden> hidden = new ArrayList<>();
        BitRow[] activations = pictures;
        for (int layer = 0; layer < norms.size(); layer++) {
            int[][] sums = dense.get(layer).forward(activations);
            Normalization normalization = norms.get(layer).frozen(Moments.of(sums));
            BitRow[] signs = new BitRow[sums.length];
            for (int i = 0; i < sums.length; i++) {
                signs[i] = normalization.signs(sums[i]);
            }
            hidden.add(new BinaryNetwork.Hidden(dense.get(layer).signs(), normalization));
            activations = signs;
        }
        return new BinaryNetwork(hidden, dense.getLast().signs(), plan.logitScale());
    }

    private SoftmaxLoss learn(int[] members, float learningRate) {
        List<BitRow[]> inputs = new ArrayList<>();
        BitRow[] activations = new BitRow[members.length];
        int[] labels = new int[members.length];
        for (int i = 0; i < members.length; i++) {
            activations[i] = pictures[members[i]];
            labels[i] = set.label(members[i]);
        }
        for (int layer = 0; layer < norms.size(); layer++) {
            inputs.add(activations);
            activations = norms.get(layer).forward(dense.get(layer).forward(activations));
        }
        inputs.add(activations);
        SoftmaxLoss result = SoftmaxLoss.of(dense.getLast().forward(activations), labels, plan.logitScale());
        float[][] slopes = result.slopes();
        for (int layer = norms.size(); layer >= 0; layer--) {
            dense.get(layer).collect(slopes, inputs.get(layer));
            if (layer > 0) {
                slopes = norms.get(layer - 1).backward(dense.get(layer).backward(slopes));
            }
        }
        dense.forEach(layer -> layer.step(learningRate));
        norms.forEach(norm -> norm.step(learningRate));
        return result;
    }
}
