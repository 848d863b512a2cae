package org.bitloom.network.protobuf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.bitloom.network.NetworkException;

/** The bytes of a model's file, read only when it is a file and not too large. */
public final class ModelBytes {
    private ModelBytes() {
    }

    /**
     * All bytes of a file.
     *
     * @param kind what the file should be, with its article: {@code an ONNX file}
     * @throws NetworkException when it is not there, no regular file, larger than the limits allow, or unreadable
     */
    public static byte[] read(Path file, FileLimits limits, String kind) {
        try {
            if (!Files.isRegularFile(file)) {
                throw Files.exists(file) ? NetworkException.at(file, "is not a regular file", "give " + kind)
                        : NetworkException.at(file, "there is no such file", "check the path");
            }
            long size = Files.size(file);
            if (size > limits.fileBytes()) {
                throw NetworkException.at(file, "has " + size + " bytes",
                        "models of at most " + limits.fileBytes() + " bytes are read");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw NetworkException.at(file, "there is no such file", "check the path");
        } catch (IOException e) {
            throw NetworkException.at(file, "cannot be read (" + e.getMessage() + ")", "check its permissions");
        }
    }
}
