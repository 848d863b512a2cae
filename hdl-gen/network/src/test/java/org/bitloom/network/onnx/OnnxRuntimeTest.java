package org.bitloom.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The evaluator beside ONNX Runtime: every standard operator alone, and random graphs of many. */
class OnnxRuntimeTest {
    private static final OnnxAttribute LAST = OnnxAttribute.of("axis", -1);

    /** Adds one operator that reads a value of shape [1, 6] (or [2, 3, 4]) and names its output. */
    private interface Case extends BiFunction<OnnxGraphBuilder, String, String> {
    }

    static Stream<Arguments> operators() {
        return Stream.of(
                vector("Add", (g, x) -> g.node("Add", List.of(x, six(g)))),
                vector("Add a scalar", (g, x) -> g.node("Add", List.of(g.scalar(0.3f), x))),
                vector("Sub", (g, x) -> g.node("Sub", List.of(x, six(g)))),
                vector("Sub from", (g, x) -> g.node("Sub", List.of(six(g), x))),
                vector("Mul", (g, x) -> g.node("Mul", List.of(x, six(g)))),
                vector("Div", (g, x) -> g.node("Div", List.of(x, six(g)))),
                vector("Pow", (g, x) -> g.node("Pow", List.of(x, g.scalar(2)))),
                vector("data times data", (g, x) -> g.node("Mul", List.of(x, g.node("Neg", List.of(x))))),
                vector("outer sum", (g, x) -> g.node("Add", List.of(x, g.node("Reshape",
                        List.of(x, g.longs(6, 1)))))),
                vector("Neg", (g, x) -> g.node("Neg", List.of(x))),
                vector("Relu", (g, x) -> g.node("Relu", List.of(x))),
                vector("Sign", (g, x) -> g.node("Sign", List.of(g.node("Relu", List.of(x))))),
                vector("Sqrt", (g, x) -> g.node("Sqrt", List.of(g.node("Mul", List.of(x, x))))),
                vector("Sigmoid", (g, x) -> g.node("Sigmoid", List.of(x))),
                vector("Tanh", (g, x) -> g.node("Tanh", List.of(x))),
                vector("Identity", (g, x) -> g.node("Identity", List.of(x))),
                vector("Dropout", (g, x) -> g.node("Dropout", List.of(x))),
                vector("Clip", (g, x) -> g.node("Clip", List.of(x, g.scalar(-0.5f), g.scalar(0.75f)))),
                vector("Clip above", (g, x) -> g.node("Clip", List.of(x, "", g.scalar(0.25f)))),
                vector("MatMul", (g, x) -> g.node("MatMul", List.of(x, random(g, 6, 5)))),
                cube("MatMul of more axes", (g, x) -> g.node("MatMul", List.of(x, random(g, 4, 5)))),
                vector("Gemm", (g, x) -> g.node("Gemm", List.of(x, random(g, 5, 6), random(g, 5)),
                        OnnxAttribute.of("transB", 1), OnnxAttribute.of("alpha", 0.5f),
                        OnnxAttribute.of("beta", 2f))),
                vector("Gemm without bias", (g, x) -> g.node("Gemm", List.of(x, random(g, 1, 5)),
                        OnnxAttribute.of("transA", 1))),
                vector("BatchNormalization", (g, x) -> normalization(g, x, 6)),
                cube("BatchNormalization of images", (g, x) -> normalization(g, x, 3)),
                cube("Reshape", (g, x) -> g.node("Reshape", List.of(x, g.longs(0, -1)))),
                cube("Reshape to zero axes kept", (g, x) -> g.node("Reshape", List.of(x, g.longs(4, 0, 2)))),
                cube("Flatten", (g, x) -> g.node("Flatten", List.of(x), OnnxAttribute.of("axis", 2))),
                cube("Flatten all", (g, x) -> g.node("Flatten", List.of(x), OnnxAttribute.of("axis", 0))),
                vector("Squeeze", (g, x) -> g.node("Squeeze", List.of(x, g.longs(0)))),
                vector("Squeeze whatever", (g, x) -> g.node("Squeeze", List.of(x))),
                vector("Unsqueeze", (g, x) -> g.node("Unsqueeze", List.of(x, g.longs(-1, 1)))),
                cube("Transpose", (g, x) -> g.node("Transpose", List.of(x),
                        OnnxAttribute.ints("perm", List.of(1L, 2L, 0L)))),
                cube("Transpose backwards", (g, x) -> g.node("Transpose", List.of(x))),
                vector("Softmax", (g, x) -> g.node("Softmax", List.of(x))),
                cube("Softmax of a middle axis", (g, x) -> g.node("Softmax", List.of(x),
                        OnnxAttribute.of("axis", 1))),
                vector("LogSoftmax", (g, x) -> g.node("LogSoftmax", List.of(x), LAST)),
                cube("ArgMax", (g, x) -> g.node("ArgMax", List.of(x), OnnxAttribute.of("axis", 1),
                        OnnxAttribute.of("keepdims", 0))),
                cube("ArgMax of ties", (g, x) -> g.node("ArgMax", List.of(g.node("Sign", List.of(x))), LAST)),
                vector("shape arithmetic", (g, x) -> {
                    String batch = g.node("Gather", List.of(g.node("Shape", List.of(x)), g.longs(0)),
                            OnnxAttribute.of("axis", 0));
                    String shape = g.node("Concat", List.of(batch, g.longs(-1, 2)), OnnxAttribute.of("axis", 0));
                    return g.node("Reshape", List.of(x, shape));
                }),
                vector("a sliced shape", (g, x) -> {
                    String tail = g.node("Slice", List.of(g.node("Shape", List.of(x)), g.longs(-1), g.longs(99)));
                    return g.node("Reshape", List.of(x, g.node("Mul", List.of(tail, g.longs(1)))));
                }),
                vector("a constant of a shape", (g, x) -> g.node("Add", List.of(x, g.node("ConstantOfShape",
                        List.of(g.longs(1, 6)), OnnxAttribute.of("value",
                                OnnxTensor.floats("v", List.of(1), 2.5f)))))),
                vector("a cast constant", (g, x) -> g.node("Add", List.of(x, g.node("Cast", List.of(g.longs(7)),
                        OnnxAttribute.of("to", 1))))));
    }

    private static Arguments vector(String name, Case operator) {
        return Arguments.of(name, new long[] {1, 6}, operator);
    }

    private static Arguments cube(String name, Case operator) {
        return Arguments.of(name, new long[] {2, 3, 4}, operator);
    }

    private static String six(OnnxGraphBuilder graph) {
        return graph.floats(List.of(6), 0.5f, -1.25f, 3, 0.1f, -0.7f, 2);
    }

    private static String random(OnnxGraphBuilder graph, Integer... shape) {
        Random random = new Random(Arrays.hashCode(shape));
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return graph.floats(List.of(shape), values);
    }

    private static String normalization(OnnxGraphBuilder graph, String x, int channels) {
        float[] variance = new float[channels];
        for (int i = 0; i < channels; i++) {
            variance[i] = 0.1f + i;
        }
        return graph.node("BatchNormalization", List.of(x, random(graph, channels), random(graph, channels),
                random(graph, channels), graph.floats(List.of(channels), variance)),
                OnnxAttribute.of("epsilon", 1e-3f));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operators")
    void anOperatorGivesWhatOnnxRuntimeGives(String name, long[] shape, Case operator) throws OrtException {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", shape);
        RuntimeComparison.compare(graph, operator.apply(graph, x), shape, new Random(name.hashCode()));
    }

    @Test
    void randomGraphsGiveWhatOnnxRuntimeGives() throws OrtException {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            OnnxGraphBuilder graph = new OnnxGraphBuilder();
            int width = 1 + random.nextInt(8);
            long[] shape = {1, width};
            String x = graph.input("x", shape);
            for (int depth = 0; depth < 8; depth++) {
                int inputs = width;
                x = switch (random.nextInt(8)) {
                    case 0 -> {
                        width = 1 + random.nextInt(8);
                        yield graph.node("MatMul", List.of(x, random(graph, inputs, width)));
                    }
                    case 1 -> {
                        width = 1 + random.nextInt(8);
                        yield graph.node("Gemm", List.of(x, random(graph, inputs, width), random(graph, width)));
                    }
                    case 2 -> normalization(graph, x, inputs);
                    case 3 -> graph.node("Relu", List.of(x));
                    case 4 -> graph.node("Add", List.of(x, random(graph, 1, inputs)));
                    case 5 -> graph.node("Mul", List.of(x, x));
                    case 6 -> graph.node("Tanh", List.of(x));
                    default -> graph.node("Flatten", List.of(graph.node("Transpose", List.of(graph.node("Unsqueeze",
                            List.of(x, graph.longs(2))))  )), OnnxAttribute.of("axis", 0));
                };
            }
            RuntimeComparison.compare(graph, x, shape, random);
        }
    }

    /** Quant as standard operators: Div, Add, Clip, Round (half to even), Sub, Mul. */
    @Test
    void quantGivesWhatItsStandardOperatorsGiveInOnnxRuntime() throws OrtException {
        for (float scale : new float[] {1, 0.25f, 0.1f}) {
            for (float zero : new float[] {0, 3, -2}) {
                OnnxGraphBuilder ours = new OnnxGraphBuilder();
                String x = ours.input("x", 1, 6);
                String y = ours.node(OnnxGraphBuilder.QONNX, "Quant", List.of(x, ours.scalar(scale), ours.scalar(zero),
                        ours.scalar(4)), OnnxAttribute.of("signed", 1), OnnxAttribute.of("narrow", 1),
                        OnnxAttribute.of("rounding_mode", "ROUND"));
                ModelEvaluator evaluator = new ModelEvaluator(imported(ours.output(y, 1, 6)));

                OnnxGraphBuilder theirs = new OnnxGraphBuilder();
                String v = theirs.node("Div", List.of(theirs.input("x", 1, 6), theirs.scalar(scale)));
                v = theirs.node("Clip", List.of(theirs.node("Add", List.of(v, theirs.scalar(zero))),
                        theirs.scalar(-7), theirs.scalar(7)));
                v = theirs.node("Sub", List.of(theirs.node("Round", List.of(v)), theirs.scalar(zero)));
                v = theirs.node("Mul", List.of(v, theirs.scalar(scale)));
                try (OrtSession session = RuntimeComparison.session(theirs.output(v, 1, 6).model("test", 17))) {
                    for (int trial = 0; trial < RuntimeComparison.TRIALS; trial++) {
                        float[] input = new float[6];
                        for (int i = 0; i < 6; i++) {
                            input[i] = (trial * 6 + i - 60) * scale / 4;
                        }
                        assertThat(evaluator.run(input).toArray())
                                .containsExactly(RuntimeComparison.run(session, input, 1, 6));
                    }
                }
            }
        }
    }

    private static Model imported(OnnxGraphBuilder graph) {
        return OnnxImporter.of(graph.model("test", 17), "test.onnx");
    }
}
