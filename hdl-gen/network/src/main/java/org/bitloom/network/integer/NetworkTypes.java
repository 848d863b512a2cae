package org.bitloom.network.integer;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;

/**
 * Infers shape and type of every layer. An accumulator gets the smallest type that holds the worst case of its actual
 * weights over all values of its input's type: every such sum, and every part of it from the bias on, in any order,
 * fits.
 */
public final class NetworkTypes {
    private NetworkTypes() { }

    static List<TensorType> infer(String network, TensorType input, List<Layer> layers) {
        List<TensorType> types = new ArrayList<>();
        for (Layer layer : layers) {
            try {
                types.add(outputOf(layer.operation(), layer.inputs().stream()
                        .map(source -> source == IntegerNetwork.INPUT ? input : types.get(source)).toList()));
            } catch (NetworkException e) {
                throw new NetworkException("network " + network + ", layer " + layer.name() + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(types);
    }

    /** What an operation of one input puts out for a type of input. */
    public static TensorType outputOf(Operation operation, TensorType input) {
        return outputOf(operation, List.of(input));
    }

    /** What an operation puts out for its inputs' types; a {@link NetworkException} says why it cannot take them. */
    public static TensorType outputOf(Operation operation, List<TensorType> inputs) {
        if (inputs.size() != operation.arity()) {
            throw new NetworkException(operation.getClass().getSimpleName() + " takes " + operation.arity()
                    + " inputs, not " + inputs.size());
        }
        TensorType input = inputs.getFirst();
        return switch (operation) {
            case Operation.Dense dense -> dense(dense, input);
            case Operation.Convolution convolution -> convolution(convolution, input);
            case Operation.MaxPool pool -> PoolTypes.max(pool, input);
            case Operation.SumPool pool -> PoolTypes.sum(pool, input);
            case Operation.Add() -> BranchTypes.sum(input, inputs.get(1));
            case Operation.Concat concat -> BranchTypes.concat(inputs);
            case Operation.Slice slice -> BranchTypes.slice(slice, input);
            case Operation.Threshold threshold -> threshold(threshold, input);
            case Operation.Requantize requantize -> ScaleTypes.requantized(requantize, input);
            case Operation.Offset offset -> ScaleTypes.offset(offset, input);
            case Operation.PositionScale scale -> ScaleTypes.scaled(scale, input);
            case Operation.ArgMax() -> new TensorType(Shape.of(1), ValueType.holding(0, input.shape().size() - 1));
        };
    }

    private static TensorType dense(Operation.Dense dense, TensorType input) {
        Weights weights = dense.weights();
        if (weights.columns() != input.shape().size()) {
            throw new NetworkException("weights of " + weights.columns() + " columns do not match an input of "
                    + input.shape() + " = " + input.shape().size() + " values");
        }
        return new TensorType(Shape.of(weights.rows()), accumulator(weights, dense.bias(), input.type()));
    }

    private static TensorType convolution(Operation.Convolution convolution, TensorType input) {
        SlidShape.requireImage("convolution", input.shape());
        Weights weights = convolution.weights();
        if (convolution.channelsPerGroup() * (long) convolution.groups() != input.shape().channels()) {
            throw new NetworkException("weights for " + convolution.groups() + " x " + convolution.channelsPerGroup()
                    + " input channels do not match an input of " + input.shape());
        }
        SlidShape.requireValue(convolution.padding(), input.type());
        return new TensorType(
                SlidShape.of(convolution.window(), convolution.padding(), input.shape(), weights.rows()),
                accumulator(weights, convolution.bias(), input.type()));
    }

    private static TensorType threshold(Operation.Threshold threshold, TensorType input) {
        int channels = threshold.table().channels();
        if (channels != 1 && channels != input.shape().channels()) {
            throw new NetworkException("thresholds for " + channels + " channels do not match an input of "
                    + input.shape());
        }
        return new TensorType(input.shape(), threshold.outputType());
    }

    /** The smallest type that holds every row's sum, and 0 (where a sum may start). */
    private static ValueType accumulator(Weights weights, List<Long> bias, ValueType input) {
        long min = 0;
        long max = 0;
        try {
            for (int row = 0; row < weights.rows(); row++) {
                RowSums signs = RowSums.of(weights, row);
                long start = bias.isEmpty() ? 0 : bias.get(row);
                min = Math.min(min, Math.addExact(start, signs.least(input)));
                max = Math.max(max, Math.addExact(start, signs.greatest(input)));
            }
            return ValueType.holding(min, max);
        } catch (ArithmeticException | NetworkException e) {
            throw new NetworkException("the sum of " + weights.columns() + " products needs an accumulator of more than "
                    + ValueType.MAX_BITS + " bits; use narrower weights or inputs", e);
        }
    }
}
