package org.bitloom.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folders of compiled things under one root, each named by a hash of all that went into it. A folder appears whole, by
 * renaming, so two processes may build the same one at once: the first to finish wins.
 */
final class BuildCache {
    private static final int KEPT = 64;
    private static final int LOGS_KEPT = 100;
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;

    BuildCache(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The user's cache: BITLOOM_CACHE, else bitloom in XDG_CACHE_HOME, else in ~/.cache. */
    static BuildCache ofUser() {
        String own = System.getenv("BITLOOM_CACHE");
        if (own != null && !own.isEmpty()) {
            return new BuildCache(Path.of(own));
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && Path.of(xdg).isAbsolute()
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home"), ".cache");
        return new BuildCache(base.resolve("bitloom"));
    }

    /** Fills an empty folder. */
    interface Builder {
        void build(Path folder) throws IOException;
    }

    /**
     * The folder of this kind and key; built first when it does not exist. When {@code builder} throws, nothing stays.
     */
    Path folder(String kind, String key, Builder builder) {
        Path target = root.resolve(kind + "-" + key);
        try {
            if (!Files.isDirectory(target)) {
                Files.createDirectories(root);
                prune(kind);
                try (TemporaryFolder fresh = TemporaryFolder.in(root)) {
                    Path filled = Files.createDirectory(fresh.path().resolve("filled"));
                    builder.build(filled);
                    install(filled, target);
                }
            }
            Files.setLastModifiedTime(target, FileTime.from(Clock.systemUTC().instant()));
            return target;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A new file for a tool's log; it is deleted after a success and kept after a failure. */
    Path newLog(String tool) {
        try {
            Path logs = Files.createDirectories(root.resolve("logs"));
            keepNewest(Files.list(logs), LOGS_KEPT);
            return Files.createTempFile(logs, tool + "-", ".log");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private SimulationException unusable(IOException cause) {
        return new SimulationException("Cannot use the cache folder " + root + ": " + cause
                + ". Set BITLOOM_CACHE to a folder that can be written.");
    }

    private static void install(Path filled, Path target) throws IOException {
        try {
            Files.move(filled, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
            // Another process built the same at the same time.
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    /** Removes the folders of this kind that were not used for longest, and what broken-off builds left behind. */
    private void prune(String kind) throws IOException {
        Instant abandoned = Clock.systemUTC().instant().minus(ABANDONED);
        try (Stream<Path> entries = Files.list(root)) {
            entries.filter(TemporaryFolder::isOne)
                    .filter(entry -> lastModified(entry).isBefore(abandoned))
                    .forEach(TemporaryFolder::delete);
        }
        keepNewest(Files.list(root).filter(entry -> entry.getFileName().toString().startsWith(kind + "-")), KEPT - 1);
    }

    private static void keepNewest(Stream<Path> entries, int kept) {
        try (entries) {
            entries.sorted(Comparator.comparing(BuildCache::lastModified).reversed())
                    .skip(kept)
                    .forEach(TemporaryFolder::delete);
        }
    }

    private static Instant lastModified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException _) {
            return Instant.MAX;
        }
    }

    /** Hash of everything that goes into a folder. */
    static final class Key {
        private final MessageDigest digest;

        Key() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java has SHA-256", e);
            }
        }

        Key add(byte[] bytes) {
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
            return this;
        }

        Key add(@Nullable Object value) {
            return add(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
        }

        Key addFile(Path file) {
            try {
                return add(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String value() {
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        }
    }
}
