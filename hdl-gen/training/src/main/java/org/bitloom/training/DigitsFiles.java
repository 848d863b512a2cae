package org.bitloom.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.bitloom.network.NetworkException;

/**
 * Where the demo's network and its test pictures lie in a folder.
 *
 * @param model  QONNX, input 1 × 1 × 28 × 28 floats (pixel/255), output 1 × 10 logits
 * @param images IDX, count × 28 × 28 unsigned bytes, 0 = paper, 255 = ink
 * @param labels IDX, count unsigned bytes 0 … 9
 */
public record DigitsFiles(Path model, Path images, Path labels) {
    private static final String MODEL = "digits.onnx";
    private static final String IMAGES = "digits-images.idx";
    private static final String LABELS = "digits-labels.idx";

    /** The places in a folder; nothing is read or written. */
    public static DigitsFiles in(Path folder) {
        return new DigitsFiles(folder.resolve(MODEL), folder.resolve(IMAGES), folder.resolve(LABELS));
    }

    /**
     * Copies the committed network and pictures, which {@link DigitsTraining} reproduces, into a folder.
     *
     * @throws NetworkException when the folder cannot be written
     */
    public static DigitsFiles unpack(Path folder) {
        DigitsFiles files = in(folder);
        for (Path file : files.all()) {
            write(file, committed(file.getFileName().toString()));
        }
        return files;
    }

    /** Whether the three files are the committed ones, byte for byte. */
    public boolean equalCommitted() {
        for (Path file : all()) {
            try {
                if (!Files.isRegularFile(file) || !Arrays.equals(committed(file.getFileName().toString()),
                        Files.readAllBytes(file))) {
                    return false;
                }
            } catch (IOException e) {
                throw NetworkException.at(file, "cannot be read (" + e.getMessage() + ")", "check its permissions");
            }
        }
        return true;
    }

    private static byte[] committed(String name) {
        try (InputStream in = DigitsFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside DigitsFiles.class");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a whole file or none. */
    static void write(Path file, byte[] content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw NetworkException.at(file, "cannot be written (" + e.getMessage() + ")",
                    "choose a folder that can be written");
        }
    }

    private List<Path> all() {
        return List.of(model, images, labels);
    }
}
