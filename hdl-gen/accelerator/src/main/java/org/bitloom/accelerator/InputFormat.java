package org.bitloom.accelerator;

import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.network.Shape;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Operation;

/** How frames come in: as wide as the first matrix layer reads them, as a vector where only dense layers do. */
final class InputFormat {
    private final IntegerNetwork network;

    private InputFormat(IntegerNetwork network) {
        this.network = network;
    }

    /** With the folding of each matrix layer, by its index. */
    static FrameFormat of(IntegerNetwork network, Map<Integer, Folding> foldings) {
        return new InputFormat(network).of(foldings);
    }

    private FrameFormat of(Map<Integer, Folding> foldings) {
        Shape shape = network.inputShape();
        boolean vector = shape.rank() == 1 || isReadAsVector(IntegerNetwork.INPUT);
        int channels = vector ? shape.size() : shape.channels();
        int reader = network.readers(IntegerNetwork.INPUT).getFirst();
        while (isByValue(operation(reader)) && !network.readers(reader).isEmpty()) {
            reader = network.readers(reader).getFirst();
        }
        Folding folding = foldings.get(reader);
        int wanted = folding == null ? 1 : MatrixLayer.of(network, reader).inputLanes(folding);
        int lanes = vector ? wanted : Math.min(wanted, channels);
        return new FrameFormat(shape.size() / channels, channels, network.inputType(), lanes);
    }

    private Operation operation(int layer) {
        return network.layers().get(layer).operation();
    }

    /** Whether values pass one by one, in words as wide as they come. */
    private static boolean isByValue(Operation operation) {
        return switch (operation) {
            case Operation.Threshold _, Operation.Requantize _, Operation.Offset _ -> true;
            case Operation.Dense _, Operation.Convolution _, Operation.MaxPool _, Operation.SumPool _, Operation.Add _,
                    Operation.Concat _, Operation.Slice _, Operation.PositionScale _, Operation.ArgMax _ -> false;
        };
    }

    private boolean isReadAsVector(int layer) {
        List<Integer> readers = network.readers(layer);
        return !readers.isEmpty() && readers.stream().allMatch(reader -> switch (operation(reader)) {
            case Operation.Dense _ -> true;
            case Operation.Threshold threshold -> threshold.table().channels() == 1 && isReadAsVector(reader);
            case Operation.Requantize requantize ->
                requantize.multipliers().size() == 1 && requantize.offsets().size() == 1 && isReadAsVector(reader);
            case Operation.Offset _ -> isReadAsVector(reader);
            case Operation.Convolution _, Operation.MaxPool _, Operation.SumPool _, Operation.Add _, Operation.Concat _,
                    Operation.Slice _, Operation.PositionScale _, Operation.ArgMax _ -> false;
        });
    }
}
