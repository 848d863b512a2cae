package org.bitloom.training;

/**
 * Softmax cross-entropy of a batch.
 *
 * @param loss    mean over the batch, in nats
 * @param correct pictures whose label has the highest sum, the lowest class of equals
 * @param slopes  gradient of the loss by each sum of the last layer
 */
record SoftmaxLoss(double loss, int correct, float[][] slopes) {
    static SoftmaxLoss of(int[][] sums, int[] labels, float scale) {
        double loss = 0;
        int correct = 0;
        float[][] slopes = new float[sums.length][];
        for (int i = 0; i < sums.length; i++) {
            int[] scores = sums[i];
            int best = BinaryNetwork.firstMaximum(scores);
            correct += best == labels[i] ? 1 : 0;
            double[] exponentials = new double[scores.length];
            double total = 0;
            for (int c = 0; c < scores.length; c++) {
                exponentials[c] = StrictMath.exp((double) scale * (scores[c] - scores[best]));
                total += exponentials[c];
            }
            loss += StrictMath.log(total) - (double) scale * (scores[labels[i]] - scores[best]);
            slopes[i] = new float[scores.length];
            for (int c = 0; c < scores.length; c++) {
                double wanted = c == labels[i] ? 1 : 0;
                slopes[i][c] = (float) (scale * (exponentials[c] / total - wanted) / sums.length);
            }
        }
        return new SoftmaxLoss(loss / sums.length, correct, slopes);
    }
}
