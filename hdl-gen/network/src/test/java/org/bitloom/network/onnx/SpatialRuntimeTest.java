package org.bitloom.network.onnx;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Images and branches beside ONNX Runtime: each operator over many parameters, and random graphs. */
class SpatialRuntimeTest {
    /** Adds operators that read a value of shape [1, 4, 5, 6] and names the output. */
    private interface Case extends BiFunction<OnnxGraphBuilder, String, String> {
    }

    static Stream<Arguments> operators() {
        return Stream.of(
                image("GlobalAveragePool", 17, (g, x) -> g.node("GlobalAveragePool", List.of(x))),
                image("GlobalMaxPool", 17, (g, x) -> g.node("GlobalMaxPool", List.of(x))),
                image("ReduceMean", 17, (g, x) -> g.node("ReduceMean", List.of(x), ints("axes", 2, 3))),
                image("ReduceMean to vectors", 17, (g, x) -> g.node("ReduceMean", List.of(x), ints("axes", -1, -2),
                        OnnxAttribute.of("keepdims", 0))),
                image("ReduceMean of channels last", 17, (g, x) -> g.node("ReduceMean", List.of(x),
                        ints("axes", 1, 2))),
                image("ReduceMean of channels last to vectors", 17, (g, x) -> g.node("ReduceMean", List.of(x),
                        ints("axes", 1, 2), OnnxAttribute.of("keepdims", 0))),
                image("ReduceMean with an input", 18, (g, x) -> g.node("ReduceMean", List.of(x, g.longs(2, 3)))),
                image("Pad", 17, (g, x) -> g.node("Pad", List.of(x, g.longs(0, 0, 1, 2, 0, 0, 3, 0)))),
                image("Pad with a value", 17, (g, x) -> g.node("Pad", List.of(x, g.longs(0, 0, 1, 2, 0, 0, 3, 0),
                        g.scalar(-1.5f)))),
                image("Pad of channels last", 17, (g, x) -> g.node("Pad", List.of(x,
                        g.longs(0, 1, 2, 0, 0, 3, 0, 0)))),
                image("Pad of some axes", 18, (g, x) -> g.node("Pad", List.of(x, g.longs(1, 2), "", g.longs(-1)))),
                image("Pad by attributes", 10, (g, x) -> g.node("Pad", List.of(x), ints("pads", 0, 0, 1, 2, 0, 0, 3, 0),
                        OnnxAttribute.of("value", 2f))),
                image("Pad of nothing", 17, (g, x) -> g.node("Pad", List.of(x, g.longs(0, 0, 0, 0, 0, 0, 0, 0)))),
                image("Concat", 17, (g, x) -> g.node("Concat", List.of(x, g.node("Relu", List.of(x)), x),
                        OnnxAttribute.of("axis", 1))),
                image("Concat of columns", 17, (g, x) -> g.node("Concat", List.of(x, g.node("Relu", List.of(x))),
                        OnnxAttribute.of("axis", -1))),
                image("Concat with a constant", 17, (g, x) -> g.node("Concat", List.of(x, random(g, 1, 2, 5, 6)),
                        OnnxAttribute.of("axis", 1))),
                image("Concat of one", 17, (g, x) -> g.node("Concat", List.of(x), OnnxAttribute.of("axis", 1))),
                image("Sum", 17, (g, x) -> g.node("Sum", List.of(x, x, g.node("Relu", List.of(x))))),
                image("Sum of one", 17, (g, x) -> g.node("Sum", List.of(x))),
                image("Split", 17, (g, x) -> parts(g, x, 1, g.longs(1, 3))),
                image("Split in halves", 17, (g, x) -> parts(g, x, 3, "")),
                image("Split by an attribute", 11, (g, x) -> {
                    g.add(new OnnxNode("split", "Split", "", List.of(x), List.of("left", "right"),
                            List.of(OnnxAttribute.of("axis", 2), ints("split", 2, 3))));
                    return g.node("Concat", List.of("right", "left"), OnnxAttribute.of("axis", 2));
                }),
                image("Slice", 17, (g, x) -> g.node("Slice", List.of(x, g.longs(1), g.longs(3), g.longs(1)))),
                image("Slice of several axes", 17, (g, x) -> g.node("Slice", List.of(x, g.longs(-3, 0),
                        g.longs(1 << 30, -1), g.longs(3, 2), g.longs(1, 1)))),
                image("Slice from the first axis on", 17, (g, x) -> g.node("Slice", List.of(x, g.longs(0, 2),
                        g.longs(9, 4)))),
                image("Slice by attributes", 9, (g, x) -> g.node("Slice", List.of(x), ints("starts", 1),
                        ints("ends", -1), ints("axes", 1))),
                image("channel shuffle", 17, (g, x) -> g.node("Reshape", List.of(g.node("Transpose", List.of(
                        g.node("Reshape", List.of(x, g.longs(1, 2, 2, 5, 6)))), ints("perm", 0, 2, 1, 3, 4)),
                        g.longs(1, 4, 5, 6)))),
                image("data minus data", 17, (g, x) -> g.node("Sub", List.of(x, g.node("Relu", List.of(x))))),
                image("a residual block", 17, (g, x) -> g.node("Add", List.of(x, g.node("Conv", List.of(x,
                        random(g, 4, 4, 3, 3)), ints("pads", 1, 1, 1, 1))))));
    }

    private static Arguments image(String name, long opset, Case operator) {
        return Arguments.of(name, opset, operator);
    }

    private static OnnxAttribute ints(String name, long... values) {
        return OnnxAttribute.ints(name, LongStream.of(values).boxed().toList());
    }

    private static String parts(OnnxGraphBuilder graph, String x, int axis, String sizes) {
        graph.add(new OnnxNode("split", "Split", "", sizes.isEmpty() ? List.of(x) : List.of(x, sizes),
                List.of("left", "right"), List.of(OnnxAttribute.of("axis", axis))));
        return graph.node("Concat", List.of("right", "left"), OnnxAttribute.of("axis", axis));
    }

    private static String random(OnnxGraphBuilder graph, Integer... shape) {
        Random random = new Random(Arrays.hashCode(shape));
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return graph.floats(List.of(shape), values);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operators")
    void anOperatorGivesWhatOnnxRuntimeGives(String name, long opset, Case operator) throws OrtException {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", 1, 4, 5, 6);
        RuntimeComparison.compare(graph, operator.apply(graph, x), new long[] {1, 4, 5, 6}, new Random(name.hashCode()),
                opset, 5);
    }

    @Test
    void convolutionsAndPoolsOfAnyParametersGiveWhatOnnxRuntimeGives() throws OrtException {
        compareSpatial(0, 250);
    }

    @Test
    @Tag("slow")
    void manyConvolutionsAndPoolsGiveWhatOnnxRuntimeGives() throws OrtException {
        compareSpatial(10_000, 5_000);
    }

    private static void compareSpatial(int first, int count) throws OrtException {
        for (int seed = first; seed < first + count; seed++) {
            Random random = new Random(seed);
            boolean sequence = random.nextInt(6) == 0;
            int groups = 1 + random.nextInt(3);
            int channels = groups * (1 + random.nextInt(2));
            long[] shape = sequence ? new long[] {1, channels, 3 + random.nextInt(7)}
                    : new long[] {1, channels, 3 + random.nextInt(7), 3 + random.nextInt(7)};
            OnnxGraphBuilder graph = new OnnxGraphBuilder();
            String x = graph.input("x", shape);
            RuntimeComparison.compare(graph, spatial(graph, random, x, shape, groups), shape, random, 19, 2);
        }
    }

    /** A convolution or a pool of random attributes, such that a kernel fits and every window meets data. */
    private static String spatial(OnnxGraphBuilder graph, Random random, String x, long[] shape, int groups) {
        int axes = shape.length - 2;
        String kind = List.of("Conv", "MaxPool", "AveragePool").get(random.nextInt(3));
        long[] kernel = new long[axes];
        long[] stride = new long[axes];
        long[] dilation = new long[axes];
        long[] pads = new long[2 * axes];
        for (int axis = 0; axis < axes; axis++) {
            kernel[axis] = 1 + random.nextInt(3);
            stride[axis] = 1 + random.nextInt(3);
            dilation[axis] = kernel[axis] > 2 || random.nextBoolean() ? 1 : 2;
            pads[axis] = random.nextInt((int) kernel[axis]);
            pads[axis + axes] = random.nextInt((int) kernel[axis]);
        }
        List<OnnxAttribute> attributes = new ArrayList<>(List.of(ints("kernel_shape", kernel),
                ints("strides", stride)));
        // With SAME padding ONNX Runtime refuses dilation in convolutions, and in pools leaves it out of the padding.
        int padding = random.nextInt(5);
        if (random.nextBoolean() && padding != 0) {
            attributes.add(ints("dilations", dilation));
        }
        switch (padding) {
            case 0 -> {
                attributes.add(OnnxAttribute.of("auto_pad", random.nextBoolean() ? "SAME_UPPER" : "SAME_LOWER"));
                attributes.set(1, ints("strides", LongStream.range(0, axes)
                        .map(axis -> Math.min(stride[(int) axis], kernel[(int) axis] + 1)).toArray()));
            }
            case 1 -> attributes.add(OnnxAttribute.of("auto_pad", "VALID"));
            case 2 -> { }
            default -> attributes.add(ints("pads", pads));
        }
        if (kind.equals("Conv")) {
            int outputs = groups * (1 + random.nextInt(2));
            Integer[] weights = new Integer[axes + 2];
            weights[0] = outputs;
            weights[1] = (int) shape[1] / groups;
            for (int axis = 0; axis < axes; axis++) {
                weights[axis + 2] = (int) kernel[axis];
            }
            attributes.add(OnnxAttribute.of("group", groups));
            return graph.node(kind, random.nextBoolean() ? List.of(x, random(graph, weights))
                    : List.of(x, random(graph, weights), random(graph, outputs)),
                    attributes.toArray(OnnxAttribute[]::new));
        }
        if (attributes.stream().noneMatch(a -> a.name().equals("auto_pad"))) {
            attributes.add(OnnxAttribute.of("ceil_mode", random.nextInt(2)));
        }
        if (kind.equals("AveragePool")) {
            attributes.add(OnnxAttribute.of("count_include_pad", random.nextInt(2)));
        }
        return graph.node(kind, List.of(x), attributes.toArray(OnnxAttribute[]::new));
    }

    @Test
    void randomBranchingGraphsGiveWhatOnnxRuntimeGives() throws OrtException {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            OnnxGraphBuilder graph = new OnnxGraphBuilder();
            long[] shape = {1, 4, 6, 6};
            String x = graph.input("x", shape);
            String skip = x;
            for (int depth = 0; depth < 8; depth++) {
                String y = x;
                x = switch (random.nextInt(8)) {
                    case 0 -> graph.node("Conv", List.of(y, random(graph, 4, 4, 3, 3)), ints("pads", 1, 1, 1, 1));
                    case 1 -> graph.node("Conv", List.of(y, random(graph, 4, 1, 3, 3)), ints("pads", 1, 1, 1, 1),
                            OnnxAttribute.of("group", 4));
                    case 2 -> graph.node("MaxPool", List.of(y), ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1));
                    case 3 -> graph.node("AveragePool", List.of(y), ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1));
                    case 4 -> graph.node("Add", List.of(y, skip));
                    case 5 -> graph.node("Conv", List.of(graph.node("Concat", List.of(skip, y),
                            OnnxAttribute.of("axis", 1)), random(graph, 4, 8, 1, 1)));
                    case 6 -> graph.node("Tanh", List.of(y));
                    default -> {
                        skip = y;
                        yield graph.node("Relu", List.of(y));
                    }
                };
                if (random.nextBoolean()) {
                    x = graph.node("Tanh", List.of(x));
                }
            }
            x = random.nextBoolean() ? graph.node("GlobalAveragePool", List.of(x)) : x;
            RuntimeComparison.compare(graph, graph.node("Flatten", List.of(x)), shape, random, 17, 3);
        }
    }
}
