package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.model.Model;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxImporter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Folded networks against exact decimal evaluation of the model: random chains, and every integer that can come. */
class ExactFoldingTest {
    private static final String QONNX = OnnxGraphBuilder.QONNX;
    private static final MathContext DIGITS = new MathContext(60);
    private static final String[] ROUNDINGS = {"ROUND", "CEIL", "FLOOR", "UP", "DOWN", "HALF_UP", "HALF_DOWN"};

    /** Whatever stands between an accumulator and its quantizer, for every accumulator of 9 bits. */
    @Test
    void thresholdsGiveTheExactLevelOfEveryAccumulator() {
        checkChains(0, 40, ValueType.signed(9));
    }

    @Test
    @Tag("slow")
    void thresholdsGiveTheExactLevelOfEveryAccumulatorOfMoreBits() {
        checkChains(10_000, 400, ValueType.signed(11));
    }

    private static void checkChains(int first, int count, ValueType type) {
        for (int seed = first; seed < first + count; seed++) {
            Random random = new Random(seed);
            int channels = 1 + random.nextInt(5);
            OnnxGraphBuilder graph = new OnnxGraphBuilder();
            String x = graph.input("x", 1, channels);
            int steps = random.nextInt(4);
            boolean normalized = false;
            boolean clipped = false;
            for (int step = 0; step < steps; step++) {
                int kind = random.nextInt(6);
                if (kind == 0 && !normalized && !clipped) {
                    x = normalization(graph, random, x, channels);
                    normalized = true;
                } else if (kind == 1) {
                    x = graph.node("Relu", List.of(x));
                    clipped = true;
                } else if (kind == 2) {
                    x = graph.node("Clip", List.of(x, graph.scalar(-random.nextInt(40)),
                            graph.scalar(random.nextInt(40))));
                    clipped = true;
                } else {
                    x = line(graph, random, x, channels);
                }
            }
            x = quantizer(graph, random, x, channels);
            checkEveryInput(graph.output(x, 1, channels), channels, type, "seed " + seed);
        }
    }

    /** Many levels of a line are a product and a shift, exact on every accumulator; upward rounding takes the smallest. */
    @Test
    void manyLevelsOfALineAreRequantizedExactly() {
        int requantized = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int channels = 1 + random.nextInt(4);
            OnnxGraphBuilder graph = new OnnxGraphBuilder();
            String x = graph.input("x", 1, channels);
            x = seed % 3 == 0 ? normalization(graph, random, x, channels) : line(graph, random, x, channels);
            x = random.nextBoolean() ? graph.node("Relu", List.of(x)) : x;
            float scale = seed % 2 == 0 ? 0.125f : 0.05f + random.nextFloat() / 4;
            x = graph.node(QONNX, "Quant", List.of(x, graph.scalar(scale), graph.scalar(0),
                    graph.scalar(5 + random.nextInt(4))), OnnxAttribute.of("signed", random.nextInt(2)),
                    OnnxAttribute.of("rounding_mode", ROUNDINGS[random.nextInt(ROUNDINGS.length)]));
            graph.output(x, 1, channels);
            checkEveryInput(graph, channels, ValueType.signed(9), "seed " + seed);
            requantized += NetworkFolder.fold(imported(graph), integers(9)).layers().getFirst().operation()
                    instanceof Operation.Requantize ? 1 : 0;
        }
        assertThat(requantized).isGreaterThan(40);
    }

    @Test
    void aScaleOfAPowerOfTwoIsAShift() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.node("Add", List.of(graph.input("x", 1, 2), graph.floats(List.of(2), 5, -3)));
        x = graph.node(QONNX, "Quant", List.of(x, graph.scalar(8), graph.scalar(0), graph.scalar(6)),
                OnnxAttribute.of("rounding_mode", "FLOOR"));
        IntegerNetwork network = NetworkFolder.fold(imported(graph.output(x, 1, 2)), integers(12));
        assertThat(network.layers().getFirst().operation()).isEqualTo(
                new Operation.Requantize(List.of(1L), List.of(5L, -3L), 3, ValueType.signed(6)));
    }

    /** Ties everywhere: scales and offsets are multiples of a quarter, so that boundaries are hit exactly. */
    @Test
    void tiesAreRoundedAsTheModeSays() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            OnnxGraphBuilder graph = new OnnxGraphBuilder();
            String x = graph.input("x", 1, 3);
            float slope = (random.nextInt(9) - 4) / 4f;
            x = graph.node("Mul", List.of(x, graph.floats(List.of(3), slope, -0.25f, 0.5f)));
            x = graph.node("Add", List.of(x, graph.floats(List.of(3), random.nextInt(8) / 4f, 0.5f, 0)));
            x = quant(graph, random, x, graph.scalar(0.5f), random.nextInt(2), 2 + random.nextInt(4));
            checkEveryInput(graph.output(x, 1, 3), 3, ValueType.signed(7), "seed " + seed);
        }
    }

    /** A batch-norm whose root is rational, so that thresholds are met exactly, with negative and zero gamma. */
    @Test
    void batchNormalizationWithARationalRootMeetsItsThresholdExactly() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", 1, 4);
        x = graph.node("BatchNormalization", List.of(x, graph.floats(List.of(4), 1, -1, 0, -0f),
                graph.floats(List.of(4), -2, 2, 0, -1), graph.floats(List.of(4), 4, 4, 1, 2),
                graph.floats(List.of(4), 4, 4, 4, 4)), OnnxAttribute.of("epsilon", 0f));
        x = graph.node(QONNX, "BipolarQuant", List.of(x, graph.scalar(1)));
        IntegerNetwork network = NetworkFolder.fold(imported(graph.output(x, 1, 4)), integers(8));
        Operation.Threshold threshold = (Operation.Threshold) network.layers().getFirst().operation();
        // (x − 4) / 2 − 2 >= 0 from 8 on; −(x − 4) / 2 + 2 >= 0 up to 8; 0 >= 0 always; −1 >= 0 never.
        assertThat(threshold.table().at(0, 0)).isEqualTo(8);
        assertThat(threshold.table().descending(0)).isFalse();
        assertThat(threshold.table().at(1, 0)).isEqualTo(8);
        assertThat(threshold.table().descending(1)).isTrue();
        assertThat(threshold.table().at(2, 0)).isEqualTo(-128);
        assertThat(threshold.table().at(3, 0)).isEqualTo(128);
        checkEveryInput(graph, 4, ValueType.signed(8), "rational root");
    }

    /** Whole networks on random inputs: every layer's scales, zero points and offsets meet in the next one. */
    @Test
    void randomQuantizedNetworksGiveTheExactOutput() {
        checkNetworks(0, 60);
    }

    @Test
    @Tag("slow")
    void manyRandomQuantizedNetworksGiveTheExactOutput() {
        checkNetworks(10_000, 1_000);
    }

    private static void checkNetworks(int first, int count) {
        for (int seed = first; seed < first + count; seed++) {
            Random random = new Random(seed);
            int inputs = 1 + random.nextInt(12);
            OnnxGraphBuilder graph = new OnnxGraphBuilder();
            String x = graph.input("x", 1, inputs);
            if (random.nextBoolean()) {
                x = line(graph, random, x, inputs);
                x = quantizer(graph, random, x, 1);
            }
            int layers = 1 + random.nextInt(3);
            int width = inputs;
            for (int layer = 0; layer < layers; layer++) {
                int outputs = 1 + random.nextInt(8);
                x = product(graph, random, x, width, outputs);
                width = outputs;
                if (layer < layers - 1) {
                    x = random.nextBoolean() ? normalization(graph, random, x, width)
                            : line(graph, random, x, width);
                    x = random.nextInt(3) == 0 ? graph.node("Relu", List.of(x)) : x;
                    x = quantizer(graph, random, x, 1);
                } else if (random.nextBoolean()) {
                    x = line(graph, random, x, width);
                }
            }
            Model model = imported(graph.output(x, 1, width));
            IntegerNetwork network = NetworkFolder.fold(model, InputEncoding.PIXELS);
            GoldenModel golden = new GoldenModel(network);
            ExactModel exact = new ExactModel(model);
            for (int trial = 0; trial < 30; trial++) {
                long[] pixels = random.longs(inputs, 0, 256).toArray();
                BigDecimal[] reals = Arrays.stream(pixels)
                        .mapToObj(p -> BigDecimal.valueOf(p).divide(BigDecimal.valueOf(255), new MathContext(200)))
                        .toArray(BigDecimal[]::new);
                compare(network, golden.run(pixels), exact.run(reals), "seed " + seed);
            }
        }
    }

    /** NCHW data meets channel-last integers: per-channel quantizers, a flatten, then a product. */
    @Test
    void imagesAreReadChannelLast() {
        Random random = new Random(7);
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", 1, 3, 2, 4);
        x = graph.node("Mul", List.of(x, graph.floats(List.of(1, 3, 1, 1), 1, -2, 0.5f)));
        x = graph.node("Add", List.of(x, graph.floats(List.of(3, 1, 1), 0.1f, 1.1f, -0.2f)));
        x = graph.node(QONNX, "Quant", List.of(x, graph.floats(List.of(1, 1, 1, 1), 0.25f), graph.scalar(0),
                graph.scalar(3)));
        x = graph.node("Flatten", List.of(x));
        x = product(graph, random, x, 24, 5);
        Model model = imported(graph.output(x, 1, 5));
        IntegerNetwork network = NetworkFolder.fold(model, InputEncoding.PIXELS);
        assertThat(network.inputShape()).hasToString("2x4x3");
        GoldenModel golden = new GoldenModel(network);
        for (int trial = 0; trial < 50; trial++) {
            long[] pixels = random.longs(24, 0, 256).toArray();
            BigDecimal[] reals = new BigDecimal[24];
            for (int i = 0; i < 24; i++) {
                int channel = i / 8;
                int position = i % 8;
                reals[i] = BigDecimal.valueOf(pixels[position * 3 + channel])
                        .divide(BigDecimal.valueOf(255), new MathContext(200));
            }
            compare(network, golden.run(pixels), new ExactModel(model).run(reals), "trial " + trial);
        }
    }

    private static void checkEveryInput(OnnxGraphBuilder graph, int channels, ValueType type, String label) {
        Model model = imported(graph);
        IntegerNetwork network;
        InputEncoding encoding = new InputEncoding(type, Rational.ONE, Rational.ZERO);
        network = NetworkFolder.fold(model, encoding);
        GoldenModel golden = new GoldenModel(network);
        ExactModel exact = new ExactModel(model);
        for (long value = type.min(); value <= type.max(); value++) {
            long[] input = new long[channels];
            Arrays.fill(input, value);
            BigDecimal[] reals = new BigDecimal[channels];
            Arrays.fill(reals, BigDecimal.valueOf(value));
            compare(network, golden.run(input), exact.run(reals), label + ", input " + value);
        }
    }

    static void compare(IntegerNetwork network, long[] integers, BigDecimal[] reals, String label) {
        assertThat(integers).as(label).hasSameSizeAs(reals);
        for (int i = 0; i < integers.length; i++) {
            Rational real = network.outputScale().real(integers[i], i);
            BigDecimal decimal = new BigDecimal(real.numerator()).divide(new BigDecimal(real.denominator()),
                    new MathContext(100));
            assertThat(decimal.subtract(reals[i]).abs()).as("%s, output %s: %s and %s", label, i,
                    decimal.round(DIGITS), reals[i].round(DIGITS)).isLessThan(new BigDecimal("1e-50"));
        }
    }

    static Model imported(OnnxGraphBuilder graph) {
        return OnnxImporter.of(graph.model("test", 17), "test.onnx");
    }

    private static InputEncoding integers(int bits) {
        return InputEncoding.integers(ValueType.signed(bits));
    }

    /** A scale and an offset, the same for all or one a channel. */
    private static String line(OnnxGraphBuilder graph, Random random, String x, int channels) {
        String scale = parameter(graph, random, channels, 1);
        String offset = parameter(graph, random, channels, 20);
        return switch (random.nextInt(5)) {
            case 0 -> graph.node("Mul", List.of(x, scale));
            case 1 -> graph.node("Add", List.of(offset, x));
            case 2 -> graph.node("Sub", List.of(offset, graph.node("Mul", List.of(scale, x))));
            case 3 -> graph.node("Sub", List.of(graph.node("Neg", List.of(x)), offset));
            default -> graph.node("Add", List.of(graph.node("Div", List.of(x, graph.scalar(
                    0.3f + random.nextFloat()))), offset));
        };
    }

    private static String parameter(OnnxGraphBuilder graph, Random random, int channels, float size) {
        float[] values = new float[random.nextBoolean() ? channels : 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(8) == 0 ? 0 : size * (float) random.nextGaussian();
        }
        return graph.floats(List.of(1, values.length), values);
    }

    private static String normalization(OnnxGraphBuilder graph, Random random, String x, int channels) {
        float[][] parameters = new float[4][channels];
        for (int i = 0; i < channels; i++) {
            parameters[0][i] = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian();
            parameters[1][i] = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian();
            parameters[2][i] = random.nextInt(3) == 0 ? random.nextInt(50) - 25 : 20 * (float) random.nextGaussian();
            parameters[3][i] = random.nextInt(4) == 0 ? 0 : 100 * random.nextFloat();
        }
        List<String> inputs = new ArrayList<>(List.of(x));
        for (float[] parameter : parameters) {
            inputs.add(graph.floats(List.of(channels), parameter));
        }
        return graph.node("BatchNormalization", inputs,
                OnnxAttribute.of("epsilon", random.nextInt(3) == 0 ? 0.25f : 1e-5f));
    }

    /** Any quantizer; with channels above 1 its scales may differ by channel. */
    private static String quantizer(OnnxGraphBuilder graph, Random random, String x, int channels) {
        float[] scales = new float[random.nextBoolean() ? channels : 1];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = random.nextInt(3) == 0 ? 0.5f : 0.05f + 3 * random.nextFloat();
        }
        String scale = graph.floats(List.of(1, scales.length), scales);
        return switch (random.nextInt(6)) {
            case 0 -> graph.node(QONNX, "BipolarQuant", List.of(x, scale));
            case 1 -> graph.node("finn.custom_op.general", "MultiThreshold", List.of(x, thresholds(graph, random)),
                    OnnxAttribute.of("out_scale", random.nextBoolean() ? 1f : 0.3f),
                    OnnxAttribute.of("out_bias", random.nextInt(4) - 2f));
            case 2 -> graph.node(QONNX, "Trunc", List.of(x, graph.scalar(scales[0] + 2),
                    graph.scalar(random.nextInt(5) - 2), graph.scalar(8), graph.scalar(4)),
                    OnnxAttribute.of("rounding_mode", ROUNDINGS[random.nextInt(3)]));
            case 3 -> graph.node(QONNX, "Trunc", List.of(x, graph.scalar(scales[0]), graph.scalar(0), graph.scalar(8),
                    graph.scalar(scales[0] * 8), graph.scalar(5)),
                    OnnxAttribute.of("rounding_mode", ROUNDINGS[random.nextInt(3)]));
            default -> quant(graph, random, x, scale, random.nextInt(3) == 0 ? random.nextInt(2) : 0,
                    2 + random.nextInt(4));
        };
    }

    private static String quant(OnnxGraphBuilder graph, Random random, String x, String scale, int zero, int bits) {
        return graph.node(QONNX, "IntQuant", List.of(x, scale, graph.scalar(zero), graph.scalar(bits)),
                OnnxAttribute.of("signed", random.nextInt(2)), OnnxAttribute.of("narrow", random.nextInt(2)),
                OnnxAttribute.of("rounding_mode", ROUNDINGS[random.nextInt(ROUNDINGS.length)]));
    }

    private static String thresholds(OnnxGraphBuilder graph, Random random) {
        float[] values = new float[1 + random.nextInt(6)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextBoolean() ? random.nextInt(20) - 10 : 10 * (float) random.nextGaussian();
        }
        return graph.floats(List.of(1, values.length), values);
    }

    private static String product(OnnxGraphBuilder graph, Random random, String x, int inputs, int outputs) {
        float[] weights = new float[inputs * outputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        float[] scales = new float[random.nextBoolean() ? outputs : 1];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = 0.05f + random.nextFloat();
        }
        String w = graph.floats(List.of(inputs, outputs), weights);
        String scale = graph.floats(List.of(1, scales.length), scales);
        String quantized = random.nextInt(3) == 0 ? graph.node(QONNX, "BipolarQuant", List.of(w, scale))
                : quant(graph, random, w, scale, random.nextInt(2), 2 + random.nextInt(4));
        return graph.node("MatMul", List.of(x, quantized));
    }
}
