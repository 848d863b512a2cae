package org.bitloom.network.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;

/** PNG files, decoded when they are asked for. */
record PngImages(List<Path> files, Shape shape) implements Images {
    private static final int MAX_FILES = 1 << 20;

    static Images ofFile(Path file, Shape shape) {
        return new PngImages(List.of(file), shape);
    }

    static Images ofFolder(Path folder, Shape shape) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.limit(MAX_FILES + 1L)
                    .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png"))
                    .sorted((a, b) -> NaturalOrder.compare(a.getFileName().toString(), b.getFileName().toString()))
                    .toList();
            if (files.isEmpty() || files.size() > MAX_FILES) {
                throw NetworkException.at(folder, "the folder holds " + files.size() + " PNG files",
                        "expected 1 to " + MAX_FILES);
            }
            return new PngImages(files, shape);
        } catch (IOException e) {
            throw NetworkException.at(folder, "the folder cannot be read", "check that it is readable");
        }
    }

    @Override
    public int count() {
        return files.size();
    }

    @Override
    public long[] image(int index) {
        return PngFile.read(files.get(index), shape);
    }
}
