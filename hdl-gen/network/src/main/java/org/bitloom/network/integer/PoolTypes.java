package org.bitloom.network.integer;

import org.bitloom.network.NetworkException;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;

/** What pooling puts out. */
final class PoolTypes {
    private PoolTypes() { }

    static TensorType max(Operation.MaxPool pool, TensorType input) {
        SlidShape.requireImage("max-pool", input.shape());
        Padding padding = pool.padding();
        if (!padding.isEmpty() && padding.value() != input.type().min()) {
            throw new NetworkException("max-pool is padded with " + padding.value() + "; padding must be " + input.type()
                    .min() + ", the least value of its input's type (" + input.type() + "), so that it never wins");
        }
        return new TensorType(SlidShape.of(pool.window(), padding, input.shape(), input.shape().channels()),
                input.type());
    }

    /** The sum of as many values as the window has taps, and the 0 where it starts. */
    static TensorType sum(Operation.SumPool pool, TensorType input) {
        SlidShape.requireImage("sum-pool", input.shape());
        SlidShape.requireValue(pool.padding(), input.type());
        int taps = pool.window().taps();
        return new TensorType(SlidShape.of(pool.window(), pool.padding(), input.shape(), input.shape().channels()),
                holding(input.type(), taps));
    }

    private static ValueType holding(ValueType type, int taps) {
        try {
            return ValueType.holding(Math.min(0, Math.multiplyExact(type.min(), (long) taps)),
                    Math.multiplyExact(type.max(), (long) taps));
        } catch (ArithmeticException | NetworkException e) {
            throw new NetworkException("the sum of " + taps + " values of " + type + " needs more than "
                    + ValueType.MAX_BITS + " bits; use narrower inputs", e);
        }
    }
}
