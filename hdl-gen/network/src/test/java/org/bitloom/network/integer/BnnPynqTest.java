package org.bitloom.network.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.bitloom.network.NetworkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of random parameters in every published form and unusual foldings, against the published computation. */
class BnnPynqTest {
    private static final int[][] LFC = {{8, 52}, {4, 64}, {32, 16}, {5, 2}};
    private static final int[][] CNV = {{4, 9}, {2, 24}, {8, 32}, {16, 16}, {2, 18}, {4, 32}, {1, 16}, {8, 4}, {4, 2}};

    @Test
    void lfcW1A1(@TempDir Path folder) throws IOException {
        equalsHardware(new PublishedHardware(1, false, 1, 1, 20, LFC), folder, 20);
    }

    @Test
    void lfcW1A2(@TempDir Path folder) throws IOException {
        equalsHardware(new PublishedHardware(2, false, 1, 2, 15, LFC), folder, 13);
    }

    @Test
    void cnvW1A1ScoresArePopcounts(@TempDir Path folder) throws IOException {
        equalsHardware(new PublishedHardware(3, true, 1, 1, 12, CNV), folder, 11);
    }

    @Test
    void cnvW1A2(@TempDir Path folder) throws IOException {
        equalsHardware(new PublishedHardware(4, true, 1, 2, 64, CNV), folder, 10);
    }

    @Test
    void cnvW2A2(@TempDir Path folder) throws IOException {
        equalsHardware(new PublishedHardware(5, true, 2, 2, 64, CNV), folder, 10);
    }

    private static void equalsHardware(PublishedHardware hardware, Path folder, int classes) throws IOException {
        hardware.write(folder);
        Files.write(folder.resolve("classes.txt"), IntStream.range(0, classes).mapToObj(i -> "class " + i).toList());
        BnnPynq set = BnnPynq.read(folder);
        IntegerNetwork network = set.network();
        assertThat(set.foldings().stream().map(f -> new int[] {f.pe(), f.simd()}).toArray(int[][]::new))
                .isDeepEqualTo(set.foldings().size() == 4 ? LFC : CNV);
        assertThat(network.classifier().classes()).isEqualTo(classes);
        GoldenModel golden = new GoldenModel(network);
        Random random = new Random(classes);
        for (int image = 0; image < 3; image++) {
            long[] pixels = random.longs(network.inputShape().size(), 0, 256).toArray();
            long[] outputs = golden.run(pixels);
            long[] real = IntStream.range(0, outputs.length)
                    .mapToLong(i -> network.outputScale().real(outputs[i], i).floor().longValueExact()).toArray();
            assertThat(real).isEqualTo(Arrays.copyOf(hardware.run(pixels), classes));
        }
    }

    @Test
    void everyPixelBecomesTheFixedPointNumberOfTheBoard() {
        Operation.Threshold input = BnnPynqTopology.CNV.inputLayer();
        for (int pixel = 0; pixel < 256; pixel++) {
            double expected = Math.clamp(Math.floor((pixel / 255.0 * 2 - 1) * 128 + 0.5), -128, 127);
            assertThat(input.outputType().min() + input.table().level(0, pixel)).isEqualTo((long) expected);
        }
    }

    @Test
    void damagedSetsAreRefusedWithTheFileAndTheCause(@TempDir Path folder) throws IOException {
        refused(folder, ": there are weight files of 0 layers, but the known topologies are [lfc of 4 layers, "
                + "cnv of 9 layers]; use a complete parameter folder of");
        refused(folder.resolve("absent"), ": the folder cannot be read; check that it exists and is readable");
        PublishedHardware hardware = new PublishedHardware(6, false, 1, 1, 20, LFC);
        hardware.write(folder);

        Files.writeString(folder.resolve("classes.txt"), "a\n".repeat(21));
        refused(folder, ": there are 21 classes for 20 outputs");
        Files.delete(folder.resolve("classes.txt"));
        assertThat(BnnPynq.read(folder).network().classifier().classes()).isEqualTo(10);

        Path weights = folder.resolve("1-2-weights.bin");
        byte[] good = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(good, good.length - 1));
        refused(folder, "1-2-weights.bin: it is 32767 bytes long; expected a multiple of 8");
        Files.write(weights, Arrays.copyOf(good, good.length - 8));
        refused(folder, "1-2-weights.bin: it holds 4095 words, but that of element 0 holds 4096");
        Files.delete(weights);
        refused(folder, "1-2-weights.bin: the file is missing; all files of the set must be in this folder");
        Files.write(weights, good);

        Path thresholds = folder.resolve("2-31-thres.bin");
        byte[] limits = Files.readAllBytes(thresholds);
        Files.delete(thresholds);
        refused(folder, "2-31-thres.bin: the file cannot be read");
        Files.createDirectory(thresholds);
        refused(folder, "2-31-thres.bin");
        Files.delete(thresholds);
        Files.write(thresholds, limits);

        Path last = folder.resolve("3-0-weights.bin");
        byte[] lanes = Files.readAllBytes(last);
        lanes[1] = 1;
        Files.write(last, lanes);
        refused(folder, ": layer 3 of 20 x 1024 weights of 1 bit does not fit 5 memories of 2048 words with 9 bits in use");
        for (int pe = 0; pe < 5; pe++) {
            Files.delete(folder.resolve("3-" + pe + "-weights.bin"));
        }
        refused(folder, ": there are weight files of 3 layers");
        Files.write(folder.resolve("4-0-weights.bin"), good);
        refused(folder, "3-0-weights.bin: the file is missing");
    }

    @Test
    void aFolderNamedAfterAnotherSetIsRefused(@TempDir Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("lfcW1A2"));
        new PublishedHardware(7, false, 1, 1, 20, LFC).write(folder);
        refused(folder, ": the folder is named lfcW1A2, but its files are those of lfcW1A1");
    }

    private static void refused(Path folder, String message) {
        assertThatThrownBy(() -> BnnPynq.read(folder)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith(folder.toString()).hasMessageContaining(message).message().hasLineCount(1);
    }
}
