package org.bitloom.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Well-formed files whose graph cannot be taken: the message names file, node and cause, and what to do. */
class RefusedModelTest {
    private static final String QONNX = OnnxGraphBuilder.QONNX;

    static Stream<Arguments> refused() {
        return Stream.of(
                // The graph.
                raw("reads what nothing makes", g -> g.add(OnnxNode.of("a", "Relu", List.of("ghost"), "y")),
                        "node 'a' (Relu): reads 'ghost', which nothing makes"),
                raw("self loop", g -> g.add(OnnxNode.of("a", "Add", List.of("x", "y"), "y")),
                        "node 'a' (Add): depends on its own output"),
                raw("cycle of three", g -> {
                    g.add(OnnxNode.of("a", "Add", List.of("x", "r"), "p"));
                    g.add(OnnxNode.of("b", "Relu", List.of("p"), "q"));
                    g.add(OnnxNode.of("c", "Relu", List.of("q"), "r"));
                    g.add(OnnxNode.of("d", "Relu", List.of("r"), "y"));
                }, "depends on its own output"),
                raw("two makers", g -> {
                    g.add(OnnxNode.of("a", "Relu", List.of("x"), "y"));
                    g.add(OnnxNode.of("b", "Neg", List.of("x"), "y"));
                }, "node 'b' (Neg): makes the value 'y', which exists already"),
                raw("makes the input", g -> g.add(OnnxNode.of("a", "Relu", List.of("x"), "x")), "'x', which exists"),
                raw("one node makes a value twice", g -> g.add(new OnnxNode("a", "TopK", "", List.of("x"),
                        List.of("y", "y"), List.of())), "exists already"),
                raw("two constants of one name", g -> {
                    g.constant(OnnxTensor.floats("w", List.of(), 1));
                    g.constant(OnnxTensor.floats("w", List.of(), 2));
                }, "two initializers are called 'w'"),
                raw("output that nothing makes", g -> { }, "nothing makes the output 'y'"),
                raw("output that is a constant", g -> g.constant(OnnxTensor.floats("y", List.of(), 1)),
                        "output 'y' is not computed"),
                raw("second output of one", g -> g.add(new OnnxNode("a", "Relu", "", List.of("x"), List.of("z", "y"),
                        List.of())), "node 'a' (Relu): its output 'y' is not supported"),
                raw("second output of a constant", g -> {
                    g.add(new OnnxNode("a", "Constant", "", List.of(), List.of("", "c"),
                            List.of(OnnxAttribute.of("value_float", 1f))));
                    g.add(OnnxNode.of("b", "Add", List.of("x", "c"), "y"));
                }, "node 'a' (Constant): its output 'c' is not supported"),
                raw("node without outputs", g -> {
                    g.add(new OnnxNode("a", "Relu", "", List.of("x"), List.of(), List.of()));
                    g.add(OnnxNode.of("b", "Erf", List.of("x"), "y"));
                }, "node 'b' (Erf)"),
                raw("unnamed node", g -> g.add(OnnxNode.of("", "Erf", List.of("x"), "y")),
                        "the node that makes 'y' (Erf): operator Erf is not supported; supported: Add, ArgMax,"),
                raw("hidden characters in a name", g -> g.add(OnnxNode.of("a\n\u202Eb", "Erf", List.of("x"), "y")),
                        "node 'a??b' (Erf)"),
                // Operators.
                standard("unknown operator", g -> g.node("Einsum", List.of("x")), "operator Einsum is not supported"),
                standard("unknown domain", g -> g.node("com.microsoft", "Gelu", List.of("x")),
                        "operator Gelu of the operator set 'com.microsoft' is not supported"),
                standard("standard operator in another domain", g -> g.node("evil", "Relu", List.of("x")),
                        "operator Relu of the operator set 'evil'"),
                standard("QCDQ", g -> g.node("QuantizeLinear", List.of("x", g.scalar(1))), "export as QONNX"),
                standard("loop", g -> g.node("Loop", List.of("x")), "control flow"),
                standard("graph in a node", g -> g.node("Relu", List.of("x"),
                        new OnnxAttribute.Other("body", "graph")), "control flow"),
                standard("missing input", g -> g.node("Add", List.of("x")), "lacks input 1"),
                standard("empty input", g -> g.node("Add", List.of("x", "")), "lacks input 1"),
                standard("too many inputs", g -> g.node("Relu", List.of("x", "x")), "has 2 inputs, at most 1"),
                standard("attribute of the wrong kind", g -> g.node("Flatten", List.of("x"),
                        OnnxAttribute.of("axis", "1")), "attribute 'axis' is not a integer"),
                standard("axis out of range", g -> g.node("Flatten", List.of("x"), OnnxAttribute.of("axis", 7)),
                        "axis 7 is not an axis of a tensor of shape [1, 4]"),
                standard("training batch-norm", g -> g.node("BatchNormalization", List.of("x", ones(g), ones(g),
                        ones(g), ones(g)), OnnxAttribute.of("training_mode", 1)), "training mode"),
                // Shapes.
                standard("sizes that clash", g -> g.node("Add", List.of("x", g.floats(List.of(3), 1, 2, 3))),
                        "shapes [1, 4] and [3] do not go together"),
                standard("product that clashes", g -> g.node("MatMul", List.of("x", g.floats(List.of(2, 2),
                        1, 2, 3, 4))), "cannot be multiplied: 4 columns, 2 rows"),
                standard("channels that clash", g -> g.node("BatchNormalization", List.of("x",
                        g.floats(List.of(3), 1, 1, 1), g.floats(List.of(3), 1, 1, 1), g.floats(List.of(3), 1, 1, 1),
                        g.floats(List.of(3), 1, 1, 1))), "3 channels, its input has shape [1, 4]"),
                standard("reshape of another size", g -> g.node("Reshape", List.of("x", g.longs(3))),
                        "shape [1, 4] cannot become [3]"),
                standard("reshape to 2^40", g -> g.node("Reshape", List.of("x", g.longs(1L << 40))), "fixed sizes"),
                standard("reshape that overflows", g -> g.node("Reshape", List.of("x", g.longs(1 << 20, 1 << 20,
                        1 << 20, -1))), "more than 2^31 - 1 elements"),
                standard("reshape to rank 9", g -> g.node("Reshape", List.of("x", g.longs(1, 1, 1, 1, 1, 1, 1, 1, 4))),
                        "rank 9"),
                standard("reshape of two open sizes", g -> g.node("Reshape", List.of("x", g.longs(-1, -1))),
                        "fixed sizes"),
                standard("data-dependent shape", g -> g.node("Reshape", List.of("x", "x")),
                        "shape (input 'x') is computed from the model's input; it must be a constant"),
                standard("no permutation", g -> g.node("Transpose", List.of("x"),
                        OnnxAttribute.ints("perm", List.of(0L, 0L))), "not a permutation"),
                standard("squeeze of 4", g -> g.node("Squeeze", List.of("x", g.longs(1))), "whose size is not 1"),
                standard("unsqueeze twice", g -> g.node("Unsqueeze", List.of("x", g.longs(0, 0))), "adds axis 0"),
                standard("gather of data", g -> g.node("Gather", List.of("x", g.longs(0))), "depends on the model's"),
                standard("gather out of range", g -> g.node("Add", List.of("x", g.node("Gather",
                        List.of(g.longs(1, 2), g.longs(2))))), "picks element 2"),
                standard("k of 5 in 4", g -> g.node("TopK", List.of("x", g.longs(5))), "k is 5"),
                standard("a tensor of 2^30 elements", g -> g.node("Add", List.of("x", g.node("ConstantOfShape",
                        List.of(g.longs(1 << 30))))), "at most 67108864 elements"),
                standard("an outer sum of 2^30 elements", g -> {
                    String row = g.node("ConstantOfShape", List.of(g.longs(1, 1 << 15)));
                    String column = g.node("ConstantOfShape", List.of(g.longs(1 << 15, 1)));
                    return g.node("Add", List.of(row, column));
                }, "at most 67108864 elements"),
                standard("a product of constants without end", g -> {
                    String a = g.node("ConstantOfShape", List.of(g.longs(4096, 4096)));
                    String b = g.node("ConstantOfShape", List.of(g.longs(4096, 4096)));
                    return g.node("MatMul", List.of(a, b));
                }, "takes too long"),
                standard("integer division by 0", g -> g.node("Reshape", List.of("x", g.node("Div",
                        List.of(g.longs(4), g.longs(0))))), "divides by 0"),
                standard("cast of data", g -> g.node("Cast", List.of("x"), OnnxAttribute.of("to", 7)),
                        "casts data to INT64"),
                standard("arithmetic on an index", g -> g.node("Add", List.of(g.node("ArgMax", List.of("x")),
                        g.scalar(1))), "computes with the integers"),
                // Numbers.
                standard("NaN weight", g -> g.node("Add", List.of("x", g.scalar(Float.NaN))), "element 0 is NaN"),
                standard("infinite weight", g -> g.node("Mul", List.of("x", g.scalar(Float.NEGATIVE_INFINITY))),
                        "element 0 is -Infinity"),
                standard("NaN in a Constant node", g -> g.node("Add", List.of("x", g.node("Constant", List.of(),
                        OnnxAttribute.of("value_float", Float.NaN)))), "(Constant): is NaN"),
                standard("constants that overflow", g -> g.node("Add", List.of("x", g.node("Div",
                        List.of(g.scalar(1), g.scalar(0))))), "(Div): of constants is Infinity"),
                standard("float64 that is no float32", g -> g.node("Add", List.of("x", g.constant(new OnnxTensor("d",
                        ElementType.DOUBLE, List.of(), ByteString.copyFrom(ByteBuffer
                                .allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1).flip()))))),
                        "float64 values"),
                standard("negative variance", g -> g.node("BatchNormalization", List.of("x", ones(g), ones(g), ones(g),
                        g.floats(List.of(4), 1, 1, -1, 1))), "variance -1.0 of channel 2"),
                standard("infinite epsilon", g -> g.node("BatchNormalization", List.of("x", ones(g), ones(g), ones(g),
                        ones(g)), OnnxAttribute.of("epsilon", Float.POSITIVE_INFINITY)), "must be finite"),
                standard("crossed bounds", g -> g.node("Clip", List.of("x", g.scalar(1), g.scalar(-1))),
                        "the lower must not exceed the upper"),
                // Quantizers.
                quant("scale 0", 0, 0, 4, "scale 0.0 is not a positive"),
                quant("scale -0", -0f, 0, 4, "scale -0.0 is not a positive"),
                quant("negative scale", -1, 0, 4, "scale -1.0 is not a positive"),
                quant("denormal scale", 1e-40f, 0, 4, "is not a positive, finite and normal number"),
                quant("NaN scale", Float.NaN, 0, 4, "is NaN"),
                quant("infinite scale", Float.POSITIVE_INFINITY, 0, 4, "is Infinity"),
                quant("0 bits", 1, 0, 0, "bit width 0.0 is not an integer from 1 to 32"),
                quant("-4 bits", 1, 0, -4, "bit width -4.0"),
                quant("2.5 bits", 1, 0, 2.5f, "bit width 2.5 is not an integer"),
                quant("33 bits", 1, 0, 33, "bit width 33.0"),
                quant("1e30 bits", 1, 0, 1e30f, "E30 is not an integer"),
                quant("1 signed bit", 1, 0, 1, "use BipolarQuant"),
                quant("fractional zero point", 1, 0.5f, 4, "zero point 0.5 is not an integer"),
                quant("zero point beyond the range", 1, 9, 4, "zero point 9.0 is not an integer from -8 to 7"),
                standard("unknown rounding", g -> g.node(QONNX, "Quant", List.of("x", g.scalar(1), g.scalar(0),
                        g.scalar(4)), OnnxAttribute.of("rounding_mode", "STOCHASTIC")),
                        "rounding mode 'STOCHASTIC' is unknown; ROUND, CEIL"),
                standard("scale that depends on data", g -> g.node(QONNX, "Quant", List.of("x", "x", g.scalar(0),
                        g.scalar(4))), "scale (input 'x') is computed from the model's input"),
                standard("scale of the wrong shape", g -> g.node(QONNX, "Quant", List.of("x",
                        g.floats(List.of(3), 1, 1, 1), g.scalar(0), g.scalar(4))), "do not go together"),
                standard("scale that would widen the data", g -> g.node(QONNX, "BipolarQuant", List.of("x",
                        g.floats(List.of(3, 1), 1, 1, 1))), "does not broadcast"),
                standard("two bit widths", g -> g.node(QONNX, "Quant", List.of("x", g.scalar(1), g.scalar(0),
                        g.floats(List.of(2), 4, 4))), "must be a single number"),
                standard("trunc that adds bits", g -> g.node(QONNX, "Trunc", List.of("x", g.scalar(1), g.scalar(0),
                        g.scalar(4), g.scalar(8))), "drops -4 bits"),
                standard("no such quantizer", g -> g.node(QONNX, "FloatQuant", List.of("x")),
                        "operator FloatQuant of the operator set 'qonnx.custom_op.general'"),
                standard("thresholds that clash", g -> g.node("finn.custom_op.general", "MultiThreshold", List.of("x",
                        g.floats(List.of(3, 1), 1, 1, 1))), "thresholds for 3 channels do not match"));
    }

    private static String ones(OnnxGraphBuilder graph) {
        return graph.floats(List.of(4), 1, 1, 1, 1);
    }

    private static Arguments raw(String name, Consumer<OnnxGraphBuilder> nodes, String message) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        graph.input("x", 1, 4);
        nodes.accept(graph);
        return Arguments.of(name, graph.output("y", 1, 4).model("test", 17), message);
    }

    private static Arguments standard(String name, Function<OnnxGraphBuilder, String> node, String message) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        graph.input("x", 1, 4);
        String last = node.apply(graph);
        String joined = graph.node("Add", List.of("x", last));
        boolean alone = message.contains("MatMul") || message.contains("k is") || name.contains("index");
        return Arguments.of(name, graph.output(alone ? last : joined, 1, 4).model("test", 17), message);
    }

    private static Arguments quant(String name, float scale, float zero, float bits, String message) {
        return standard(name, g -> g.node(QONNX, "Quant", List.of("x", g.scalar(scale), g.scalar(zero),
                g.scalar(bits)), OnnxAttribute.of("signed", 1), OnnxAttribute.of("narrow", 0)), message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedWithFileNodeAndCause(String name, OnnxModel file, String message) {
        assertThatThrownBy(() -> OnnxImporter.of(file, "model.onnx"))
                .isInstanceOf(NetworkException.class)
                .hasMessageStartingWith("model.onnx: ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "\u202E").hasSizeLessThan(700));
    }

    private static OnnxModel withInput(OnnxValue... inputs) {
        OnnxNode relu = OnnxNode.of("r", "Relu", List.of("x"), "y");
        return OnnxModel.of("test", List.of(new OnnxOpset("", 17)), new OnnxGraph("g", List.of(relu), List.of(),
                List.of(inputs), List.of(OnnxValue.of("y", ElementType.FLOAT))));
    }

    private static OnnxValue input(OnnxValue.Dimension... shape) {
        return new OnnxValue("x", Optional.of(ElementType.FLOAT), Optional.of(List.of(shape)));
    }

    private static OnnxValue.Dimension fixed(long size) {
        return new OnnxValue.Dimension.Fixed(size);
    }

    static Stream<Arguments> inputs() {
        OnnxValue.Dimension open = new OnnxValue.Dimension.Symbolic("height");
        return Stream.of(
                Arguments.of(withInput(input(fixed(1), fixed(3), open, fixed(8))),
                        "input 'x': dimension 2 ('height') has no fixed size; only the batch may be dynamic"),
                Arguments.of(withInput(input(open)), "dimension 0 ('height') has no fixed size"),
                Arguments.of(withInput(input(fixed(1), fixed(0))), "has the dimension 0"),
                Arguments.of(withInput(input(fixed(1), fixed(-1))), "has the dimension -1"),
                Arguments.of(withInput(input(fixed(1L << 40))), "has the dimension 1099511627776"),
                Arguments.of(withInput(input(fixed(1 << 16), fixed(1 << 16))), "more than 2^31 - 1 elements"),
                Arguments.of(withInput(new OnnxValue("x", Optional.of(ElementType.FLOAT), Optional.empty())),
                        "input 'x': has no shape"),
                Arguments.of(withInput(new OnnxValue("x", Optional.empty(), Optional.empty())), "not a tensor"),
                Arguments.of(withInput(OnnxValue.of("x", ElementType.FLOAT16, 1, 4)), "export the model in float32"),
                Arguments.of(withInput(OnnxValue.of("x", ElementType.UINT8, 1, 4)), "cast them to float32 first"),
                Arguments.of(withInput(OnnxValue.of("x", ElementType.FLOAT, 1, 4),
                        OnnxValue.of("z", ElementType.FLOAT, 1)), "has 2 inputs ('x', 'z')"),
                Arguments.of(withInput(OnnxValue.of("x", ElementType.FLOAT, 1),
                        OnnxValue.of("x", ElementType.FLOAT, 1)), "two inputs are called 'x'"));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void inputsThatCannotBeTakenAreNamed(OnnxModel file, String message) {
        assertThatThrownBy(() -> OnnxImporter.of(file, "model.onnx"))
                .isInstanceOf(NetworkException.class).hasMessageContaining(message);
    }

    @Test
    void onlyTheBatchMayBeDynamicAndIsTakenAsOne() {
        Model model = OnnxImporter.of(withInput(input(new OnnxValue.Dimension.Symbolic("N"), fixed(4))), "m.onnx");
        assertThat(model.inputShape()).hasToString("[1, 4]");
        assertThat(model.notes()).containsExactly("The batch dimension is taken as 1.");
    }

    @Test
    void operatorSetsThatAreTooOldTooNewOrMissingAreRefused() {
        OnnxGraph graph = withInput(OnnxValue.of("x", ElementType.FLOAT, 1, 4)).graph();
        for (long version : new long[] {-1, 1, 6, 29, 9_999, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> OnnxImporter.of(OnnxModel.of("t", List.of(new OnnxOpset("", version)), graph),
                    "m.onnx")).hasMessageContaining("version " + version + "; versions 7 to 28 are supported");
        }
        assertThatThrownBy(() -> OnnxImporter.of(OnnxModel.of("t", List.of(), graph), "m.onnx"))
                .hasMessageContaining("imports no standard operator set");
    }

    @Test
    void nodesThatTheOutputDoesNotNeedAreNotLookedAt() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", 1, 4);
        graph.node("Einsum", List.of(x));
        graph.scalar(Float.NaN);
        Model model = OnnxImporter.of(graph.output(graph.node("Relu", List.of(x)), 1, 4).model("t", 17), "m.onnx");
        assertThat(model.nodes()).hasSize(1);
    }

    @Test
    void nodesMayStandInAnyOrder() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        graph.input("x", 1, 4);
        graph.add(OnnxNode.of("second", "Neg", List.of("h"), "y"));
        graph.add(OnnxNode.of("first", "Relu", List.of("x"), "h"));
        Model model = OnnxImporter.of(graph.output("y", 1, 4).model("t", 17), "m.onnx");
        assertThat(model.nodes()).extracting(node -> node.name()).containsExactly("first", "second");
    }

    @Test
    void aHundredThousandNodesInARowAreNoProblem() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", 1, 4);
        for (int i = 0; i < 100_000; i++) {
            x = graph.node("Relu", List.of(x));
        }
        assertThat(OnnxImporter.of(graph.output(x, 1, 4).model("t", 17), "m.onnx").nodes()).hasSize(100_000);
    }
}
