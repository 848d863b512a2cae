package org.bitloom.network.integer;

import java.util.HexFormat;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;

/** A row of weights as hexadecimal bytes: element i in bits i · width on, bit 0 the lowest bit of the first byte. */
final class HexRow {
    private HexRow() { }

    static String encode(Weights weights, int row) {
        ValueType type = weights.type();
        byte[] bytes = new byte[bytesFor(type, weights.columns())];
        if (weights instanceof Weights.Binary binary) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (binary.word(row, i / Long.BYTES) >>> i % Long.BYTES * Byte.SIZE);
            }
            return HexFormat.of().formatHex(bytes);
        }
        for (int column = 0; column < weights.columns(); column++) {
            long bits = type.encode(weights.at(row, column));
            long start = (long) column * type.bits();
            for (int bit = 0; bit < type.bits(); bit++) {
                bytes[(int) ((start + bit) / Byte.SIZE)] |= (byte) ((bits >>> bit & 1) << (start + bit) % Byte.SIZE);
            }
        }
        return HexFormat.of().formatHex(bytes);
    }

    /** A row of bits in words, lane 0 in bit 0. */
    static long[] decodeBits(String hex, int columns) {
        byte[] bytes = bytes(hex, ValueType.bipolar(), columns);
        long[] words = new long[Math.ceilDiv(columns, Long.SIZE)];
        for (int i = 0; i < bytes.length; i++) {
            words[i / Long.BYTES] |= (bytes[i] & 0xFFL) << i % Long.BYTES * Byte.SIZE;
        }
        return words;
    }

    /** The elements' values. */
    static int[] decode(String hex, ValueType type, int columns) {
        byte[] bytes = bytes(hex, type, columns);
        int[] values = new int[columns];
        for (int column = 0; column < columns; column++) {
            long bits = 0;
            long start = (long) column * type.bits();
            for (int bit = 0; bit < type.bits(); bit++) {
                bits |= (long) (bytes[(int) ((start + bit) / Byte.SIZE)] >>> (start + bit) % Byte.SIZE & 1) << bit;
            }
            values[column] = (int) type.decode(bits);
        }
        return values;
    }

    /** Bits beyond the last element must be 0. */
    private static byte[] bytes(String hex, ValueType type, int columns) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new NetworkException("a row of weights is not hexadecimal", e);
        }
        long used = (long) columns * type.bits();
        if (bytes.length != bytesFor(type, columns)) {
            throw new NetworkException("a row of weights has " + hex.length() + " hexadecimal digits; " + columns
                    + " columns of " + type + " take " + 2 * bytesFor(type, columns));
        }
        if (used % Byte.SIZE != 0 && (bytes[bytes.length - 1] & 0xFF) >>> used % Byte.SIZE != 0) {
            throw new NetworkException("a row of weights has bits set beyond its last column");
        }
        return bytes;
    }

    static int bytesFor(ValueType type, int columns) {
        return Math.toIntExact(((long) columns * type.bits() + Byte.SIZE - 1) / Byte.SIZE);
    }
}
