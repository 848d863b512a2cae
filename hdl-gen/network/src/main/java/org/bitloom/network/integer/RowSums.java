package org.bitloom.network.integer;

import org.bitloom.network.ValueType;

/** Sum of the positive weights of a row, and of the negative ones: enough for the extremes of its product. */
public record RowSums(long positive, long negative) {
    public static RowSums of(Weights weights, int row) {
        if (weights instanceof Weights.Binary binary) {
            long ones = 0;
            for (int word = 0; word < binary.wordsPerRow(); word++) {
                ones += Long.bitCount(binary.word(row, word));
            }
            return new RowSums(ones, ones - binary.columns());
        }
        long positive = 0;
        long negative = 0;
        for (int column = 0; column < weights.columns(); column++) {
            long weight = weights.at(row, column);
            positive += Math.max(0, weight);
            negative += Math.min(0, weight);
        }
        return new RowSums(positive, negative);
    }

    /** Those of the row with every weight negated. */
    public RowSums negated() {
        return new RowSums(-negative, -positive);
    }

    /**
     * The least product of the row with any inputs.
     *
     * @throws ArithmeticException beyond 64 bits
     */
    public long least(ValueType input) {
        return Math.addExact(Math.multiplyExact(positive, input.min()), Math.multiplyExact(negative, input.max()));
    }

    /**
     * The greatest product of the row with any inputs.
     *
     * @throws ArithmeticException beyond 64 bits
     */
    public long greatest(ValueType input) {
        return Math.addExact(Math.multiplyExact(positive, input.max()), Math.multiplyExact(negative, input.min()));
    }
}
