package org.bitloom.network.integer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;

/**
 * One layer's memories as stored: for each processing element its weight words, and its thresholds (none for a layer
 * whose sums are the output). All elements of a layer have as many of both.
 */
record BnnPynqMemories(Path folder, int layer, long[][] weights, long[][] thresholds) {
    private static final Pattern WEIGHTS = Pattern.compile("(\\d{1,4})-(\\d{1,4})-weights\\.bin");
    private static final long MAX_FILE_BYTES = 1 << 26;

    /** All layers of a folder; there must be weights of layers 0 to n − 1, of elements 0 to m − 1 each. */
    static List<BnnPynqMemories> readAll(Path folder) {
        TreeMap<Integer, TreeSet<Integer>> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> WEIGHTS.matcher(file.getFileName().toString())).filter(Matcher::matches)
                    .forEach(name -> found.computeIfAbsent(Integer.valueOf(name.group(1)), layer -> new TreeSet<>())
                            .add(Integer.valueOf(name.group(2))));
        } catch (IOException | UncheckedIOException e) {
            throw NetworkException.at(folder, "the folder cannot be read", "check that it exists and is readable");
        }
        List<BnnPynqMemories> layers = new ArrayList<>();
        for (int layer = 0; layer < found.size(); layer++) {
            TreeSet<Integer> elements = found.getOrDefault(layer, new TreeSet<>());
            for (int pe = 0; pe < Math.max(1, elements.size()); pe++) {
                if (!elements.contains(pe)) {
                    throw NetworkException.at(folder.resolve(layer + "-" + pe + "-weights.bin"), "the file is missing",
                            "all files of the set must be in this folder");
                }
            }
            layers.add(read(folder, layer, elements.size()));
        }
        return layers;
    }

    private static BnnPynqMemories read(Path folder, int layer, int elements) {
        return new BnnPynqMemories(folder, layer, readAll(folder, layer, elements, "weights"),
                Files.exists(folder.resolve(layer + "-0-thres.bin"))
                        ? readAll(folder, layer, elements, "thres") : new long[0][]);
    }

    private static long[][] readAll(Path folder, int layer, int elements, String kind) {
        long[][] memories = new long[elements][];
        for (int pe = 0; pe < elements; pe++) {
            Path file = folder.resolve(layer + "-" + pe + "-" + kind + ".bin");
            memories[pe] = words(file);
            if (memories[pe].length != memories[0].length) {
                throw NetworkException.at(file, "it holds " + memories[pe].length + " words, but that of element 0 holds "
                        + memories[0].length, "the set is damaged; copy it again");
            }
        }
        return memories;
    }

    private static long[] words(Path file) {
        try {
            long size = Files.size(file);
            if (size == 0 || size % Long.BYTES != 0 || size > MAX_FILE_BYTES) {
                throw NetworkException.at(file, "it is " + size + " bytes long; expected a multiple of 8, at least 8 and "
                        + "at most " + MAX_FILE_BYTES, "the set is damaged; copy it again");
            }
            long[] words = new long[(int) (size / Long.BYTES)];
            ByteBuffer.wrap(Files.readAllBytes(file), 0, (int) size).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer()
                    .get(words);
            return words;
        } catch (IOException | IndexOutOfBoundsException e) {
            throw NetworkException.at(file, "the file cannot be read", "check that it exists and is readable");
        }
    }

    int elements() {
        return weights.length;
    }

    /** Words of weights an element. */
    int depth() {
        return weights[0].length;
    }

    /** Thresholds of the layer, of all elements. */
    int thresholdCount() {
        return thresholds.length == 0 ? 0 : elements() * thresholds[0].length;
    }

    /** How many low bits of the weight words are in use. */
    int usedBits() {
        long used = 0;
        for (long[] memory : weights) {
            for (long word : memory) {
                used |= word;
            }
        }
        return Long.SIZE - Long.numberOfLeadingZeros(used);
    }
}
