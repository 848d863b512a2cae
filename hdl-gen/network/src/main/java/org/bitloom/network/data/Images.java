package org.bitloom.network.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;

/** The inputs of a network, from a file or folder: integers as stored (pixels 0 to 255), channel last. */
public interface Images {
    int count();

    /** The shape of every image. */
    Shape shape();

    /** The {@code shape().size()} values of image 0 to count − 1. */
    long[] image(int index);

    /**
     * Opens images for a network that takes {@code shape}; each must have that shape, or for a flat network as many
     * values. Known: IDX of bytes; {@code .npy} of integers; a PNG file, or a folder of them in natural order (2 before
     * 10); CIFAR-10 records ({@code .bin} of 3,073 bytes each); raw bytes, one after the other. IDX, npy and raw files
     * may be gzipped.
     *
     * @throws NetworkException naming the file, what was found and what was expected
     */
    static Images open(Path path, Shape shape) {
        if (Files.isDirectory(path)) {
            return PngImages.ofFolder(path, shape);
        }
        try (ByteSource source = ByteSource.open(path)) {
            return switch (FileKind.of(source)) {
                case IDX -> IdxFile.images(source, shape);
                case NPY -> NpyFile.images(source, shape);
                case PNG -> PngImages.ofFile(path, shape);
                case RECORDS_OR_RAW -> CifarRecords.fit(source, shape)
                        ? CifarRecords.read(source).images() : raw(source, shape);
            };
        }
    }

    private static Images raw(ByteSource source, Shape shape) {
        byte[] bytes = source.rest();
        if (bytes.length == 0 || bytes.length % shape.size() != 0) {
            throw NetworkException.at(source.path(), "it is neither IDX, npy nor PNG, and as raw bytes its "
                    + bytes.length + " bytes are not a multiple of " + shape + " = " + shape.size(),
                    "give images of the network's input shape");
        }
        return new PackedImages(shape, bytes.length / shape.size(), ElementType.U8, bytes);
    }
}
