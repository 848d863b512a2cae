package org.bitloom.network.integer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bitloom.network.NetworkException;

/**
 * The file form of an integer network: one JSON document, the same bytes for equal networks. Weights are rows of
 * hexadecimal digits, every element in as many bits as its type has, element 0 in the lowest bits, bytes in ascending
 * order. Types are {@code "bipolar"}, {@code "u8"}, {@code "s8"}; weights of a bit pattern name it, {@code "X0.0XXX"}; thresholds that always or never pass are
 * {@code "-inf"} and {@code "inf"}; rationals {@code "1/2"}. Names stand in the order in which they are written.
 */
public final class NetworkFile {
    static final String FORMAT = "bitloom integer network";
    static final int VERSION = 1;
    /** A larger file is refused unread, in bytes. */
    static final long MAX_BYTES = 1L << 29;

    private NetworkFile() { }

    /** Writes the network; the file appears complete or not at all. */
    public static void save(IntegerNetwork network, Path path) {
        Path absolute = path.toAbsolutePath();
        try {
            Path unfinished = absolute.resolveSibling(absolute.getFileName() + ".part");
            try {
                NetworkWriter.write(network, unfinished);
                Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new NetworkException(path + ": the network cannot be written (" + e.getMessage()
                    + "); choose a writable folder", e);
        }
    }

    /**
     * Reads a network. Sizes are checked against the length of the file before memory is taken, and the result against
     * everything that {@link IntegerNetwork} demands.
     *
     * @throws NetworkException naming file, line or layer, and cause
     */
    public static IntegerNetwork load(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw NetworkException.at(path, Files.exists(path) ? "it is not a file" : "there is no such file",
                        "give the path of an integer network");
            }
            long size = Files.size(path);
            if (size > MAX_BYTES) {
                throw NetworkException.at(path, "it is " + size + " bytes long", "the limit is " + MAX_BYTES);
            }
            return NetworkReader.read(path, size);
        } catch (NoSuchFileException e) {
            throw NetworkException.at(path, "there is no such file", "give the path of an integer network");
        } catch (IOException e) {
            throw new NetworkException(path + ": the file cannot be read (" + e.getMessage() + "); check that it is "
                    + "readable", e);
        }
    }
}
