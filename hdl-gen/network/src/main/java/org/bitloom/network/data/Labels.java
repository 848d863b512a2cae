package org.bitloom.network.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bitloom.network.NetworkException;

/** The expected class of each image, 0 or greater, in the order of the images. */
public final class Labels {
    private static final int MAX_CLASS = 1_000_000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");

    private final int[] classes;

    private Labels(Path path, long[] values) {
        classes = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] > MAX_CLASS) {
                throw NetworkException.at(path, "label " + i + " is " + values[i],
                        "a class is 0 to " + MAX_CLASS);
            }
            classes[i] = (int) values[i];
        }
        if (classes.length == 0) {
            throw NetworkException.at(path, "it is empty", "give a file with at least one label");
        }
    }

    public int count() {
        return classes.length;
    }

    /** The class of image 0 to count − 1. */
    public int at(int index) {
        return classes[Objects.checkIndex(index, classes.length)];
    }

    /**
     * Opens labels: IDX of bytes, {@code .npy} of integers, CIFAR-10 records, or text with one number a line. IDX, npy
     * and text may be gzipped.
     *
     * @throws NetworkException naming the file, what was found and what was expected
     */
    public static Labels open(Path path) {
        try (ByteSource source = ByteSource.open(path)) {
            return new Labels(path, switch (FileKind.of(source)) {
                case IDX -> IdxFile.labels(source);
                case NPY -> NpyFile.labels(source);
                case PNG -> throw NetworkException.at(path, "it is an image", "give the file of labels here");
                case RECORDS_OR_RAW -> CifarRecords.isNamedSo(source)
                        ? CifarRecords.read(source).labels() : text(source);
            });
        }
    }

    private static long[] text(ByteSource source) {
        List<String> lines = new String(source.rest(), StandardCharsets.ISO_8859_1).lines().map(String::strip).toList();
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isEmpty()) {
            end--;
        }
        long[] values = new long[end];
        for (int i = 0; i < end; i++) {
            if (!NUMBER.matcher(lines.get(i)).matches()) {
                throw NetworkException.at(source.path(), "line " + (i + 1) + " is not a class number",
                        "expected IDX, npy, CIFAR-10 records, or text with one number a line");
            }
            values[i] = Long.parseLong(lines.get(i));
        }
        return values;
    }
}
