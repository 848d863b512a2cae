package org.bitloom.network.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;

/**
 * The format of MNIST (yann.lecun.com/exdb/mnist): two zero bytes, the element type (8 = unsigned byte), the number of
 * dimensions, each extent as a big-endian 32-bit number, then the elements in row-major order.
 */
final class IdxFile {
    private static final int UNSIGNED_BYTE = 8;
    private static final int MAX_RANK = 4;

    private IdxFile() { }

    static Images images(ByteSource source, Shape shape) {
        List<Long> extents = extents(source);
        if (extents.size() < 2) {
            throw NetworkException.at(source.path(), "it is an IDX file of labels (1 dimension)",
                    "give the file of images here");
        }
        PackedImages.requireShape(source.path(), extents.subList(1, extents.size()), shape);
        byte[] pixels = elements(source, extents, "pixels");
        return new PackedImages(shape, pixels.length / shape.size(), ElementType.U8, pixels);
    }

    static long[] labels(ByteSource source) {
        List<Long> extents = extents(source);
        if (extents.size() != 1) {
            throw NetworkException.at(source.path(), "it is an IDX file of " + extents.size() + " dimensions",
                    "labels have one; give the file of labels here");
        }
        byte[] labels = elements(source, extents, "labels");
        return ElementType.U8.decode(labels, 0, labels.length);
    }

    private static List<Long> extents(ByteSource source) {
        byte[] magic = source.read(4, "IDX header");
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != UNSIGNED_BYTE || magic[3] < 1 || magic[3] > MAX_RANK) {
            throw NetworkException.at(source.path(), "its IDX header is %02x %02x %02x %02x".formatted(
                    magic[0], magic[1], magic[2], magic[3]), "expected 00 00 08 (unsigned bytes) and 1 to 4 dimensions");
        }
        List<Long> extents = new ArrayList<>();
        for (int i = 0; i < magic[3]; i++) {
            extents.add(Integer.toUnsignedLong(ByteBuffer.wrap(source.read(4, "IDX header")).getInt()));
        }
        if (extents.getFirst() == 0) {
            throw NetworkException.at(source.path(), "it is empty", "give a file with at least one item");
        }
        return extents;
    }

    private static byte[] elements(ByteSource source, List<Long> extents, String what) {
        byte[] elements = source.read(PackedImages.size(extents), what);
        source.requireEnd();
        return elements;
    }
}
