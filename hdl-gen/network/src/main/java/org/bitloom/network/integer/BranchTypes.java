package org.bitloom.network.integer;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;

/** What the operations where paths part and meet put out. */
final class BranchTypes {
    private BranchTypes() { }

    static TensorType sum(TensorType a, TensorType b) {
        if (!a.shape().equals(b.shape())) {
            throw new NetworkException("add takes two inputs of one shape, not " + a.shape() + " and " + b.shape());
        }
        try {
            return new TensorType(a.shape(),
                    ValueType.holding(a.type().min() + b.type().min(), a.type().max() + b.type().max()));
        } catch (NetworkException e) {
            throw new NetworkException("the sum of " + a.type() + " and " + b.type() + " needs more than "
                    + ValueType.MAX_BITS + " bits; use narrower inputs", e);
        }
    }

    static TensorType concat(List<TensorType> inputs) {
        TensorType first = inputs.getFirst();
        long channels = 0;
        for (TensorType input : inputs) {
            if (!input.type().equals(first.type())) {
                throw new NetworkException("concat takes inputs of one type, not " + first.type() + " and "
                        + input.type());
            }
            if (!withChannels(input.shape(), 1).equals(withChannels(first.shape(), 1))) {
                throw new NetworkException("concat takes inputs that agree but in their channels, not " + first.shape()
                        + " and " + input.shape());
            }
            channels += input.shape().channels();
        }
        if (channels > Integer.MAX_VALUE) {
            throw new NetworkException("concat gives " + channels + " channels; there may be at most 2^31 - 1");
        }
        return new TensorType(withChannels(first.shape(), (int) channels), first.type());
    }

    static TensorType slice(Operation.Slice slice, TensorType input) {
        if ((long) slice.first() + slice.channels() > input.shape().channels()) {
            throw new NetworkException("a slice of " + slice.channels() + " channels from channel " + slice.first()
                    + " does not fit an input of " + input.shape());
        }
        return new TensorType(withChannels(input.shape(), slice.channels()), input.type());
    }

    private static Shape withChannels(Shape shape, int channels) {
        List<Integer> dimensions = new ArrayList<>(shape.dimensions());
        dimensions.set(dimensions.size() - 1, channels);
        return new Shape(dimensions);
    }
}
