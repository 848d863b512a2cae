package org.bitloom.network.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;

/**
 * numpy's format, versions 1 to 3 (numpy.lib.format): magic, version, length of the header, the header as a Python
 * dictionary of descr, fortran_order and shape, then the elements. Integers of 8 to 64 bits in C order only.
 */
final class NpyFile {
    private static final int MAX_HEADER = 1 << 16;

    private NpyFile() { }

    static Images images(ByteSource source, Shape shape) {
        NpyHeader header = header(source);
        List<Long> extents = header.shape();
        boolean single = extents.equals(shape.dimensions().stream().map(Integer::longValue).toList());
        if (!single) {
            if (extents.size() < 2) {
                throw NetworkException.at(source.path(), "its shape is " + extents,
                        "expected the number of images and then " + shape);
            }
            PackedImages.requireShape(source.path(), extents.subList(1, extents.size()), shape);
        }
        byte[] data = elements(source, header);
        int count = data.length / header.type().bytes / shape.size();
        return new PackedImages(shape, count, header.type(), data);
    }

    static long[] labels(ByteSource source) {
        NpyHeader header = header(source);
        if (header.shape().size() != 1) {
            throw NetworkException.at(source.path(), "its shape is " + header.shape(), "labels have one dimension");
        }
        byte[] data = elements(source, header);
        return header.type().decode(data, 0, data.length / header.type().bytes);
    }

    private static NpyHeader header(ByteSource source) {
        byte[] start = source.read(8, "npy header");
        int version = start[6];
        if (version < 1 || version > 3) {
            throw NetworkException.at(source.path(), "its npy version is " + version, "save it with version 1, 2 or 3");
        }
        byte[] length = source.read(version == 1 ? 2 : 4, "npy header");
        long size = Integer.toUnsignedLong(version == 1
                ? ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xFFFF
                : ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt());
        if (size > MAX_HEADER) {
            throw NetworkException.at(source.path(), "its npy header is " + size + " bytes long",
                    "expected at most " + MAX_HEADER);
        }
        String text = new String(source.read(size, "npy header"), StandardCharsets.ISO_8859_1);
        return NpyHeader.parse(source.path(), text);
    }

    private static byte[] elements(ByteSource source, NpyHeader header) {
        long count = PackedImages.size(header.shape());
        if (count == 0) {
            throw NetworkException.at(source.path(), "it is empty", "give a file with at least one item");
        }
        byte[] data = source.read(PackedImages.size(List.of(count, (long) header.type().bytes)), "npy elements");
        source.requireEnd();
        return data;
    }
}
