package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bitloom.compression.quantize.LayerFormat;
import org.bitloom.compression.quantize.Quantization;
import org.bitloom.compression.quantize.Recipe;
import org.bitloom.compression.quantize.WeightFormat;
import org.bitloom.network.BitPattern;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.LayerNames;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Float models, quantized: the integers of every activation are those of exact decimals, and of float32. */
class QuantizedModelTest {
    private static final InputEncoding BYTES = InputEncoding.integers(ValueType.unsigned(8));

    @Test
    void everyActivationOfRandomModelsIsTheSameInIntegers() {
        check(0, 120);
    }

    @Test
    @Tag("slow")
    void everyActivationOfManyRandomModelsIsTheSameInIntegers() {
        check(10_000, 2_000);
    }

    /** One multiplication by 4 bits between two layers, also where a pixel stands for a fraction of 255. */
    @Test
    void multipliersHaveFourBits() {
        for (InputEncoding encoding : List.of(BYTES, InputEncoding.PIXELS)) {
            OnnxGraphBuilder graph = new OnnxGraphBuilder();
            Random random = new Random(5);
            float[] weights = new float[40 * 6];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = 0.2f * (float) random.nextGaussian();
            }
            String x = graph.node("MatMul", List.of(graph.input("x", 1, 40), graph.floats(List.of(40, 6), weights)));
            x = graph.node("Relu", List.of(graph.node("Add", List.of(x, graph.floats(List.of(6), 1, 2, 3, 4, 5, 6)))));
            x = graph.node("MatMul", List.of(x, graph.floats(List.of(6, 3), Arrays.copyOf(weights, 18))));
            Model model = ExactFoldingTest.imported(graph.output(x, 1, 3));
            ModelInput input = ModelInput.of(model, encoding);
            List<float[]> samples = IntStream.range(0, 9).mapToObj(i -> input.of(image(random, input.shape()))).toList();
            IntegerNetwork network =
                    NetworkFolder.fold(Quantization.quantize(model, encoding, Recipe.bits(4), samples).model(), encoding);
            Operation.Requantize between = (Operation.Requantize) network.layers().get(1).operation();
            assertThat(between.multipliers()).allMatch(multiplier -> multiplier < 16);
        }
    }

    private static void check(int first, int count) {
        int compared = 0;
        for (int seed = first; seed < first + count; seed++) {
            try {
                compared += check(seed);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(compared).isGreaterThan(8 * count);
    }

    private static int check(int seed) {
        Random random = new Random(seed);
        boolean bytes = seed % 3 != 0;
        InputEncoding encoding = bytes ? BYTES : InputEncoding.PIXELS;
        Model model = ExactFoldingTest.imported(new RandomFloatModels(seed, bytes).model());
        ModelInput input = ModelInput.of(model, encoding);
        List<float[]> samples = IntStream.range(0, 8).mapToObj(i -> input.of(image(random, input.shape()))).toList();
        Model quantized = Quantization.quantize(model, encoding, recipe(random, model), samples).model();
        IntegerNetwork network = NetworkFolder.fold(quantized, encoding);
        int compared = 0;
        for (int trial = 0; trial < 3; trial++) {
            long[] image = image(random, input.shape());
            float[] reals = input.of(image);
            BigDecimal[] decimals = new BigDecimal[reals.length];
            Arrays.setAll(decimals, i -> bytes ? new BigDecimal(reals[i])
                    : new BigDecimal(Math.round(reals[i] * 255)).divide(new BigDecimal(255), new MathContext(200)));
            Map<String, BigDecimal[]> exact = new ExactModel(quantized).trace(decimals);
            Map<String, Tensor> floats = new ModelEvaluator(quantized).runWithTrace(reals);
            List<long[]> golden = new GoldenModel(network).runWithTrace(image);
            for (Node node : quantized.nodes()) {
                Optional<Integer> layer = layerOf(network, node);
                if (layer.isPresent() && node.operator() instanceof Quantizer.IntegerQuant quant) {
                    long[] integers = channelsFirst(golden.get(layer.get()), network.typeOf(layer.get()).shape());
                    compare(integers, exact.get(node.output()), bytes ? floats.get(node.output()) : null, quant,
                            node.name());
                    compared++;
                }
            }
            ExactFoldingTest.compare(network, golden.getLast(), exact.get(quantized.outputs().getFirst()), "seed " + seed);
        }
        return compared;
    }

    private static Optional<Integer> layerOf(IntegerNetwork network, Node node) {
        List<String> names = network.layers().stream().map(Layer::name).toList();
        int layer = names.indexOf(LayerNames.identifier(node.name()));
        return layer < 0 ? Optional.empty() : Optional.of(layer);
    }

    /** @param floats null where float32 does not know the input's numbers */
    private static void compare(long[] integers, BigDecimal[] exact, @Nullable Tensor floats,
            Quantizer.IntegerQuant quant, String name) {
        BigDecimal scale = new BigDecimal(quant.scale().at(0));
        for (int i = 0; i < integers.length; i++) {
            BigDecimal number = scale.multiply(BigDecimal.valueOf(integers[i]));
            assertThat(exact[i]).as("element %d of %s", i, name).isEqualByComparingTo(number);
            if (floats != null) {
                assertThat(floats.at(i)).as("float32 element %d of %s", i, name).isEqualTo(number.floatValue());
            }
        }
    }

    /** Channel-last integers in the order of the model. */
    private static long[] channelsFirst(long[] last, Shape shape) {
        if (shape.dimensions().size() != 3) {
            return last;
        }
        int pixels = shape.height() * shape.width();
        long[] first = new long[last.length];
        Arrays.setAll(first, i -> last[i % pixels * shape.channels() + i / pixels]);
        return first;
    }

    private static long[] image(Random random, Shape shape) {
        return random.longs(shape.size(), 0, 256).toArray();
    }

    private static Recipe recipe(Random random, Model model) {
        Recipe recipe = Recipe.bits(3 + random.nextInt(6));
        for (String layer : new ArrayList<>(Quantization.layers(model))) {
            int kind = random.nextInt(4);
            WeightFormat format = switch (kind) {
                case 0 -> new WeightFormat.Uniform(2 + random.nextInt(7));
                case 1 -> new WeightFormat.Masked(BitPattern.parse(random.nextBoolean() ? "X0.0XXX" : "XX.0X0X"),
                        BitPattern.Overflow.values()[random.nextInt(3)]);
                case 2 -> new WeightFormat.Binary();
                default -> null;
            };
            if (format != null) {
                recipe = recipe.with(layer, new LayerFormat(format, 2 + random.nextInt(9)));
            }
        }
        return recipe;
    }
}
