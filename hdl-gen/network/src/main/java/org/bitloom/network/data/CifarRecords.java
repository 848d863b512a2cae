package org.bitloom.network.data;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Objects;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;

/** CIFAR-10's binary version: records of a label byte and 3,072 pixels, 32 x 32, as planes of red, green and blue. */
final class CifarRecords {
    static final int RECORD = 3073;
    private static final Shape SHAPE = Shape.of(32, 32, 3);
    private static final int PLANE = 32 * 32;

    private final byte[] records;

    private CifarRecords(byte[] records) {
        this.records = records;
    }

    /** Whether a file for this shape of network holds such records, by its name and size. */
    static boolean fit(ByteSource source, Shape shape) {
        return shape.size() == SHAPE.size() && isNamedSo(source);
    }

    static boolean isNamedSo(ByteSource source) {
        try {
            return source.path().getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".bin")
                    && Files.size(source.path()) % RECORD == 0 && Files.size(source.path()) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    static CifarRecords read(ByteSource source) {
        byte[] records = source.rest();
        if (records.length == 0 || records.length % RECORD != 0) {
            throw NetworkException.at(source.path(), "its " + records.length + " bytes are not a multiple of " + RECORD,
                    "expected CIFAR-10 records of a label and 3,072 pixels");
        }
        return new CifarRecords(records);
    }

    Images images() {
        return new Images() {
            @Override
            public int count() {
                return records.length / RECORD;
            }

            @Override
            public Shape shape() {
                return SHAPE;
            }

            @Override
            public long[] image(int index) {
                int start = Objects.checkIndex(index, count()) * RECORD + 1;
                long[] values = new long[SHAPE.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = records[start + i % 3 * PLANE + i / 3] & 0xFF;
                }
                return values;
            }
        };
    }

    long[] labels() {
        long[] labels = new long[records.length / RECORD];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = records[i * RECORD] & 0xFF;
        }
        return labels;
    }
}
