package org.bitloom.network.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.bitloom.network.NetworkException;

/**
 * The chunks of a PNG (ISO 15948, section 5): length, type, content, CRC. The platform's decoder fills a truncated
 * image with zeros and does not look at the CRCs, so a damaged file is found here.
 */
final class PngChunks {
    private static final int SIGNATURE_BYTES = 8;
    private static final int IEND = 0x49454E44;

    private PngChunks() { }

    /** Refuses a file whose chunks are damaged or do not end with IEND. */
    static void requireWhole(Path path, byte[] png) {
        ByteBuffer chunks = ByteBuffer.wrap(png);
        CRC32 crc = new CRC32();
        try {
            chunks.position(Math.min(SIGNATURE_BYTES, png.length));
            int type;
            do {
                int length = chunks.getInt();
                if (length < 0 || length > chunks.remaining() - 2 * Integer.BYTES) {
                    throw new BufferUnderflowException();
                }
                crc.reset();
                crc.update(png, chunks.position(), Integer.BYTES + length);
                type = chunks.getInt();
                chunks.position(chunks.position() + length);
                if (chunks.getInt() != (int) crc.getValue()) {
                    throw NetworkException.at(path, "the checksum of a PNG chunk is wrong", "the file is damaged");
                }
            } while (type != IEND);
        } catch (BufferUnderflowException e) {
            throw new NetworkException(path + ": it is not a whole PNG image; the file is truncated or of another kind", e);
        }
    }
}
