package org.bitloom.network.integer;

import org.bitloom.network.ValueType;

/**
 * The matrix that one layer's memories hold, padding included: neuron nf · PE + pe and column sf · SIMD + lane are in
 * memory pe at word nf · (columns / SIMD) + sf, {@code bits} bits a lane, lane 0 lowest. One bit is a sign (1 = +1),
 * two bits are two's complement.
 */
record BnnPynqMatrix(BnnPynqMemories memories, int rows, int columns, int simd, int bits) {
    /** Whether the numbers fit together and no bit is set outside the lanes. */
    boolean isConsistent() {
        int elements = memories.elements();
        return rows > 0 && simd > 0 && columns % simd == 0 && rows % elements == 0 && simd * bits <= Long.SIZE
                && (long) rows * columns == (long) elements * memories.depth() * simd
                && memories.usedBits() <= simd * bits;
    }

    /** The upper left part of the matrix. */
    Weights weights(int rows, int columns) {
        if (bits > 1) {
            return Weights.IntegerMatrix.of(ValueType.signed(bits), rows, columns, this::weight);
        }
        int wordsPerRow = Math.ceilDiv(columns, Long.SIZE);
        long[] words = new long[rows * wordsPerRow];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column += simd) {
                int lanes = Math.min(simd, columns - column);
                long signs = word(row, column) & -1L >>> Long.SIZE - lanes;
                int at = row * wordsPerRow + column / Long.SIZE;
                words[at] |= signs << column;
                if (column % Long.SIZE + lanes > Long.SIZE) {
                    words[at + 1] |= signs >>> Long.SIZE - column % Long.SIZE;
                }
            }
        }
        return Weights.Binary.packed(rows, columns, words);
    }

    /** Sum of the weights of a row from a column on. */
    long sumFrom(int column, int row) {
        long sum = 0;
        for (int c = column; c < columns; c++) {
            sum += weight(row, c);
        }
        return sum;
    }

    /** Threshold i of {@code count} of a neuron, cut to the bits that the hardware keeps. */
    long threshold(int row, int i, int count, int keptBits) {
        long stored = memories.thresholds()[row % memories.elements()][row / memories.elements() * count + i];
        return stored << (Long.SIZE - keptBits) >> (Long.SIZE - keptBits);
    }

    private int weight(int row, int column) {
        long lane = word(row, column) >>> column % simd * bits;
        return (int) (bits == 1 ? ValueType.bipolar() : ValueType.signed(bits)).decode(lane);
    }

    private long word(int row, int column) {
        int elements = memories.elements();
        return memories.weights()[row % elements][row / elements * (columns / simd) + column / simd];
    }
}
