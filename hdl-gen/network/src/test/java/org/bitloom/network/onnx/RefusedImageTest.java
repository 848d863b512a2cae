package org.bitloom.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators on images and branches that cannot be taken: the message names node, cause and sizes. */
class RefusedImageTest {
    /** Continues a graph from a value of shape [1, 2, 3, 3]. */
    private interface Tail extends BiFunction<OnnxGraphBuilder, String, String> {
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                image("convolution of a vector", (g, x) -> g.node("Conv", List.of(g.node("Flatten", List.of(x)),
                        g.floats(List.of(1, 4), 1, 1, 1, 1))),
                        "(Conv): works on shape [1, 18]; only images"),
                image("weights of another rank", (g, x) -> g.node("Conv", List.of(x, ones(g))),
                        "has weights of shape [4] for an input of shape [1, 2, 3, 3]"),
                image("weights for other channels", (g, x) -> g.node("Conv", List.of(x, g.floats(List.of(1, 3, 1, 1),
                        1, 1, 1))), "has weights of shape [1, 3, 1, 1] for an input of shape [1, 2, 3, 3]"),
                image("kernel_shape of other weights", (g, x) -> g.node("Conv", List.of(x, g.floats(List.of(1, 2, 1, 1),
                        1, 1)), ints("kernel_shape", 3, 3)), "has a kernel_shape of [3, 3] but weights of shape"),
                image("groups that do not divide", (g, x) -> g.node("Conv", List.of(x, g.floats(List.of(3, 1, 1, 1),
                        1, 1, 1)), OnnxAttribute.of("group", 2)), "and 2 groups; they must be"),
                image("no groups", (g, x) -> g.node("Conv", List.of(x, g.floats(List.of(1, 2, 1, 1), 1, 1)),
                        OnnxAttribute.of("group", 0)), "has 0 groups"),
                image("a bias of another size", (g, x) -> g.node("Conv", List.of(x, g.floats(List.of(1, 2, 1, 1), 1, 1),
                        ones(g))), "has a bias of shape [4] for 1 output channels"),
                image("kernel larger than the image", (g, x) -> g.node("MaxPool", List.of(x), ints("kernel_shape", 4, 4)),
                        "(MaxPool): has a kernel that covers 4 elements of an axis that has 3 with its padding"),
                image("no kernel", (g, x) -> g.node("MaxPool", List.of(x)), "has no kernel_shape"),
                image("kernel of one axis", (g, x) -> g.node("MaxPool", List.of(x), ints("kernel_shape", 2)),
                        "has 1 kernel_shape for an image; there must be 2"),
                image("stride of 0", (g, x) -> g.node("MaxPool", List.of(x), ints("kernel_shape", 2, 2),
                        ints("strides", 0, 1)), "has a stride of 0; 1 to 65536 are supported"),
                image("endless stride", (g, x) -> g.node("MaxPool", List.of(x), ints("kernel_shape", 2, 2),
                        ints("strides", Long.MAX_VALUE, 1)), "has a stride of 65537; 1 to 65536 are supported"),
                image("negative pads", (g, x) -> g.node("MaxPool", List.of(x), ints("kernel_shape", 2, 2),
                        ints("pads", -1, 0, 0, 0)), "has a padding of -1; 0 to 65536"),
                image("pads of one axis", (g, x) -> g.node("MaxPool", List.of(x), ints("kernel_shape", 2, 2),
                        ints("pads", 1, 0)), "has 2 pads for an image; there must be 4"),
                image("a window in the padding", (g, x) -> g.node("MaxPool", List.of(x), ints("kernel_shape", 2, 2),
                        ints("pads", 2, 0, 0, 0)), "has a window that lies in the padding as a whole"),
                image("an endless image", (g, x) -> g.node("AveragePool", List.of(x), ints("kernel_shape", 1, 1),
                        ints("pads", 65536, 65536, 65536, 65536), OnnxAttribute.of("count_include_pad", 1)),
                        "more than 2^31 - 1 elements"),
                image("unknown auto_pad", (g, x) -> g.node("MaxPool", List.of(x), ints("kernel_shape", 2, 2),
                        OnnxAttribute.of("auto_pad", "ALL")), "has an auto_pad of 'ALL', which is unknown"),
                image("negative padding", (g, x) -> g.node("MaxPool", List.of(x), ints("kernel_shape", 1, 1),
                        ints("strides", 3, 3), OnnxAttribute.of("auto_pad", "SAME_UPPER")),
                        "its padding would be negative; export with explicit pads"),
                image("reflected padding", (g, x) -> g.node("Pad", List.of(x, g.longs(0, 0, 1, 1, 0, 0, 1, 1)),
                        OnnxAttribute.of("mode", "reflect")), "pads in the mode 'reflect'; only constant padding"),
                image("padded channels", (g, x) -> g.node("Pad", List.of(x, g.longs(0, 1, 1, 1, 0, 0, 0, 0))),
                        "only the rows and columns of images can be padded"),
                image("cropping pads", (g, x) -> g.node("Pad", List.of(x, g.longs(0, 0, -1, 0, 0, 0, 0, 0))),
                        "only the rows and columns of images can be padded, and none cut off"),
                image("too few pads", (g, x) -> g.node("Pad", List.of(x, g.longs(1, 1))), "has 2 pads for 4 axes"),
                image("a mean over channels", (g, x) -> g.node("ReduceMean", List.of(x), ints("axes", 1)),
                        "averages shape [1, 2, 3, 3] over the axes [1]; only the mean of all pixels"),
                image("a resized image", (g, x) -> g.node("Resize", List.of(x)), "operator Resize is not supported"),
                image("joined shapes that clash", (g, x) -> g.node("Concat", List.of(x, g.floats(List.of(1, 2, 1, 1),
                        1, 1)), OnnxAttribute.of("axis", 1)), "joins shapes [1, 2, 3, 3] and [1, 2, 1, 1] along axis 1"),
                image("parts that do not make up the whole", (g, x) -> {
                    g.add(new OnnxNode("s", "Split", "", List.of(x, g.longs(1, 2)), List.of("a", "b"),
                            List.of(OnnxAttribute.of("axis", 1))));
                    return g.node("Relu", List.of("a"));
                }, "node 's' (Split): cuts axis 1 of shape [1, 2, 3, 3] into 2 parts of [1, 2]"),
                image("an empty slice", (g, x) -> g.node("Slice", List.of(x, g.longs(2), g.longs(1), g.longs(1))),
                        "cuts nothing out of axis 1"),
                image("every second channel", (g, x) -> g.node("Slice", List.of(x, g.longs(0), g.longs(2), g.longs(1),
                        g.longs(2))), "cuts in steps other than 1"),
                image("channels-last weights of another rank", (g, x) -> g.node(SpatialRules.CHANNELS_LAST_DOMAIN,
                        "Conv", List.of(x, ones(g))), "works on shape [4]; only images"),
                image("unknown channels-last operator", (g, x) -> g.node(SpatialRules.CHANNELS_LAST_DOMAIN, "Pad",
                        List.of(x)), "operator Pad of the operator set 'qonnx.custom_op.channels_last'"));
    }

    private static Arguments image(String name, Tail tail, String message) {
        return Arguments.of(name, tail, message);
    }

    private static OnnxAttribute ints(String name, long... values) {
        return OnnxAttribute.ints(name, LongStream.of(values).boxed().toList());
    }

    private static String ones(OnnxGraphBuilder graph) {
        return graph.floats(List.of(4), 1, 1, 1, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedWithFileNodeAndCause(String name, Tail tail, String message) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        OnnxModel file = graph.output(tail.apply(graph, graph.input("x", 1, 2, 3, 3))).model("test", 17);
        assertThatThrownBy(() -> OnnxImporter.of(file, "model.onnx"))
                .isInstanceOf(NetworkException.class)
                .hasMessageStartingWith("model.onnx: ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(900));
    }
}
