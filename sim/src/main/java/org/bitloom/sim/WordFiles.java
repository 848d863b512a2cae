package org.bitloom.sim;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Words and numbers in the files that go to a testbench and come back from it. */
final class WordFiles {
    private static final int BUFFER = 1 << 16;

    private WordFiles() {}

    /** Limbs as they lie in memory, in the machine's byte order. */
    static void writeBinary(Path file, WordStream words) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
            for (long limb : words.limbs()) {
                if (!buffer.hasRemaining()) {
                    flush(channel, buffer);
                }
                buffer.putLong(limb);
            }
            flush(channel, buffer);
        }
    }

    private static void flush(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Fills the arrays, one after the other, from a file that holds exactly so many numbers. */
    static void readBinary(Path file, long[]... parts) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
            buffer.flip();
            for (long[] part : parts) {
                for (int i = 0; i < part.length; i++) {
                    if (buffer.remaining() < Long.BYTES && !refill(channel, buffer)) {
                        throw new IOException(file + " ends early");
                    }
                    part[i] = buffer.getLong();
                }
            }
            if (buffer.hasRemaining() || refill(channel, buffer)) {
                throw new IOException(file + " is too long");
            }
        }
    }

    private static boolean refill(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.compact();
        int read = 0;
        while (buffer.position() < Long.BYTES && read >= 0) {
            read = channel.read(buffer);
        }
        buffer.flip();
        return buffer.remaining() >= Long.BYTES;
    }

    /** One word a line, in hexadecimal, as {@code $fscanf("%h")} reads it. */
    static void writeHex(Path file, WordStream words) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            long[] word = new long[words.limbsPerWord()];
            for (int i = 0; i < words.count(); i++) {
                words.copyWord(i, word);
                writer.write(hex(word, words.bits()));
                writer.write('\n');
            }
        }
    }

    /** All digits of a word, the most significant first. */
    static String hex(long[] limbs, int bits) {
        StringBuilder digits = new StringBuilder();
        for (int i = limbs.length - 1; i >= 0; i--) {
            String limb = Long.toHexString(limbs[i]);
            digits.repeat('0', 16 - limb.length()).append(limb);
        }
        return digits.substring(digits.length() - (bits + 3) / 4);
    }

    /** The word of these digits, into {@code limbs} from {@code offset} on. */
    static void parseHex(String digits, long[] limbs, int offset) {
        for (int end = digits.length(), limb = offset; end > 0; end -= 16, limb++) {
            limbs[limb] = Long.parseUnsignedLong(digits, Math.max(end - 16, 0), end, 16);
        }
    }
}
