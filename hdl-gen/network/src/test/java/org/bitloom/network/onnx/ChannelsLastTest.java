package org.bitloom.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Tensor;
import org.junit.jupiter.api.Test;

/** QONNX's channels-last operators against the same network with its channels in front. */
class ChannelsLastTest {
    private static final OnnxAttribute TO_LAST = ints("perm", 0, 2, 3, 1);
    private static final Dimensions FIRST = Dimensions.of(1, 3, 5, 6);
    private static final Dimensions LAST = Dimensions.of(1, 5, 6, 3);

    @Test
    void theSameValuesComeOutInTheOtherOrder() {
        float[] weights = random(4 * 3 * 3 * 3);
        float[] ones = {1, 2, 3, 4};
        OnnxGraphBuilder first = new OnnxGraphBuilder();
        String x = first.input("x", 1, 3, 5, 6);
        x = first.node("Conv", List.of(x, first.floats(List.of(4, 3, 3, 3), weights), first.floats(List.of(4), ones)),
                ints("kernel_shape", 3, 3), ints("pads", 1, 0, 2, 1), ints("strides", 2, 1));
        x = first.node("BatchNormalization", normalization(first, x));
        x = first.node("MaxPool", List.of(x), ints("kernel_shape", 2, 2), ints("strides", 1, 2));
        x = first.node("Transpose", List.of(x), TO_LAST);
        Model inFront = OnnxImporter.of(first.output(x).model("test", 17), "first.onnx");

        OnnxGraphBuilder last = new OnnxGraphBuilder();
        String y = last.input("x", 1, 5, 6, 3);
        String w = last.node("Transpose", List.of(last.floats(List.of(4, 3, 3, 3), weights)), TO_LAST);
        y = last.node(SpatialRules.CHANNELS_LAST_DOMAIN, "Conv", List.of(y, w, last.floats(List.of(4), ones)),
                ints("kernel_shape", 3, 3), ints("pads", 1, 0, 2, 1), ints("strides", 2, 1));
        y = last.node(SpatialRules.CHANNELS_LAST_DOMAIN, "BatchNormalization", normalization(last, y));
        y = last.node(SpatialRules.CHANNELS_LAST_DOMAIN, "MaxPool", List.of(y), ints("kernel_shape", 2, 2),
                ints("strides", 1, 2));
        Model behind = OnnxImporter.of(last.output(y).model("test", 17), "last.onnx");

        assertThat(behind.nodes()).extracting(node -> node.name()).contains("Conv_1", "Conv_1_moved");
        float[] image = random(FIRST.size());
        float[] turned = new float[image.length];
        int[] places = FIRST.transposedIndexes(List.of(0, 2, 3, 1));
        for (int i = 0; i < turned.length; i++) {
            turned[i] = image[places[i]];
        }
        Tensor expected = new ModelEvaluator(inFront).run(image);
        Tensor found = new ModelEvaluator(behind).run(turned);
        assertThat(behind.inputShape()).isEqualTo(LAST);
        assertThat(found.shape()).isEqualTo(expected.shape()).hasToString("[1, 2, 2, 4]");
        assertThat(found.toArray()).containsExactly(expected.toArray());
    }

    @Test
    void aBatchNormalizationOfVectorsStaysAsItIs() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.node(SpatialRules.CHANNELS_LAST_DOMAIN, "BatchNormalization",
                normalization(graph, graph.input("x", 1, 4)));
        Model model = OnnxImporter.of(graph.output(x).model("test", 17), "vector.onnx");
        assertThat(model.nodes()).hasSize(1);
    }

    private static List<String> normalization(OnnxGraphBuilder graph, String x) {
        String ones = graph.floats(List.of(4), 1, 2, 3, 4);
        return List.of(x, ones, ones, ones, ones);
    }

    private static OnnxAttribute ints(String name, long... values) {
        return OnnxAttribute.ints(name, LongStream.of(values).boxed().toList());
    }

    private static float[] random(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
