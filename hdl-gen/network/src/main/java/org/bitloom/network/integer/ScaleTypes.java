package org.bitloom.network.integer;

import java.util.Collections;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;

/** What the operations put out that scale or shift each element by itself. */
final class ScaleTypes {
    private ScaleTypes() { }

    static TensorType requantized(Operation.Requantize requantize, TensorType input) {
        int channels = input.shape().channels();
        for (List<Long> each : List.of(requantize.multipliers(), requantize.offsets())) {
            if (each.size() != 1 && each.size() != channels) {
                throw new NetworkException("multipliers or offsets for " + each.size() + " channels do not match an input of "
                        + input.shape());
            }
        }
        for (int channel = 0; channel < channels; channel++) {
            scaled(requantize, channel, input.type());
        }
        return new TensorType(input.shape(), requantize.outputType());
    }

    /** What a channel's products and offset may be before the shift. */
    private static ValueType scaled(Operation.Requantize requantize, int channel, ValueType type) {
        long multiplier = requantize.multiplier(channel);
        try {
            long least = Math.multiplyExact(multiplier, multiplier < 0 ? type.max() : type.min());
            long greatest = Math.multiplyExact(multiplier, multiplier < 0 ? type.min() : type.max());
            return ValueType.holding(
                    Math.addExact(least, requantize.offset(channel)), Math.addExact(greatest, requantize.offset(channel)));
        } catch (ArithmeticException | NetworkException e) {
            throw new NetworkException(type + " by " + multiplier + " and " + requantize.offset(channel) + " needs more than "
                    + ValueType.MAX_BITS + " bits; use a smaller multiplier", e);
        }
    }

    static TensorType offset(Operation.Offset offset, TensorType input) {
        if (offset.offsets().size() != input.shape().size()) {
            throw new NetworkException(offset.offsets().size() + " offsets do not match an input of " + input.shape() + " = "
                    + input.shape().size() + " values");
        }
        try {
            return new TensorType(input.shape(), ValueType.holding(
                    Math.addExact(input.type().min(), Collections.min(offset.offsets())),
                    Math.addExact(input.type().max(), Collections.max(offset.offsets()))));
        } catch (ArithmeticException | NetworkException e) {
            throw new NetworkException(input.type() + " and the largest offset need more than " + ValueType.MAX_BITS
                    + " bits", e);
        }
    }

    static TensorType scaled(Operation.PositionScale scale, TensorType input) {
        SlidShape.requireImage("a scale by position", input.shape());
        if (scale.rows().size() != input.shape().height() || scale.columns().size() != input.shape().width()) {
            throw new NetworkException("factors for " + scale.rows().size() + " rows and " + scale.columns().size()
                    + " columns do not match an input of " + input.shape());
        }
        long greatest = (long) Collections.max(scale.rows()) * Collections.max(scale.columns());
        try {
            return new TensorType(input.shape(), ValueType.holding(
                    Math.min(0, Math.multiplyExact(input.type().min(), greatest)),
                    Math.multiplyExact(input.type().max(), greatest)));
        } catch (ArithmeticException | NetworkException e) {
            throw new NetworkException(input.type() + " by " + greatest + " needs more than " + ValueType.MAX_BITS + " bits",
                    e);
        }
    }
}
