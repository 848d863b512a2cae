package org.bitloom.network.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiFunction;

/** How one stored integer becomes a value; little-endian. The names are numpy's. */
enum ElementType {
    U8("|u1", 1, (bytes, at) -> bytes.get(at) & 0xFFL),
    I8("|i1", 1, (bytes, at) -> (long) bytes.get(at)),
    U16("<u2", 2, (bytes, at) -> bytes.getShort(at) & 0xFFFFL),
    I16("<i2", 2, (bytes, at) -> (long) bytes.getShort(at)),
    U32("<u4", 4, (bytes, at) -> bytes.getInt(at) & 0xFFFFFFFFL),
    I32("<i4", 4, (bytes, at) -> (long) bytes.getInt(at)),
    I64("<i8", 8, ByteBuffer::getLong);

    final String numpyName;
    final int bytes;
    private final BiFunction<ByteBuffer, Integer, Long> decode;

    ElementType(String numpyName, int bytes, BiFunction<ByteBuffer, Integer, Long> decode) {
        this.numpyName = numpyName;
        this.bytes = bytes;
        this.decode = decode;
    }

    /** {@code count} values from element {@code first} on. */
    long[] decode(byte[] data, int first, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = decode.apply(buffer, (first + i) * bytes);
        }
        return values;
    }
}
