package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.SharedData;
import org.bitloom.network.integer.BnnPynq;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.NetworkAsQonnx;
import org.bitloom.network.integer.RandomNetworks;
import org.bitloom.network.onnx.OnnxImporter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Integer networks of every operation, written as QONNX and folded again, compute what they computed before. */
class ReturnTest {
    @Test
    void randomNetworksComeBack() {
        check(0, 400);
    }

    @Test
    @Tag("slow")
    void manyRandomNetworksComeBack() {
        check(10_000, 20_000);
    }

    private static void check(int first, int count) {
        int folded = 0;
        int comparable = 0;
        for (int seed = first; seed < first + count; seed++) {
            RandomNetworks random = RandomNetworks.ofThresholds(seed);
            IntegerNetwork network = random.network();
            if (!isExactInFloat32(network)) {
                continue;
            }
            comparable++;
            IntegerNetwork back;
            try {
                back = folded(network);
            } catch (NetworkException e) {
                // A threshold that never reaches a level leaves a narrower type, which may miss a padding value; rows
                // of weights with a common factor leave a larger step; ONNX has no maximum of nothing but padding.
                assertThat(e.getMessage()).as("seed " + seed).containsAnyOf("its input (", "no layer that computes",
                        "which takes too many thresholds", "joins integers of different types",
                        "lies in the padding as a whole", "there are different integers in different channels",
                        "scales that differ within one sum", "adds numbers of different quantization steps");
                continue;
            }
            folded++;
            for (int trial = 0; trial < 3; trial++) {
                long[] input = random.input(network.typeOf(IntegerNetwork.INPUT));
                long[] expected = new GoldenModel(network).run(input);
                long[] found = new GoldenModel(back).run(input);
                if (network.classifier().rule() == Classifier.Rule.INDEX) {
                    assertThat(back.classifier().classOf(found, back.outputScale())).as("seed " + seed)
                            .isEqualTo((int) expected[0]);
                } else {
                    assertThat(reals(back, found)).as("seed " + seed).isEqualTo(reals(expected));
                }
            }
        }
        assertThat(comparable).isGreaterThan(count * 9 / 10);
        assertThat(folded).isGreaterThan(comparable * 8 / 10);
    }

    /** The thresholds of an ONNX file are float32, so that larger sums cannot be compared exactly. */
    private static boolean isExactInFloat32(IntegerNetwork network) {
        return IntStream.range(0, network.layers().size()).allMatch(i -> network.typeOf(i).type().bits() <= 24);
    }

    private static IntegerNetwork folded(IntegerNetwork network) {
        return NetworkFolder.fold(OnnxImporter.of(NetworkAsQonnx.of(network), "network.onnx"),
                InputEncoding.integers(network.inputType()));
    }

    private static Rational[] reals(IntegerNetwork network, long[] outputs) {
        Rational[] reals = new Rational[outputs.length];
        Arrays.setAll(reals, i -> network.outputScale().real(outputs[i], i));
        return reals;
    }

    private static Rational[] reals(long[] outputs) {
        return Arrays.stream(outputs).mapToObj(Rational::of).toArray(Rational[]::new);
    }

    /** The scores that a board printed, from the same network after a detour through QONNX. */
    @Test
    void cnvComesBackLayerByLayer() throws IOException {
        Optional<Path> set = SharedData.find("bnn-pynq/cifar10/cnvW1A1");
        Optional<Path> car = SharedData.find("bnn-pynq/inputs/car.rgb");
        if (set.isEmpty() || car.isEmpty()) {
            return;
        }
        IntegerNetwork network = BnnPynq.read(set.get()).network();
        IntegerNetwork back = folded(network);
        assertThat(back.layers()).hasSameSizeAs(network.layers());
        for (int i = 0; i < back.layers().size(); i++) {
            assertThat(back.typeOf(i)).isEqualTo(network.typeOf(i));
        }
        assertThat(back.classifier().rule()).isEqualTo(Classifier.Rule.FIRST_MAXIMUM);
        byte[] bytes = Files.readAllBytes(car.get());
        long[] pixels = new long[network.inputShape().size()];
        Arrays.setAll(pixels, i -> bytes[i] & 0xFF);
        assertThat(new GoldenModel(back).runWithTrace(pixels)).usingRecursiveComparison()
                .isEqualTo(new GoldenModel(network).runWithTrace(pixels));
    }
}
