package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random quantized networks of convolutions, pools and branches: folded and exact evaluation agree in every score. */
class ExactImageFoldingTest {
    private static final MathContext DIGITS = new MathContext(200);

    @Test
    void randomImageNetworksGiveTheExactOutput() {
        check(0, 150);
    }

    @Test
    @Tag("slow")
    void manyRandomImageNetworksGiveTheExactOutput() {
        check(10_000, 3_000);
    }

    private static void check(int first, int count) {
        for (int seed = first; seed < first + count; seed++) {
            RandomImageModels models = new RandomImageModels(seed);
            Model model = ExactFoldingTest.imported(models.model());
            IntegerNetwork network;
            try {
                network = NetworkFolder.fold(model, InputEncoding.PIXELS);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            Random random = new Random(seed);
            for (int trial = 0; trial < 3; trial++) {
                long[] pixels = random.longs(network.inputShape().size(), 0, 256).toArray();
                BigDecimal[] reals = models.channelsLast() ? reals(pixels) : channelsFirst(pixels, model.inputShape());
                ExactFoldingTest.compare(network, new GoldenModel(network).run(pixels),
                        new ExactModel(model).run(reals), "seed " + seed);
            }
        }
    }

    /** Any window, cut by the border or by rounding up, padding counted or not. */
    @Test
    void meansOverCutWindowsAreExact() {
        Map<String, Integer> layers = new TreeMap<>();
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Model model;
            try {
                model = ExactFoldingTest.imported(pooled(random));
            } catch (NetworkException e) {
                assertThat(e).as("seed " + seed).hasMessageContaining("padding as a whole");
                continue;
            }
            IntegerNetwork network = NetworkFolder.fold(model, InputEncoding.PIXELS);
            network.layers().forEach(layer -> layers.merge(layer.operation().getClass().getSimpleName(), 1, Integer::sum));
            long[] pixels = random.longs(network.inputShape().size(), 0, 256).toArray();
            ExactFoldingTest.compare(network, new GoldenModel(network).run(pixels),
                    new ExactModel(model).run(reals(pixels)), "seed " + seed);
        }
        assertThat(layers.get("PositionScale")).isGreaterThan(50);
        assertThat(layers.get("Requantize")).isGreaterThan(50);
    }

    private static OnnxGraphBuilder pooled(Random random) {
        int kernel = 2 + random.nextInt(2);
        int stride = 1 + random.nextInt(kernel);
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        int height = 3 + random.nextInt(6);
        int width = 3 + random.nextInt(6);
        int[] pads = random.ints(4, 0, 2).toArray();
        boolean ceiling = random.nextBoolean();
        String x = graph.node("AveragePool", List.of(graph.input("x", 1, 1, height, width)),
                RandomImageModels.ints("kernel_shape", kernel, kernel), RandomImageModels.ints("strides", stride, stride),
                RandomImageModels.ints("pads", pads[0], pads[1], pads[2], pads[3]),
                OnnxAttribute.of("ceil_mode", ceiling ? 1 : 0),
                OnnxAttribute.of("count_include_pad", random.nextInt(2)));
        float scale = random.nextBoolean() ? 1 / 64f : (1 + random.nextInt(9)) / 255f;
        x = graph.node(OnnxGraphBuilder.QONNX, "Quant", List.of(x, graph.scalar(scale), graph.scalar(0),
                graph.scalar(4 + random.nextInt(5))), OnnxAttribute.of("signed", 0));
        int rows = positions(height + pads[0] + pads[2], kernel, stride, ceiling, height + pads[0]);
        int columns = positions(width + pads[1] + pads[3], kernel, stride, ceiling, width + pads[1]);
        return graph.output(graph.node("Flatten", List.of(x)), 1, (long) rows * columns);
    }

    /** A position must begin in the data or the padding before it. */
    private static int positions(int length, int kernel, int stride, boolean ceiling, int starts) {
        int positions = (ceiling ? Math.ceilDiv(length - kernel, stride) : (length - kernel) / stride) + 1;
        return (positions - 1) * stride >= starts ? positions - 1 : positions;
    }

    @Test
    void aMeanImageIsAnOffsetOfEachElement() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        Random random = new Random(5);
        String x = graph.input("x", 1, 1, 4, 5);
        float[] mean = new float[20];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = random.nextInt(2550) / 10f + 0.01f;
        }
        x = graph.node("Sub", List.of(x, graph.floats(List.of(1, 1, 4, 5), mean)));
        x = graph.node(OnnxGraphBuilder.QONNX, "Quant", List.of(x, graph.scalar(1), graph.scalar(0), graph.scalar(9)));
        x = graph.node("Conv", List.of(x, graph.floats(List.of(1, 1, 3, 3), 1, -2, 3, 4, 5, -6, 7, 8, 9)),
                RandomImageModels.ints("pads", 1, 1, 1, 1));
        Model model = ExactFoldingTest.imported(graph.output(graph.node("Flatten", List.of(x)), 1, 20));
        IntegerNetwork network = NetworkFolder.fold(model, InputEncoding.integers(ValueType.unsigned(8)));
        assertThat(network.layers().getFirst().operation()).isInstanceOf(Operation.Offset.class);
        assertThat(network.layers()).hasSize(2);
        for (int trial = 0; trial < 20; trial++) {
            long[] pixels = random.longs(20, 0, 256).toArray();
            BigDecimal[] reals = Arrays.stream(pixels).mapToObj(BigDecimal::valueOf).toArray(BigDecimal[]::new);
            ExactFoldingTest.compare(network, new GoldenModel(network).run(pixels), new ExactModel(model).run(reals),
                    "trial " + trial);
        }
    }

    /** Channel-last pixels as the model's reals, 0 to 1 in [1, channel, row, column]. */
    static BigDecimal[] channelsFirst(long[] pixels, Dimensions shape) {
        BigDecimal[] last = reals(pixels);
        BigDecimal[] first = new BigDecimal[pixels.length];
        int positions = shape.at(2) * shape.at(3);
        for (int i = 0; i < first.length; i++) {
            first[i] = last[i % positions * shape.at(1) + i / positions];
        }
        return first;
    }

    private static BigDecimal[] reals(long[] pixels) {
        return Arrays.stream(pixels).mapToObj(p -> BigDecimal.valueOf(p).divide(BigDecimal.valueOf(255), DIGITS))
                .toArray(BigDecimal[]::new);
    }
}
