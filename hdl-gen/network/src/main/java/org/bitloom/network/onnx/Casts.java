package org.bitloom.network.onnx;

import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Tensor;

/** Casts of constants, as ONNX Cast: to float by rounding to nearest, to an integer by cutting off the fraction. */
final class Casts {
    private Casts() {
    }

    static Constant of(Constant constant, ElementType to) {
        return switch (constant) {
            case Constant.Integers integers when to.isFloatingPoint() -> {
                float[] values = new float[integers.values().length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = integers.values()[i];
                }
                yield new Constant.Floats(Tensor.of(integers.shape(), values));
            }
            case Constant.Integers integers -> {
                for (long value : integers.values()) {
                    requireFits(value, to);
                }
                yield integers;
            }
            case Constant.Floats floats when to == ElementType.FLOAT || to == ElementType.DOUBLE -> floats;
            case Constant.Floats floats when to.isFloatingPoint() -> throw new NetworkException("casts a constant to "
                    + to + ", which would lose bits; export the model in float32");
            case Constant.Floats floats -> {
                long[] values = new long[floats.tensor().size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (long) floats.tensor().at(i);
                    requireFits(values[i], to);
                }
                yield new Constant.Integers(floats.shape(), values);
            }
        };
    }

    private static void requireFits(long value, ElementType to) {
        long max = switch (to) {
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 0xFF;
            case INT16 -> Short.MAX_VALUE;
            case UINT16 -> 0xFFFF;
            case INT32 -> Integer.MAX_VALUE;
            case UINT32 -> 0xFFFF_FFFFL;
            case BOOL -> 1;
            case INT64, UINT64, FLOAT, FLOAT16, DOUBLE, BFLOAT16 -> Long.MAX_VALUE;
        };
        boolean unsigned = to == ElementType.UINT8 || to == ElementType.UINT16 || to == ElementType.UINT32
                || to == ElementType.UINT64 || to == ElementType.BOOL;
        if (value > max || value < (unsigned ? 0 : -max - 1)) {
            throw new NetworkException("casts the constant " + value + " to " + to + ", which cannot hold it");
        }
    }
}
