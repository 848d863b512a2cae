package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;
import org.bitloom.network.model.Model;
import org.bitloom.network.onnx.ElementType;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraph;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxImporter;
import org.bitloom.network.onnx.OnnxModel;
import org.bitloom.network.onnx.OnnxNode;
import org.bitloom.network.onnx.OnnxOpset;
import org.bitloom.network.onnx.OnnxTensor;
import org.bitloom.network.onnx.OnnxValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What layers a model becomes, how its class is read, and what is refused. Inputs are signed integers of 8 bits. */
class NetworkFolderTest {
    private static final String QONNX = OnnxGraphBuilder.QONNX;

    /** Continues a graph from a value of shape [1, 4]. */
    private interface Tail extends BiFunction<OnnxGraphBuilder, String, String> {
    }

    private static Folded fold(Tail tail) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String y = tail.apply(graph, graph.input("x", 1, 4));
        return NetworkFolder.withNotes(OnnxImporter.of(graph.output(y).model("net", 17), "net.onnx"),
                InputEncoding.integers(ValueType.signed(8)));
    }

    private static IntegerNetwork network(Tail tail) {
        return fold(tail).network();
    }

    private static List<String> layers(IntegerNetwork network) {
        return network.layers().stream().map(Layer::operation).map(o -> o.getClass().getSimpleName()).toList();
    }

    private static String dense(OnnxGraphBuilder graph, String x) {
        return graph.node("MatMul", List.of(x, weights(graph)));
    }

    /** 4 inputs, 3 outputs, 3 bits, scale 0.5. */
    private static String weights(OnnxGraphBuilder graph) {
        String w = graph.floats(List.of(4, 3), 1, -1, 0.5f, 0, 1.5f, -2, 0.3f, -0.2f, 1, 9, -9, 0);
        return graph.node(QONNX, "Quant", List.of(w, graph.scalar(0.5f), graph.scalar(0), graph.scalar(3)));
    }

    private static String bipolar(OnnxGraphBuilder graph, String x) {
        return graph.node(QONNX, "BipolarQuant", List.of(x, graph.scalar(1)));
    }

    private static long[] run(IntegerNetwork network, long... input) {
        return new GoldenModel(network).run(input);
    }

    @Test
    void quantizedWeightsBecomeTheSmallestIntegers() {
        IntegerNetwork network = network(NetworkFolderTest::dense);
        Operation.Dense dense = (Operation.Dense) network.layers().getFirst().operation();
        assertThat(dense.weights()).hasToString("signed 3 bit 3 x 4");
        assertThat(run(network, 1, 0, 0, 0)).containsExactly(2, -2, 1);
        assertThat(run(network, 0, 1, 0, 0)).containsExactly(0, 3, -4);
        // 0.3 / 0.5 rounds to 1, −0.2 / 0.5 to 0; 9 and −9 are clamped.
        assertThat(run(network, 0, 0, 1, 0)).containsExactly(1, 0, 2);
        assertThat(run(network, 0, 0, 0, 1)).containsExactly(3, -4, 0);
        assertThat(network.outputScale()).isEqualTo(OutputScale.ofTensor(Rational.of(1, 2), Rational.ZERO));
        assertThat(network.classifier()).isEqualTo(new Classifier(Classifier.Rule.FIRST_MAXIMUM, 3));
    }

    @Test
    void bipolarWeightsBecomeBits() {
        IntegerNetwork network = network((g, x) -> g.node("Gemm", List.of(x, g.node(QONNX, "BipolarQuant",
                List.of(g.floats(List.of(2, 4), 1, 0, -0f, -2, -1, 3, 1e-30f, -1e-30f), g.scalar(0.25f)))),
                OnnxAttribute.of("transB", 1)));
        assertThat(((Operation.Dense) network.layers().getFirst().operation()).weights()).hasToString("binary 2 x 4");
        assertThat(run(network, 1, 10, 100, 27)).containsExactly(84, -1 + 10 + 100 - 27);
    }

    @Test
    void weightsThatAreIntegersOrOfOneMagnitudeNeedNoQuantizer() {
        IntegerNetwork whole = network((g, x) -> g.node("MatMul", List.of(x, g.floats(List.of(4, 1), 3, -2, 0, 1))));
        assertThat(run(whole, 1, 1, 1, 1)).containsExactly(2);
        IntegerNetwork equal = network((g, x) -> g.node("MatMul",
                List.of(x, g.floats(List.of(4, 1), 0.1f, -0.1f, 0.1f, 0.1f))));
        assertThat(((Operation.Dense) equal.layers().getFirst().operation()).weights()).hasToString("binary 1 x 4");
        assertThat(equal.outputScale().scales().getFirst()).isEqualTo(Rational.of(0.1f));
    }

    @Test
    void biasAndFactorsOfAProductEndInTheThresholds() {
        IntegerNetwork network = network((g, x) -> bipolar(g, g.node("Gemm",
                List.of(x, weights(g), g.floats(List.of(3), 1, -2.5f, 0.4f)),
                OnnxAttribute.of("alpha", 2f), OnnxAttribute.of("beta", -1f))));
        assertThat(layers(network)).containsExactly("Dense", "Threshold");
        Operation.Threshold threshold = (Operation.Threshold) network.layers().get(1).operation();
        // 2 · 0.5 · sum − bias >= 0.
        assertThat(threshold.table().at(0, 0)).isEqualTo(1);
        assertThat(threshold.table().at(1, 0)).isEqualTo(-2);
        assertThat(threshold.table().at(2, 0)).isEqualTo(1);
    }

    @Test
    void aQuantizerThatChangesNoIntegerCostsNoLayer() {
        IntegerNetwork network = network((g, x) -> dense(g, g.node(QONNX, "Quant",
                List.of(x, g.scalar(1), g.scalar(0), g.scalar(8)))));
        assertThat(layers(network)).containsExactly("Dense");
        IntegerNetwork twice = network((g, x) -> dense(g, bipolar(g, bipolar(g, x))));
        assertThat(layers(twice)).containsExactly("Threshold", "Dense");
        IntegerNetwork narrow = network((g, x) -> dense(g, g.node(QONNX, "Quant",
                List.of(x, g.scalar(1), g.scalar(0), g.scalar(8)), OnnxAttribute.of("narrow", 1))));
        assertThat(layers(narrow)).containsExactly("Requantize", "Dense");
    }

    @Test
    void wholeStepsOfTheLastBiasAreAddedInIntegersSoThatTheLargestIsTheClass() {
        IntegerNetwork whole = network((g, x) -> g.node("ArgMax", List.of(g.node("Add", List.of(dense(g, x),
                g.floats(List.of(3), 0.5f, -1.5f, 2)))), OnnxAttribute.of("axis", 1)));
        assertThat(layers(whole)).containsExactly("Dense", "ArgMax");
    }

    @Test
    void equalThresholdsAreSharedByAllChannels() {
        IntegerNetwork network = network((g, x) -> bipolar(g, x));
        assertThat(((Operation.Threshold) network.layers().getFirst().operation()).table().channels()).isEqualTo(1);
    }

    @Test
    void signHasThreeLevelsOnlyWhereZeroCanCome() {
        IntegerNetwork withZero = network((g, x) -> g.node("Sign", List.of(x)));
        assertThat(withZero.outputType().type()).isEqualTo(ValueType.signed(2));
        assertThat(run(withZero, -5, -1, 0, 1)).containsExactly(-1, -1, 0, 1);
        IntegerNetwork without = network((g, x) -> g.node("Sign", List.of(g.node("Add", List.of(x, g.scalar(0.5f))))));
        assertThat(without.outputType().type()).isEqualTo(ValueType.bipolar());
        assertThat(run(without, -5, -1, 0, 1)).containsExactly(-1, -1, 1, 1);
    }

    @Test
    void inputsOfDifferentScaleMeetInRescaledWeights() {
        IntegerNetwork network = network((g, x) -> dense(g, g.node("Mul",
                List.of(x, g.floats(List.of(1, 4), 1, 2, -0.5f, 0.75f)))));
        // Columns times 1, 2, −0.5 and 0.75; rows divided by what is common to them.
        assertThat(run(network, 1, 0, 0, 0)).containsExactly(8, -2, 1);
        assertThat(run(network, 0, 0, 0, 4)).containsExactly(36, -12, 0);
        assertThat(network.outputScale().scales())
                .containsExactly(Rational.of(1, 8), Rational.of(1, 2), Rational.of(1, 2));
    }

    @Test
    void argMaxIsALayerWhereIntegersCompareLikeScores() {
        IntegerNetwork network = network((g, x) -> g.node("ArgMax", List.of(dense(g, x)),
                OnnxAttribute.of("axis", 1)));
        assertThat(layers(network)).containsExactly("Dense", "ArgMax");
        assertThat(network.classifier()).isEqualTo(new Classifier(Classifier.Rule.INDEX, 3));
        assertThat(new GoldenModel(network).classify(new long[] {0, 1, 0, 0})).isEqualTo(1);
    }

    @Test
    void argMaxStaysOutsideWhereScoresAreScaledDifferently() {
        Folded folded = fold((g, x) -> g.node("ArgMax", List.of(g.node("Mul",
                List.of(dense(g, x), g.floats(List.of(3), 1, -1, 1)))), OnnxAttribute.of("axis", 1)));
        assertThat(layers(folded.network())).containsExactly("Dense");
        assertThat(folded.network().classifier().rule()).isEqualTo(Classifier.Rule.FIRST_MAXIMUM);
        assertThat(new GoldenModel(folded.network()).classify(new long[] {0, 0, 0, 1})).isEqualTo(1);
        assertThat(folded.notes()).singleElement().asString().contains("arg-max stays outside");
    }

    @Test
    void topKOfOneIsAnArgMaxWhicheverOutputIsExported() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String y = dense(graph, graph.input("x", 1, 4));
        graph.add(new OnnxNode("best", "TopK", "", List.of(y, graph.longs(1)), List.of("value", "index"), List.of()));
        IntegerNetwork index = NetworkFolder.fold(OnnxImporter.of(graph.output("index").model("net", 17), "net.onnx"),
                InputEncoding.integers(ValueType.signed(8)));
        assertThat(layers(index)).containsExactly("Dense", "ArgMax");
        IntegerNetwork both = NetworkFolder.fold(OnnxImporter.of(graph.output("value").model("net", 17), "net.onnx"),
                InputEncoding.integers(ValueType.signed(8)));
        assertThat(layers(both)).containsExactly("Dense", "ArgMax");
    }

    @ParameterizedTest
    @MethodSource("monotoneEnds")
    void aMonotoneEndIsLeftOutWithANote(String operator) {
        Folded folded = fold((g, x) -> g.node(operator, List.of(dense(g, x))));
        assertThat(layers(folded.network())).containsExactly("Dense");
        assertThat(folded.notes()).singleElement().asString().contains("left out", "(" + operator + ")");
    }

    static Stream<String> monotoneEnds() {
        return Stream.of("Softmax", "LogSoftmax", "Sigmoid", "Tanh");
    }

    @Test
    void aBatchNormAtTheEndScalesTheScores() {
        IntegerNetwork network = network((g, x) -> g.node("BatchNormalization", List.of(dense(g, x),
                g.floats(List.of(3), 1, -1, 2), g.floats(List.of(3), 0, 1, 2), g.floats(List.of(3), 0, 0, 1),
                g.floats(List.of(3), 2, 2, 2)), OnnxAttribute.of("epsilon", 0f)));
        assertThat(network.outputScale().real(2, 0).doubleValue()).isCloseTo(1 / Math.sqrt(2), within(1e-15));
        assertThat(network.outputScale().real(2, 1).doubleValue()).isCloseTo(1 - 1 / Math.sqrt(2), within(1e-15));
        Rational square = network.outputScale().scales().getFirst().times(network.outputScale().scales().getFirst());
        assertThat(Math.abs(square.minus(Rational.of(1, 8)).doubleValue())).isLessThan(1e-70);
    }

    @Test
    void namesAreMadeIdentifiers() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", 1, 4);
        graph.add(OnnxNode.of("fc/1; rm -rf $(x)\n`end`", "MatMul", List.of(x, weights(graph)), "y"));
        IntegerNetwork network = NetworkFolder.fold(OnnxImporter.of(graph.output("y").model("net", 17), "a b/my net!.onnx"),
                InputEncoding.integers(ValueType.signed(8)));
        assertThat(network.name()).isEqualTo("my_net");
        assertThat(network.layers().getFirst().name()).matches("[A-Za-z][A-Za-z0-9_]*");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                of("float weights", (g, x) -> g.node("MatMul", List.of(x, g.floats(List.of(4, 1), 0.1f, 0.2f, 3, 4))),
                        "node 'MatMul_0' (MatMul): its weights are not quantized; train it with quantized weights"),
                of("quantizer too wide", (g, x) -> g.node(QONNX, "Quant", List.of(x, g.scalar(1), g.scalar(0),
                        g.scalar(20))), "quantizes activations to 1048576 levels"),
                of("product after ReLU", (g, x) -> dense(g, g.node("Relu", List.of(x))),
                        "(MatMul): its input is not quantized: there is an activation or a batch normalization"),
                of("product after batch-norm", (g, x) -> dense(g, norm(g, x, 2)), "its input is not quantized"),
                of("gate", (g, x) -> g.node("Mul", List.of(x, x)),
                        "(Mul): combines two values that both depend on the input by more than a sum"),
                of("attention", (g, x) -> g.node("MatMul", List.of(x, g.node("Transpose", List.of(x)))),
                        "multiplies data by data"),
                of("weights first", (g, x) -> g.node("MatMul", List.of(g.floats(List.of(1, 1), 1), x)),
                        "has a constant for its data input"),
                of("power", (g, x) -> g.node("Pow", List.of(x, g.scalar(2))), "is not a scale or an offset"),
                of("division by data", (g, x) -> g.node("Div", List.of(g.scalar(1), x)), "is not a scale or an offset"),
                of("division by 0", (g, x) -> g.node("Div", List.of(x, g.scalar(0))), "divides by the constant 0"),
                of("root", (g, x) -> g.node("Sqrt", List.of(x)), "takes the square root of data"),
                of("two batch-norms", (g, x) -> norm(g, norm(g, x, 2), 3), "two batch normalizations follow each other"),
                of("batch-norm after ReLU", (g, x) -> norm(g, g.node("Relu", List.of(x)), 2),
                        "a batch normalization follows an activation"),
                of("sigmoid in the middle", (g, x) -> bipolar(g, g.node("Sigmoid", List.of(x))),
                        "(BipolarQuant): follows a sigmoid, which cannot be computed in integers"),
                of("scale after softmax", (g, x) -> g.node("Mul", List.of(g.node("Softmax", List.of(x)), g.scalar(2))),
                        "(Mul): follows a softmax"),
                of("ReLU at the end", (g, x) -> g.node("Relu", List.of(dense(g, x))),
                        "an activation (ReLU, Clip) after the last layer has no quantizer"),
                of("widening", (g, x) -> g.node("Add", List.of(x, g.floats(List.of(2, 1), 1, 2))),
                        "repeats its input from shape [1, 4] to [2, 4]"),
                of("several vectors", (g, x) -> g.node("MatMul", List.of(g.node("Reshape", List.of(x, g.longs(2, 2))),
                        g.floats(List.of(2, 1), 1, -1))), "is applied to 2 vectors of one input"),
                of("scales that differ within a sum", (g, x) -> dense(g, g.node("Mul", List.of(x,
                        g.floats(List.of(1, 4), 1, 0.1f, 0.3f, 0.7f)))), "scales that differ within one sum"),
                of("smallest", (g, x) -> {
                    g.add(new OnnxNode("low", "TopK", "", List.of(x, g.longs(1)), List.of("value", "index"),
                            List.of(OnnxAttribute.of("largest", 0))));
                    return "index";
                }, "node 'low' (TopK): asks for the smallest"),
                of("no layer", (g, x) -> g.node("Mul", List.of(x, g.scalar(2))), "no layer that computes in integers"),
                of("transposed output", (g, x) -> g.node("Transpose", List.of(g.node("Reshape",
                        List.of(bipolar(g, x), g.longs(2, 2))))), "the output is transposed"));
    }

    private static String norm(OnnxGraphBuilder graph, String x, float variance) {
        String ones = graph.floats(List.of(4), 1, 1, 1, 1);
        return graph.node("BatchNormalization", List.of(x, ones, ones, ones,
                graph.floats(List.of(4), variance, variance, variance, variance)), OnnxAttribute.of("epsilon", 0f));
    }

    private static Arguments of(String name, Tail tail, String message) {
        return Arguments.of(name, tail, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedWithTheLayerAndTheRemedy(String name, Tail tail, String message) {
        assertThatThrownBy(() -> network(tail)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith("net.onnx: ").hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void everyElementOfAVectorIsAChannelHoweverItIsReshaped() {
        IntegerNetwork network = network((g, x) -> bipolar(g, g.node("Add", List.of(g.node("Reshape",
                List.of(x, g.longs(1, 1, 2, 2))), g.floats(List.of(1, 1, 2, 2), 1, 2, 3, 4)))));
        assertThat(run(network, -1, -3, -3, -5)).containsExactly(1, -1, 1, -1);
    }

    @Test
    void thresholdsThatDifferWithinAChannelOfAnImageAreRefused() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", 1, 1, 2, 2);
        String y = bipolar(graph, graph.node("Add", List.of(x, graph.floats(List.of(2, 2), -0.1f, -0.2f, -0.3f, -0.4f))));
        assertThatThrownBy(() -> NetworkFolder.fold(OnnxImporter.of(graph.output(y).model("net", 17), "net.onnx"),
                InputEncoding.PIXELS)).hasMessageContaining("(BipolarQuant): has different parameters at different "
                        + "positions of one channel");
    }

    @Test
    void integersAtTheInputAreTakenAsTheyAre() {
        OnnxGraph graph = new OnnxGraph("g", List.of(
                OnnxNode.of("cast", "Cast", List.of("x"), "f", OnnxAttribute.of("to", 1)),
                OnnxNode.of("less", "Sub", List.of("f", "half"), "d"),
                OnnxNode.ofDomain(QONNX, "sign", "BipolarQuant", List.of("d", "one"), "y")),
                List.of(OnnxTensor.floats("half", List.of(), 127.5f), OnnxTensor.floats("one", List.of(), 1)),
                List.of(OnnxValue.of("x", ElementType.UINT8, 1, 4)), List.of(OnnxValue.of("y", ElementType.FLOAT)));
        Model model = OnnxImporter.of(OnnxModel.of("t", List.of(new OnnxOpset("", 17)), graph), "net.onnx");
        IntegerNetwork network = NetworkFolder.fold(model, InputEncoding.of(model));
        assertThat(network.inputType()).isEqualTo(ValueType.unsigned(8));
        assertThat(run(network, 0, 127, 128, 255)).containsExactly(-1, -1, 1, 1);
    }

    @Test
    void aBatchOfMoreThanOneIsRefused() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String y = bipolar(graph, graph.input("x", 8, 4));
        assertThatThrownBy(() -> NetworkFolder.fold(OnnxImporter.of(graph.output(y).model("net", 17), "net.onnx"),
                InputEncoding.PIXELS)).hasMessageContaining("a batch of 8; export with a batch of 1");
    }
}
