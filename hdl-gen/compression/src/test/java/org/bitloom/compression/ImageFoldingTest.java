package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.Padding;
import org.bitloom.network.integer.Window;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxImporter;
import org.bitloom.network.onnx.OnnxNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What layers images and branches become, and what is refused. Inputs are integers of [2 channels, 4 rows, 4 columns]. */
class ImageFoldingTest {
    private static final String QONNX = OnnxGraphBuilder.QONNX;
    private static final String CHANNELS_LAST = "qonnx.custom_op.channels_last";

    /** Continues a graph from a value of shape [1, 2, 4, 4]. */
    private interface Tail extends BiFunction<OnnxGraphBuilder, String, String> {
    }

    private static Folded fold(ValueType type, long[] shape, Tail tail) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String y = tail.apply(graph, graph.input("x", shape));
        return NetworkFolder.withNotes(OnnxImporter.of(graph.output(y).model("net", 17), "net.onnx"),
                InputEncoding.integers(type));
    }

    private static IntegerNetwork network(Tail tail) {
        return fold(ValueType.signed(4), new long[] {1, 2, 4, 4}, (g, x) -> scores(g, tail.apply(g, x))).network();
    }

    /** The mean of each channel: one vector of scores. */
    private static String scores(OnnxGraphBuilder graph, String x) {
        return graph.node("Flatten", List.of(graph.node("GlobalAveragePool", List.of(x))));
    }

    private static List<String> layers(IntegerNetwork network) {
        return network.layers().stream().map(Layer::operation).map(o -> o.getClass().getSimpleName()).toList();
    }

    private static String conv(OnnxGraphBuilder graph, String x, OnnxAttribute... attributes) {
        return graph.node("Conv", List.of(x, kernel(graph, 3, 2, 3)), attributes);
    }

    private static String kernel(OnnxGraphBuilder graph, int outputs, int inputs, int size) {
        float[] values = new float[outputs * inputs * size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 7 % 11 - 5) / 4f;
        }
        return graph.node(QONNX, "Quant", List.of(graph.floats(List.of(outputs, inputs, size, size), values),
                graph.scalar(0.25f), graph.scalar(0), graph.scalar(4)));
    }

    private static String quant(OnnxGraphBuilder graph, String x, float scale) {
        return graph.node(QONNX, "Quant", List.of(x, graph.scalar(scale), graph.scalar(0), graph.scalar(4)));
    }

    private static String bipolar(OnnxGraphBuilder graph, String x) {
        return graph.node(QONNX, "BipolarQuant", List.of(x, graph.scalar(1)));
    }

    private static String pool(OnnxGraphBuilder graph, String kind, String x, OnnxAttribute... more) {
        List<OnnxAttribute> attributes = new ArrayList<>(List.of(more));
        attributes.add(ints("kernel_shape", 2, 2));
        return graph.node(kind, List.of(x), attributes.toArray(OnnxAttribute[]::new));
    }

    private static OnnxAttribute ints(String name, long... values) {
        return OnnxAttribute.ints(name, LongStream.of(values).boxed().toList());
    }

    @Test
    void aConvolutionHasItsChannelsLast() {
        IntegerNetwork network = network((g, x) -> conv(g, x, ints("strides", 2, 1), ints("pads", 1, 0, 1, 2)));
        Operation.Convolution convolution = (Operation.Convolution) network.layers().getFirst().operation();
        assertThat(network.inputShape()).hasToString("4x4x2");
        assertThat(convolution.window()).isEqualTo(new Window(3, 3, 2, 1, 1, 1));
        assertThat(convolution.padding()).isEqualTo(new Padding(1, 0, 1, 2, 0));
        assertThat(convolution.weights()).hasToString("signed 4 bit 3 x 18");
        // Output 1, input 1, row 2, column 0: element 18 + 9 + 6 of the kernel; column (2 · 3 + 0) · 2 + 1.
        assertThat(convolution.weights().at(1, 13)).isEqualTo(33 * 7 % 11 - 5);
        assertThat(network.outputScale().scales()).containsExactly(Rational.of(1, 4 * 2 * 4));
    }

    @Test
    void groupsAreKept() {
        IntegerNetwork network = network((g, x) -> g.node("Conv", List.of(x, kernel(g, 4, 1, 2)),
                OnnxAttribute.of("group", 2)));
        Operation.Convolution convolution = (Operation.Convolution) network.layers().getFirst().operation();
        assertThat(convolution.groups()).isEqualTo(2);
        assertThat(convolution.weights()).hasToString("signed 4 bit 4 x 4");
    }

    @Test
    void shuffledGroupsBecomeOneConvolution() {
        Folded folded = fold(ValueType.signed(4), new long[] {1, 4, 2, 2}, (g, x) -> {
            String cut = g.node("Reshape", List.of(x, g.longs(1, 2, 2, 2, 2)));
            String turned = g.node("Transpose", List.of(cut), ints("perm", 0, 2, 1, 3, 4));
            String shuffled = g.node("Reshape", List.of(turned, g.longs(1, 4, 2, 2)));
            return scores(g, g.node("Conv", List.of(shuffled, kernel(g, 2, 2, 1)), OnnxAttribute.of("group", 2)));
        });
        Operation.Convolution convolution = (Operation.Convolution) folded.network().layers().getFirst().operation();
        assertThat(convolution.groups()).isEqualTo(1);
        assertThat(folded.notes()).singleElement().asString().contains("one ungrouped convolution");
    }

    @Test
    void aPadBecomesThePaddingOfWhatFollows() {
        IntegerNetwork network = network((g, x) -> conv(g, g.node("Pad", List.of(
                g.node("Pad", List.of(x, g.longs(0, 0, 1, 0, 0, 0, 0, 0))), g.longs(0, 0, 0, 2, 0, 0, 0, 0)))));
        assertThat(((Operation.Convolution) network.layers().getFirst().operation()).padding())
                .isEqualTo(new Padding(1, 2, 0, 0, 0));
    }

    @Test
    void anOffsetIsPaddedWithTheIntegerThatMeansZero() {
        IntegerNetwork network = network((g, x) -> conv(g, g.node("Add", List.of(x, g.scalar(3))),
                ints("pads", 1, 1, 1, 1)));
        assertThat(((Operation.Convolution) network.layers().getFirst().operation()).padding())
                .isEqualTo(Padding.around(1, -3));
    }

    @Test
    void aMaximumOfFallingSumsTurnsTheWeights() {
        Tail falling = (g, x) -> quant(g, pool(g, "MaxPool", g.node("Mul", List.of(conv(g, x),
                g.floats(List.of(3, 1, 1), 1, -1, 2)))), 0.5f);
        IntegerNetwork network = network(falling);
        assertThat(layers(network)).containsExactly("Convolution", "MaxPool", "Threshold", "SumPool");
        assertThat(((Operation.Convolution) network.layers().getFirst().operation()).weights().at(1, 13))
                .isEqualTo(5 - 33 * 7 % 11);
    }

    @Test
    void aMaximumOfFallingLevelsTurnsThemWithinTheirType() {
        IntegerNetwork network = network((g, x) -> pool(g, "MaxPool", g.node("Neg", List.of(x)),
                ints("pads", 1, 1, 0, 0)));
        assertThat(layers(network)).containsExactly("Threshold", "MaxPool", "SumPool");
        assertThat(network.typeOf(0).type()).isEqualTo(ValueType.signed(4));
        assertThat(((Operation.MaxPool) network.layers().get(1).operation()).padding())
                .isEqualTo(new Padding(1, 1, 0, 0, -8));
    }

    @Test
    void anAverageIsASum() {
        IntegerNetwork network = network((g, x) -> pool(g, "AveragePool", x, ints("strides", 2, 2)));
        assertThat(layers(network)).containsExactly("SumPool", "SumPool");
        assertThat(network.typeOf(0)).hasToString("2x2x2 of signed 6 bit");
        assertThat(network.outputScale().scales()).containsExactly(Rational.of(1, 16));
    }

    @Test
    void aResidualSumOfOneStepAddsIntegers() {
        IntegerNetwork network = network((g, x) -> g.node("Add", List.of(quant(g, x, 2), quant(g, g.node("Relu",
                List.of(x)), 2))));
        assertThat(layers(network)).containsExactly("Threshold", "Threshold", "Add", "SumPool");
        assertThat(network.layers().get(2).inputs()).containsExactly(0, 1);
        assertThat(network.typeOf(2).type()).isEqualTo(ValueType.signed(5));
    }

    @Test
    void stepsOfASmallRatioAreBroughtTogether() {
        IntegerNetwork network = network((g, x) -> g.node("Sub", List.of(x, bipolar(g, g.node("Mul",
                List.of(x, g.scalar(3)))))));
        assertThat(layers(network)).containsExactly("Threshold", "Threshold", "Add", "SumPool");
        IntegerNetwork tripled = network((g, x) -> g.node("Add", List.of(x, g.node(QONNX, "BipolarQuant",
                List.of(x, g.scalar(3))))));
        assertThat(tripled.typeOf(1).type()).isEqualTo(ValueType.signed(3));
    }

    @Test
    void joinedChannelsKeepTheirOwnMeaningInAWiderType() {
        IntegerNetwork network = network((g, x) -> g.node("Concat", List.of(x, bipolar(g, x),
                g.node("Mul", List.of(x, g.scalar(0.3f)))), OnnxAttribute.of("axis", 1)));
        assertThat(layers(network)).containsExactly("Threshold", "Threshold", "Concat", "SumPool");
        assertThat(network.typeOf(2)).hasToString("4x4x6 of signed 4 bit");
        assertThat(network.outputScale().scales()).hasSize(6);
    }

    @Test
    void onlyThePartsThatAreReadBecomeSlices() {
        IntegerNetwork network = network((g, x) -> {
            g.add(new OnnxNode("cut", "Split", "", List.of(x), List.of("left", "right"),
                    List.of(OnnxAttribute.of("axis", 1))));
            return "right";
        });
        assertThat(layers(network)).containsExactly("Slice", "SumPool");
        assertThat(network.layers().getFirst().operation()).isEqualTo(new Operation.Slice(1, 1));
    }

    @Test
    void aVectorThatIsReshapedToAnImageIsThatImage() {
        Folded folded = fold(ValueType.signed(4), new long[] {1, 32}, (g, x) -> scores(g, conv(g,
                g.node("Reshape", List.of(x, g.longs(1, 2, 4, 4))))));
        assertThat(folded.network().inputShape()).hasToString("4x4x2");
        assertThat(layers(folded.network())).containsExactly("Convolution", "SumPool");
    }

    @Test
    void aSequenceIsAnImageOfOneRow() {
        Folded folded = fold(ValueType.signed(4), new long[] {1, 2, 6}, (g, x) -> {
            String w = g.node(QONNX, "Quant", List.of(g.floats(List.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8), g.scalar(1),
                    g.scalar(0), g.scalar(5)));
            return g.node("Flatten", List.of(g.node("GlobalAveragePool", List.of(g.node("Conv", List.of(x, w))))));
        });
        assertThat(folded.network().inputShape()).hasToString("1x6x2");
        long[] sums = new GoldenModel(folded.network()).run(new long[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        assertThat(sums).containsExactly(1 + 4, 5 + 8);
    }

    /** What QONNX's transformation to channels-last data writes: its operators, and weights that are transposed. */
    @Test
    void channelsLastFilesAreTheSameNetwork() {
        Folded first = fold(ValueType.signed(4), new long[] {1, 2, 4, 4}, (g, x) -> scores(g,
                pool(g, "MaxPool", conv(g, x))));
        Folded last = fold(ValueType.signed(4), new long[] {1, 4, 4, 2}, (g, x) -> {
            String w = g.node("Transpose", List.of(kernel(g, 3, 2, 3)), ints("perm", 0, 2, 3, 1));
            String y = g.node(CHANNELS_LAST, "Conv", List.of(x, w), ints("kernel_shape", 3, 3));
            y = g.node(CHANNELS_LAST, "MaxPool", List.of(y), ints("kernel_shape", 2, 2));
            return g.node("ReduceMean", List.of(y), ints("axes", 1, 2), OnnxAttribute.of("keepdims", 0));
        });
        assertThat(last.network().inputShape()).isEqualTo(first.network().inputShape());
        assertThat(last.network().layers()).extracting(Layer::operation)
                .isEqualTo(first.network().layers().stream().map(Layer::operation).toList());
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                of("zero padding of signs", (g, x) -> conv(g, bipolar(g, x), ints("pads", 1, 1, 1, 1)),
                        "(Conv): pads with 0.0, for which its input (bipolar) has no integer; use no padding, or quantize"),
                of("an offset that misses 0", (g, x) -> conv(g, g.node("Add", List.of(x, g.scalar(0.5f))),
                        ints("pads", 1, 1, 1, 1)), "(Conv): pads with 0.0, for which its input (signed 4 bit) has no"),
                of("offsets that differ", (g, x) -> conv(g, g.node("Add", List.of(x, g.floats(List.of(2, 1, 1), 1, 2))),
                        ints("pads", 1, 1, 1, 1)), "for which there are different integers in different channels"),
                of("two kinds of padding", (g, x) -> conv(g, g.node("Pad", List.of(x, g.longs(0, 0, 1, 1, 0, 0, 1, 1),
                        g.scalar(2))), ints("pads", 1, 1, 1, 1)), "(Conv): pads with 0.0 what is padded with 2.0 before"),
                of("quantizer after a Pad", (g, x) -> bipolar(g, g.node("Pad", List.of(x,
                        g.longs(0, 0, 1, 1, 0, 0, 1, 1)))), "(BipolarQuant): follows a Pad, whose margin only"),
                of("scale after a Pad", (g, x) -> g.node("Mul", List.of(g.node("Pad", List.of(x,
                        g.longs(0, 0, 1, 1, 0, 0, 1, 1))), g.scalar(2))), "(Mul): follows a Pad"),
                of("joined padding", (g, x) -> g.node("Concat", List.of(x, g.node("Pad", List.of(x,
                        g.longs(0, 0, 1, 0, 0, 0, 0, 0)))), OnnxAttribute.of("axis", 2)),
                        "(Concat): joins data with constants or padding"),
                of("maximum of a margin that may win", (g, x) -> pool(g, "MaxPool", g.node("Pad", List.of(x,
                        g.longs(0, 0, 1, 1, 0, 0, 1, 1)))), "(MaxPool): follows a Pad with 0.0, which is not the least"),
                of("average that divides unevenly", (g, x) -> pool(g, "AveragePool", g.node("Add", List.of(x,
                        g.scalar(1))), ints("pads", 1, 1, 1, 1)),
                        "(AveragePool): divides by fewer elements at the border"),
                of("average after ReLU", (g, x) -> pool(g, "AveragePool", g.node("Relu", List.of(x))),
                        "(AveragePool): its input is not quantized"),
                of("float weights", (g, x) -> g.node("Conv", List.of(x, g.floats(List.of(1, 2, 1, 1), 0.1f, 0.2f))),
                        "(Conv): its weights are not quantized"),
                of("convolution of data with data", (g, x) -> g.node("Conv", List.of(x, g.node("Reshape", List.of(x,
                        g.longs(4, 2, 2, 2))))), "(Conv): multiplies data by data"),
                of("convolution after ReLU", (g, x) -> conv(g, g.node("Relu", List.of(x))),
                        "(Conv): its input is not quantized"),
                of("reshaped image", (g, x) -> conv(g, g.node("Reshape", List.of(g.node("Transpose", List.of(x)),
                        g.longs(1, 2, 4, 4)))), "(Conv): works on shape [1, 2, 4, 4], which is not the image"),
                of("offsets by pixel", (g, x) -> conv(g, g.node("Add", List.of(x, g.floats(List.of(1, 4), 1, 2, 3, 4)))),
                        "(Conv): its input has different parameters at different positions of one channel"),
                of("sum of different steps", (g, x) -> g.node("Add", List.of(quant(g, x, 0.37f), quant(g, x, 0.71f))),
                        "(Add): adds numbers of different quantization steps (0.37 and 0.71); give both sides of the sum"),
                of("sum after ReLU", (g, x) -> g.node("Add", List.of(x, g.node("Relu", List.of(x)))),
                        "(Add): adds data that is not quantized"),
                of("sum of different shapes", (g, x) -> g.node("Add", List.of(x, g.node("GlobalAveragePool", List.of(x)))),
                        "(Add): adds data of shape [1, 2, 4, 4] to data of shape [1, 2, 1, 1]"),
                of("sum with itself transposed", (g, x) -> g.node("Add", List.of(x, g.node("Transpose", List.of(x),
                        ints("perm", 0, 1, 3, 2)))), "(Add): adds data whose elements are in different orders"),
                of("gate", (g, x) -> g.node("Mul", List.of(x, quant(g, x, 1))), "(Mul): combines two values"),
                of("cropping", (g, x) -> g.node("Slice", List.of(x, g.longs(1), g.longs(3), g.longs(2))),
                        "(Slice): cuts shape [1, 2, 4, 4] to [1, 2, 2, 4], which are not whole channels"),
                of("joined rows of different images", (g, x) -> g.node("Concat", List.of(x, pool(g, "MaxPool", x,
                        ints("strides", 1, 1), ints("pads", 0, 0, 0, 1))), OnnxAttribute.of("axis", 2)),
                        "(Concat): joins layers whose pixels do not match: 4x4x2, 3x4x2"),
                of("joined sums of different types", (g, x) -> g.node("Concat", List.of(
                        g.node("Conv", List.of(wide(g, x), kernel(g, 2, 2, 1))), wide(g, x)),
                        OnnxAttribute.of("axis", 1)), "(Concat): joins integers of different types (signed 1"));
    }

    /** Levels of 11 bits. */
    private static String wide(OnnxGraphBuilder graph, String x) {
        return graph.node(QONNX, "Quant", List.of(x, graph.scalar(0.01f), graph.scalar(0), graph.scalar(11)));
    }

    private static Arguments of(String name, Tail tail, String message) {
        return Arguments.of(name, tail, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedWithTheNodeAndTheRemedy(String name, Tail tail, String message) {
        assertThatThrownBy(() -> network(tail)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith("net.onnx: node '").hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void anImageOfScoresIsRefused() {
        assertThatThrownBy(() -> fold(ValueType.signed(4), new long[] {1, 2, 4, 4}, (g, x) -> conv(g, x)))
                .hasMessageContaining("the output is transposed, or an image whose channels come first");
        assertThatThrownBy(() -> fold(ValueType.signed(4), new long[] {1, 2, 4, 4}, (g, x) -> g.node("Pad",
                List.of(conv(g, x), g.longs(0, 0, 1, 1, 0, 0, 1, 1))))).hasMessageContaining("the output is padded");
    }
}
