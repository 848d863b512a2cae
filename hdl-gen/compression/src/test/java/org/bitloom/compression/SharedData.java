package org.bitloom.compression;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of real models and data that is kept beside the repository: {@code BITLOOM_DATA}, or
 * {@code ../shared/data} seen from the repository's root. A test that needs it says so when it is absent.
 */
final class SharedData {
    private SharedData() { }

    /** A file or folder of the data, or empty (and a line on standard output) when it is not there. */
    static Optional<Path> find(String relative) {
        Path found = root().resolve(relative);
        if (Files.exists(found)) {
            return Optional.of(found);
        }
        System.out.println("NOT CHECKED: " + relative + " is absent; set BITLOOM_DATA to the folder of shared data");
        return Optional.empty();
    }

    private static Path root() {
        String set = System.getenv("BITLOOM_DATA");
        if (set != null) {
            return Path.of(set);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve(".git"))) {
            folder = folder.getParent();
        }
        return folder.resolveSibling("shared").resolve("data");
    }
}
