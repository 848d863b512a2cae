package org.bitloom.network.integer;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;

/**
 * The plain interpreter that defines what a network computes. Values are integers in channel-last order, padding
 * and all; no step is clever except that products with binary weights count bits ({@link BitPlanes}).
 * Immutable: one model may serve several threads.
 */
public final class GoldenModel {
    private final IntegerNetwork network;

    public GoldenModel(IntegerNetwork network) {
        this.network = network;
    }

    public IntegerNetwork network() {
        return network;
    }

    /** The last layer's output for an input of {@code inputShape().size()} values of the input's type. */
    public long[] run(long[] input) {
        return runWithTrace(input).getLast();
    }

    /** Every layer's output, in the order of the layers. */
    public List<long[]> runWithTrace(long[] input) {
        requireInput(input);
        List<long[]> outputs = new ArrayList<>();
        for (Layer layer : network.layers()) {
            outputs.add(Execution.apply(layer.operation(),
                    layer.inputs().stream().map(network::typeOf).toList(), network.typeOf(outputs.size()).shape(),
                    layer.inputs().stream().map(i -> i == IntegerNetwork.INPUT ? input : outputs.get(i)).toList()));
        }
        return outputs;
    }

    /** The class of an input, by the network's classifier. */
    public int classify(long[] input) {
        return network.classifier().classOf(run(input), network.outputScale());
    }

    /** Refuses what is no input of the network: another number of values, or one that is not of the input's type. */
    public void requireInput(long[] input) {
        int size = network.inputShape().size();
        if (input.length != size) {
            throw new NetworkException("network " + network.name() + ": an input has " + input.length + " values; it takes "
                    + network.inputShape() + " = " + size);
        }
        ValueType type = network.inputType();
        for (int i = 0; i < size; i++) {
            if (!type.contains(input[i])) {
                throw new NetworkException("network " + network.name() + ": input value " + i + " is " + input[i]
                        + ", not a value of type " + type);
            }
        }
    }
}
