package org.bitloom.cli.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.network.ValueType;

/** One random input of a network as a {@code .npy} file (numpy's format 1.0). */
public final class RandomImage {
    private static final int HEADER_BYTES = 128;

    private RandomImage() {}

    public static void write(Path file, int values, ValueType type) throws IOException {
        String header = "{'descr': '<i8', 'fortran_order': False, 'shape': (1, " + values + "), }";
        header += " ".repeat(HEADER_BYTES - 11 - header.length()) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + 8 * values).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
        bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        for (int i = 0; i < values; i++) {
            bytes.putLong(type.min() + type.step() * random.nextLong(type.levels()));
        }
        Files.write(file, bytes.array());
    }
}
