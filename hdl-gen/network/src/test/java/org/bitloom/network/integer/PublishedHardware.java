package org.bitloom.network.integer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A BNN-PYNQ network of random parameters: writes its folder, and computes what the published hardware would, value by
 * value as its sources say, with padded inputs, popcounts and comparisons "greater than". Knows nothing of the reader.
 */
final class PublishedHardware {
    private final boolean convolutional;
    private final int weightBits;
    private final int activationBits;
    private final int[][] folding;
    /** For each layer, for each neuron, its weights as numbers. */
    private final int[][][] weights;
    /** For each layer, for each neuron, its thresholds as stored. */
    private final long[][][] thresholds;

    PublishedHardware(long seed, boolean convolutional, int weightBits, int activationBits, int outputs,
            int[][] folding) {
        this.convolutional = convolutional;
        this.weightBits = weightBits;
        this.activationBits = activationBits;
        this.folding = folding;
        int[] rows = convolutional ? new int[] {64, 64, 128, 128, 256, 256, 512, 512, outputs}
                : new int[] {1024, 1024, 1024, outputs};
        int[] columns = convolutional ? new int[] {27, 576, 576, 1152, 1152, 2304, 256, 512, 512}
                : new int[] {832, 1024, 1024, 1024};
        Random random = new Random(seed);
        weights = new int[rows.length][][];
        thresholds = new long[rows.length][][];
        for (int layer = 0; layer < rows.length; layer++) {
            int width = columns[layer];
            weights[layer] = new int[rows[layer]][width];
            for (int[] row : weights[layer]) {
                Arrays.setAll(row, i -> weightBits == 1 ? random.nextInt(2) * 2 - 1 : random.nextInt(4) - 2);
            }
            boolean last = layer == rows.length - 1;
            int count = last ? (convolutional ? 0 : 1) : activationBits;
            thresholds[layer] = new long[rows[layer]][count];
            for (long[] row : thresholds[layer]) {
                int current = layer;
                Arrays.setAll(row, i -> threshold(random, current, width));
            }
        }
    }

    private long threshold(Random random, int layer, int width) {
        if (random.nextInt(16) == 0) {
            return random.nextBoolean() ? 32767 : -32768;
        }
        if (convolutional && layer == 0) {
            return random.nextInt(2001) - 1000;
        }
        return random.nextInt(41) - 20 + (weightBits == 1 && activationBits == 1 ? width / 2 : 0);
    }

    void write(Path folder) throws IOException {
        for (int layer = 0; layer < weights.length; layer++) {
            int pes = folding[layer][0];
            int simd = folding[layer][1];
            for (int pe = 0; pe < pes; pe++) {
                int rows = weights[layer].length;
                int columns = weights[layer][0].length;
                ByteBuffer words = buffer(rows / pes * (columns / simd));
                ByteBuffer limits = buffer(rows / pes * thresholds[layer][0].length);
                for (int neuron = pe; neuron < rows; neuron += pes) {
                    for (int column = 0; column < columns; column += simd) {
                        long word = 0;
                        for (int lane = simd - 1; lane >= 0; lane--) {
                            int weight = weights[layer][neuron][column + lane];
                            word = word << weightBits | (weightBits == 1 ? (weight + 1) / 2 : weight & 3);
                        }
                        words.putLong(word);
                    }
                    for (long threshold : thresholds[layer][neuron]) {
                        limits.putLong(threshold);
                    }
                }
                Files.write(folder.resolve(layer + "-" + pe + "-weights.bin"), words.array());
                if (limits.capacity() > 0) {
                    Files.write(folder.resolve(layer + "-" + pe + "-thres.bin"), limits.array());
                }
            }
        }
    }

    private static ByteBuffer buffer(int words) {
        return ByteBuffer.allocate(words * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The outputs: bits as −1 and +1 for lfc, sums (popcounts where all is one bit) for cnv. */
    long[] run(long[] pixels) {
        if (!convolutional) {
            int[] vector = new int[832];
            Arrays.setAll(vector, i -> i < 784 && pixels[i] / 127.5 - 1 >= 0 ? 1 : -1);
            for (int layer = 0; layer < 4; layer++) {
                vector = neurons(layer, vector);
            }
            return Arrays.stream(vector).asLongStream().toArray();
        }
        int[][][] image = new int[32][32][3];
        for (int i = 0; i < 3072; i++) {
            double fixed = Math.floor((pixels[i] / 255.0 * 2 - 1) * 128 + 0.5);
            image[i / 96][i / 3 % 32][i % 3] = (int) Math.max(-128, Math.min(127, fixed));
        }
        for (int layer = 0; layer < 6; layer++) {
            image = convolve(layer, image);
            if (layer == 1 || layer == 3) {
                image = pool(image);
            }
        }
        int[] vector = image[0][0];
        for (int layer = 6; layer < 9; layer++) {
            vector = neurons(layer, vector);
        }
        return Arrays.stream(vector).asLongStream().toArray();
    }

    private int[][][] convolve(int layer, int[][][] image) {
        int size = image.length - 2;
        int channels = image[0][0].length;
        int[][][] out = new int[size][size][];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int[] patch = new int[9 * channels];
                for (int i = 0; i < patch.length; i++) {
                    patch[i] = image[y + i / (3 * channels)][x + i / channels % 3][i % channels];
                }
                out[y][x] = neurons(layer, patch);
            }
        }
        return out;
    }

    private static int[][][] pool(int[][][] image) {
        int[][][] out = new int[image.length / 2][image.length / 2][image[0][0].length];
        for (int y = 0; y < out.length; y++) {
            for (int x = 0; x < out.length; x++) {
                for (int c = 0; c < out[0][0].length; c++) {
                    out[y][x][c] = Math.max(Math.max(image[2 * y][2 * x][c], image[2 * y][2 * x + 1][c]),
                            Math.max(image[2 * y + 1][2 * x][c], image[2 * y + 1][2 * x + 1][c]));
                }
            }
        }
        return out;
    }

    private int[] neurons(int layer, int[] inputs) {
        int[] out = new int[weights[layer].length];
        boolean fixedPoint = convolutional && layer == 0;
        boolean popcount = weightBits == 1 && activationBits == 1 && !fixedPoint;
        boolean last = layer == weights.length - 1;
        for (int neuron = 0; neuron < out.length; neuron++) {
            int accumulator = 0;
            for (int i = 0; i < inputs.length; i++) {
                int product = inputs[i] * weights[layer][neuron][i];
                accumulator += popcount ? (product + 1) / 2 : product;
            }
            int passed = 0;
            for (long threshold : thresholds[layer][neuron]) {
                passed += (fixedPoint ? 2 * accumulator : accumulator) > threshold ? 1 : 0;
            }
            boolean bit = activationBits == 1 || last;
            out[neuron] = last && convolutional ? accumulator : bit ? 2 * passed - 1 : passed - 1;
        }
        return out;
    }
}
