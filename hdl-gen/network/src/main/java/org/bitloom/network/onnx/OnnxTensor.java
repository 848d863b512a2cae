package org.bitloom.network.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bitloom.network.NetworkException;

/**
 * A constant tensor. However the file spelt its contents, they are held as ONNX's raw form: little-endian elements,
 * last dimension fastest, and their number is exactly the product of the dimensions.
 *
 * @param dimensions sizes, each at least 0; empty for a scalar; at most {@link #MAX_RANK}
 * @param data       {@code type.bytes()} bytes an element
 */
public record OnnxTensor(String name, ElementType type, List<Integer> dimensions, ByteString data) {
    public static final int MAX_RANK = 8;

    public OnnxTensor {
        dimensions = List.copyOf(dimensions);
        long elements = elements(name, dimensions);
        if (elements * type.bytes() != data.size()) {
            throw NetworkException.at("tensor " + OnnxNode.quoted(name),
                    "shape " + dimensions + " of " + type + " needs " + elements * type.bytes()
                            + " bytes but the file holds " + data.size(),
                    "the file is damaged, export it again");
        }
    }

    public static OnnxTensor floats(String name, List<Integer> dimensions, float... values) {
        ByteBuffer bytes = buffer(Math.multiplyExact(values.length, 4));
        for (float value : values) {
            bytes.putFloat(value);
        }
        return new OnnxTensor(name, ElementType.FLOAT, dimensions, ByteString.copyFrom(bytes.flip()));
    }

    public static OnnxTensor longs(String name, List<Integer> dimensions, long... values) {
        ByteBuffer bytes = buffer(Math.multiplyExact(values.length, 8));
        for (long value : values) {
            bytes.putLong(value);
        }
        return new OnnxTensor(name, ElementType.INT64, dimensions, ByteString.copyFrom(bytes.flip()));
    }

    /** Number of elements. */
    public int size() {
        return data.size() / type.bytes();
    }

    /** Every element as the nearest float32 (ties to even), as an ONNX Cast would make it. */
    public float[] toFloats() {
        ByteBuffer bytes = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT -> bytes.getFloat();
                case DOUBLE -> (float) bytes.getDouble();
                case FLOAT16 -> Float.float16ToFloat(bytes.getShort());
                case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                case UINT64 -> unsignedToFloat(bytes.getLong());
                case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32 -> integer(bytes);
            };
        }
        return values;
    }

    /** Whether {@link #toFloats} loses nothing; only of interest for float64. */
    boolean isExactInFloats() {
        ByteBuffer bytes = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        while (type == ElementType.DOUBLE && bytes.hasRemaining()) {
            double value = bytes.getDouble();
            if (value != (float) value) {
                return false;
            }
        }
        return true;
    }

    /** Every element of an integer or boolean tensor; unsigned 64-bit values must be below 2^63. */
    public long[] toLongs() {
        if (type.isFloatingPoint()) {
            throw NetworkException.at("tensor " + OnnxNode.quoted(name), "holds " + type + " where integers are needed",
                    "export it with an integer type");
        }
        ByteBuffer bytes = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long[] values = new long[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(bytes);
            if (type == ElementType.UINT64 && values[i] < 0) {
                throw NetworkException.at("tensor " + OnnxNode.quoted(name), "holds an integer of 2^63 or more",
                        "use smaller values");
            }
        }
        return values;
    }

    private long integer(ByteBuffer bytes) {
        return switch (type) {
            case UINT8 -> bytes.get() & 0xFFL;
            case INT8 -> bytes.get();
            case BOOL -> bytes.get() == 0 ? 0 : 1;
            case UINT16 -> bytes.getShort() & 0xFFFFL;
            case INT16 -> bytes.getShort();
            case INT32 -> bytes.getInt();
            case UINT32 -> bytes.getInt() & 0xFFFF_FFFFL;
            case INT64, UINT64 -> bytes.getLong();
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> throw new IllegalStateException(type.toString());
        };
    }

    private static float unsignedToFloat(long bits) {
        // Halving keeps the sign bit clear; the lost bit is or-ed back so that rounding still sees it.
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2f;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The product of the dimensions, at most 2^31 - 1; a negative size, a high rank or an overflow is refused. */
    static int elements(String name, List<Integer> dimensions) {
        String place = "tensor " + OnnxNode.quoted(name);
        if (dimensions.size() > MAX_RANK) {
            throw NetworkException.at(place, "has rank " + dimensions.size(),
                    "tensors of at most rank " + MAX_RANK + " are supported");
        }
        long product = 1;
        for (int size : dimensions) {
            if (size < 0) {
                throw NetworkException.at(place, "has the negative dimension " + size, "the file is damaged");
            }
            product = Math.multiplyExact(product, (long) size);
            if (product > Integer.MAX_VALUE) {
                throw NetworkException.at(place, "shape " + dimensions + " has more than 2^31 - 1 elements",
                        "the file is damaged or the model too large");
            }
        }
        return (int) product;
    }
}
