package org.bitloom.network.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.bitloom.network.NetworkException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, gunzipped when it is gzipped, read from front to back. Never holds more than
 * {@link #MAX_BYTES}, whatever a header or a compressed file claims; memory grows only with bytes that are there.
 */
final class ByteSource implements AutoCloseable {
    static final int MAX_BYTES = 1 << 29;

    private final Path path;
    private final InputStream in;

    private ByteSource(Path path, InputStream in) {
        this.path = path;
        this.in = in;
    }

    static ByteSource open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw NetworkException.at(path, Files.exists(path) ? "it is not a file" : "there is no such file",
                    "give the path of a file of images or labels");
        }
        InputStream file = null;
        try {
            file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
            file.mark(2);
            boolean gzipped = file.read() == 0x1F && file.read() == 0x8B;
            file.reset();
            return new ByteSource(path, gzipped ? new BufferedInputStream(new GZIPInputStream(file, 1 << 16)) : file);
        } catch (IOException e) {
            close(file);
            throw unreadable(path, e);
        }
    }

    Path path() {
        return path;
    }

    /** Up to n bytes, which stay to be read. */
    byte[] peek(int n) {
        try {
            in.mark(n);
            byte[] bytes = in.readNBytes(n);
            in.reset();
            return bytes;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Exactly n bytes. */
    byte[] read(long n, String what) {
        if (n > MAX_BYTES) {
            throw NetworkException.at(path, "its header announces " + n + " bytes of " + what, "the limit is " + MAX_BYTES
                    + " bytes; split the file");
        }
        try {
            byte[] bytes = in.readNBytes((int) n);
            if (bytes.length < n) {
                throw NetworkException.at(path, "it ends after " + bytes.length + " of " + n + " bytes of " + what,
                        "the file is truncated or its header is wrong");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** All bytes that are left. */
    byte[] rest() {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            if (in.read() >= 0) {
                throw NetworkException.at(path, "it holds more than " + MAX_BYTES + " bytes", "split the file");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    void requireEnd() {
        try {
            if (in.read() >= 0) {
                throw NetworkException.at(path, "there are more bytes than its header announces",
                        "the file is damaged or of another kind");
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public void close() {
        close(in);
    }

    private static void close(@Nullable Closeable stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // Nothing was written: a failing close loses nothing.
        }
    }

    private static NetworkException unreadable(Path path, IOException e) {
        return new NetworkException(path + ": the file cannot be read (" + e.getMessage()
                + "); it is damaged, or not readable by you", e);
    }
}
