package org.bitloom.network.integer;

import org.bitloom.network.ValueType;

/**
 * A vector cut into bits of equal weight, so that its product with a row of ±1 is a few population counts. With p the
 * bits of plane b and w a row of signs, {@code Σ w·p = 2·|w ∧ p| − |p|}; a value is the sum of its bits times their
 * weight in the type (the top bit of a signed type counts negative). A bipolar value is 2·bit − 1.
 */
record BitPlanes(long[][] planes, long[] weights, boolean bipolar) {
    static BitPlanes of(ValueType type, long[] values) {
        long[][] planes = new long[type.bits()][(values.length + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < values.length; i++) {
            long bits = type.encode(values[i]);
            for (int plane = 0; plane < planes.length; plane++) {
                planes[plane][i / Long.SIZE] |= (bits >>> plane & 1) << i;
            }
        }
        long[] weights = new long[planes.length];
        for (int plane = 0; plane < planes.length; plane++) {
            weights[plane] = 1L << plane;
        }
        if (type instanceof ValueType.Signed) {
            weights[planes.length - 1] = -weights[planes.length - 1];
        }
        return new BitPlanes(planes, weights, type instanceof ValueType.Bipolar);
    }

    long product(Weights.Binary signs, int row) {
        if (bipolar) {
            return agreement(signs, row);
        }
        long sum = 0;
        for (int plane = 0; plane < planes.length; plane++) {
            int both = 0;
            int all = 0;
            for (int word = 0; word < planes[plane].length; word++) {
                both += Long.bitCount(signs.word(row, word) & planes[plane][word]);
                all += Long.bitCount(planes[plane][word]);
            }
            sum += weights[plane] * (2L * both - all);
        }
        return sum;
    }

    /** BNN (arXiv 1602.02830), section 1.3: the product of n signs is n − 2 · (number of places that differ). */
    private long agreement(Weights.Binary signs, int row) {
        int different = 0;
        for (int word = 0; word < planes[0].length; word++) {
            different += Long.bitCount(signs.word(row, word) ^ planes[0][word]);
        }
        return signs.columns() - 2L * different;
    }
}
