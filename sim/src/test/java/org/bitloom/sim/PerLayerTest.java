package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.accelerator.RandomNetworks;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;
import org.bitloom.network.integer.ThresholdTable;
import org.bitloom.network.integer.Weights;
import org.bitloom.network.integer.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer of a random network is compared, and equal, whoever simulates. */
class PerLayerTest {
    @TempDir
    Path folder;

    static IntStream seeds() {
        return IntStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyLayerEqualsTheGoldenModel(int seed) {
        RandomNetworks networks = new RandomNetworks(4200 + seed);
        RandomNetworks.Sample sample = seed % 3 == 0 ? networks.next() : networks.nextImage();
        GeneratedDesign design = GeneratedDesign.write(
                Accelerator.of(sample.network(), sample.foldings()), Family.XILINX7, folder.resolve("design"));
        double stall = seed % 3 * 0.35;
        PerLayerResult builtIn = run(new BuiltInBackend(design.hardware()), design, sample, stall);
        assertThat(builtIn.exact()).as(builtIn.layers().toString()).isTrue();
        for (LayerResult layer : builtIn.layers()) {
            if (layer.note() == null) {
                assertThat(layer.frames()).isEqualTo(sample.frames().size());
                assertThat(layer.values() + layer.absent())
                        .isEqualTo((long) layer.frames() * layer.shape().size());
            }
        }
        assertThat(builtIn.layers().getLast().values()).isPositive();
        assertThat(run(new IcarusBackend(), design, sample, stall).layers()).isEqualTo(builtIn.layers());
        if (seed % 4 == 0) {
            assertThat(run(new VerilatorBackend(), design, sample, stall).layers()).isEqualTo(builtIn.layers());
        }
    }

    /** 7x7x2 pixels, two convolutions to 3 channels, a dense layer; one weight of the second convolution may be turned. */
    private static IntegerNetwork network(boolean turned) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        Weights kernel = Weights.Binary.of(3, 18, (_, _) -> random.nextBoolean() ? 1 : -1);
        int[][] signs = new int[3][27];
        for (int[] row : signs) {
            Arrays.setAll(row, _ -> random.nextBoolean() ? 1 : -1);
        }
        signs[1][13] *= turned ? -1 : 1;
        ValueType bipolar = ValueType.bipolar();
        ThresholdTable zero = new ThresholdTable(new long[][] {{0}}, new boolean[] {false});
        Window three = new Window(3, 3, 1, 1, 1, 1);
        return new IntegerNetwork(
                "planted",
                Shape.of(7, 7, 2),
                ValueType.unsigned(4),
                List.of(
                        new Layer("conv0", new Operation.Convolution(kernel, three), IntegerNetwork.INPUT),
                        new Layer("act0", new Operation.Threshold(zero, bipolar), 0),
                        new Layer(
                                "conv1",
                                new Operation.Convolution(Weights.Binary.of(3, 27, (r, c) -> signs[r][c]), three), 1),
                        new Layer("act1", new Operation.Threshold(zero, bipolar), 2),
                        new Layer(
                                "fc", new Operation.Dense(Weights.Binary.of(4, 27, (r, c) -> (r + c) % 3 == 0 ? 1 : -1)), 3)),
                new Classifier(Classifier.Rule.FIRST_MAXIMUM, 4),
                OutputScale.NONE);
    }

    @Test
    void aTurnedBitInAMemoryFileIsFoundWhereItActs() throws IOException {
        List<Folding> foldings = List.of(new Folding(1, 2), new Folding(3, 3), new Folding(2, 3));
        GeneratedDesign design =
                GeneratedDesign.write(Accelerator.of(network(false), foldings), Family.XILINX7, folder.resolve("good"));
        GeneratedDesign bad =
                GeneratedDesign.write(Accelerator.of(network(true), foldings), Family.XILINX7, folder.resolve("bad"));
        List<String> changed = design.manifest().sha256().keySet().stream()
                .filter(name -> name.endsWith(".mem"))
                .filter(name -> !bytes(design, name).equals(bytes(bad, name)))
                .toList();
        assertThat(changed).hasSize(1);
        Files.copy(
                bad.rtl().resolve(changed.getFirst()),
                design.rtl().resolve(changed.getFirst()),
                StandardCopyOption.REPLACE_EXISTING);

        List<long[]> frames = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            frames.add(new Random(i).longs(98, 0, 16).toArray());
        }
        LayerResult.Mismatch expected = firstDifference(frames, 3);
        for (SimulatorBackend backend : List.of(new IcarusBackend(), new VerilatorBackend())) {
            PerLayerResult result = new DesignRun(design).runPerLayer(backend, frames, 0.3, 3, null, Progress.NONE);
            assertThat(result.exact()).isFalse();
            assertThat(result.layers().get(1).mismatches()).isZero();
            assertThat(result.layers().get(2).note()).contains("inside a unit");
            LayerResult first = result.firstDiffering().orElseThrow();
            assertThat(first.name()).isEqualTo("act1");
            LayerResult.Mismatch found = Objects.requireNonNull(first.first());
            assertThat(found.frame()).isEqualTo(expected.frame());
            assertThat(found.position()).isEqualTo(expected.position());
            assertThat(found.position()).element(2).isEqualTo(1);
            assertThat(found.expected()).isEqualTo(expected.expected());
            assertThat(found.actual()).isEqualTo(expected.actual());
            assertThat(found.cycle()).isPositive();
        }
    }

    private static String bytes(GeneratedDesign design, String name) {
        try {
            return Files.readString(design.rtl().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the golden models of the two networks differ in. */
    private static LayerResult.Mismatch firstDifference(List<long[]> frames, int layer) {
        for (int frame = 0; frame < frames.size(); frame++) {
            long[] good = new GoldenModel(network(false)).runWithTrace(frames.get(frame)).get(layer);
            long[] bad = new GoldenModel(network(true)).runWithTrace(frames.get(frame)).get(layer);
            int at = Arrays.mismatch(good, bad);
            if (at >= 0) {
                return new LayerResult.Mismatch(
                        frame, List.of(at / 9, at / 3 % 3, at % 3), 0, good[at], bad[at]);
            }
        }
        throw new AssertionError("the turned weight shows nowhere");
    }

    private static PerLayerResult run(
            SimulatorBackend backend, GeneratedDesign design, RandomNetworks.Sample sample, double stall) {
        return new DesignRun(design).runPerLayer(backend, sample.frames(), stall, 3, null, Progress.NONE);
    }
}
