package org.bitloom.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is deleted with its contents when it is closed, or when this Java process ends. */
final class TemporaryFolder implements AutoCloseable {
    private static final String PREFIX = "bitloom-tmp-";

    private final Path path;
    private final Thread onExit;

    private TemporaryFolder(Path path) {
        this.path = path;
        this.onExit = new Thread(() -> delete(path));
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(PREFIX));
    }

    static TemporaryFolder in(Path parent) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(parent, PREFIX));
    }

    static boolean isOne(Path path) {
        return path.getFileName().toString().startsWith(PREFIX);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        delete(path);
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException _) {
            // The virtual machine is going down and runs the hook itself.
        }
    }

    /** Deletes as much as can be deleted. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException _) {
            // What cannot be deleted stays; the system cleans its folder of temporary files.
        }
    }
}
