package org.bitloom.accelerator;

import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.network.Shape;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.Weights;

/**
 * A layer that a matrix-vector unit serves and a folding is given for: a dense layer, or a convolution, which multiplies
 * its matrix with the patch under each position of the kernel.
 *
 * @param index    of the layer
 * @param weights  rows are outputs, columns inputs
 * @param run      columns that come as one pixel: the input channels of a convolution, all columns of a dense layer
 * @param vectors  how often the matrix is multiplied in a frame
 */
record MatrixLayer(int index, String name, Weights weights, List<Long> bias, int run, int vectors) {
    int rows() {
        return weights.rows();
    }

    int columns() {
        return weights.columns();
    }

    /** The matrix layers of a network in order. */
    static List<MatrixLayer> of(IntegerNetwork network) {
        return IntStream.range(0, network.layers().size())
                .filter(i -> isMatrix(network.layers().get(i).operation()))
                .mapToObj(i -> of(network, i))
                .toList();
    }

    static MatrixLayer of(IntegerNetwork network, int index) {
        String name = network.layers().get(index).name();
        return switch (network.layers().get(index).operation()) {
            case Operation.Dense dense ->
                new MatrixLayer(index, name, dense.weights(), dense.bias(), dense.weights().columns(), 1);
            case Operation.Convolution grouped -> {
                Operation.Convolution convolution = grouped.ungrouped();
                Shape output = network.typeOf(index).shape();
                yield new MatrixLayer(
                        index,
                        name,
                        convolution.weights(),
                        convolution.bias(),
                        convolution.channelsPerGroup(),
                        output.height() * output.width());
            }
            default -> throw new IllegalArgumentException("layer " + name + " has no matrix");
        };
    }

    private static boolean isMatrix(Operation operation) {
        return operation instanceof Operation.Dense || operation instanceof Operation.Convolution;
    }

    /** Lanes in which its input is read: SIMD, but of a convolution no more than a pixel has. */
    int inputLanes(Folding folding) {
        return run == columns() ? folding.simd() : Math.min(run, folding.simd());
    }

    /** Words of a vector. */
    int synapseFolds(Folding folding) {
        int lanes = folding.simd();
        return lanes > run ? Math.ceilDiv(columns(), lanes) : columns() / run * Math.ceilDiv(run, lanes);
    }

    /** Cycles of a frame. */
    long cycles(Folding folding) {
        return (long) vectors * Math.ceilDiv(rows(), folding.pe()) * synapseFolds(folding);
    }
}
