package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraph;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxImporter;
import org.bitloom.network.onnx.OnnxModel;
import org.bitloom.network.onnx.OnnxNode;
import org.bitloom.network.onnx.OnnxOpset;
import org.bitloom.network.onnx.OnnxReader;
import org.bitloom.network.onnx.OnnxTensor;
import org.bitloom.network.onnx.OnnxWriter;
import org.bitloom.network.protobuf.FileLimits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A model of every operator, damaged at random: it folds or is refused in one line, and nothing else ever happens. */
class DamagedModelTest {
    private static final String QONNX = OnnxGraphBuilder.QONNX;

    private static OnnxModel good() {
        OnnxGraphBuilder g = new OnnxGraphBuilder();
        String x = g.input("x", 1, 1, 2, 3);
        String batch = g.node("Unsqueeze", List.of(g.node("Gather", List.of(g.node("Shape", List.of(x)),
                g.constant(OnnxTensor.longs("zero", List.of(), 0)))), g.longs(0)));
        x = g.node("Reshape", List.of(x, g.node("Concat", List.of(batch, g.longs(-1)), OnnxAttribute.of("axis", 0))));
        x = g.node("Sub", List.of(g.node("Mul", List.of(x, g.scalar(2))), g.scalar(1)));
        x = g.node(QONNX, "Quant", List.of(x, g.scalar(0.25f), g.scalar(0), g.scalar(3)),
                OnnxAttribute.of("signed", 1), OnnxAttribute.of("narrow", 1),
                OnnxAttribute.of("rounding_mode", "ROUND"));
        String w = g.node(QONNX, "BipolarQuant", List.of(g.floats(List.of(4, 6), weights(24)), g.scalar(1)));
        x = g.node("MatMul", List.of(x, g.node("Transpose", List.of(w), OnnxAttribute.ints("perm", List.of(1L, 0L)))));
        x = g.node("BatchNormalization", List.of(x, g.floats(List.of(4), 1, -2, 0, 3), g.floats(List.of(4), 1, 2, 3, 4),
                g.floats(List.of(4), -1, 0, 1, 2), g.floats(List.of(4), 1, 2, 3, 4)));
        x = g.node("finn.custom_op.general", "MultiThreshold", List.of(g.node("Relu", List.of(x)),
                g.floats(List.of(1, 3), 0, 1, 2)), OnnxAttribute.of("out_scale", 1f));
        x = g.node("Gemm", List.of(x, g.node(QONNX, "IntQuant", List.of(g.floats(List.of(4, 3), weights(12)),
                g.scalar(0.5f), g.scalar(0), g.scalar(4))), g.floats(List.of(3), 1, 2, 3)));
        x = g.node(QONNX, "Trunc", List.of(x, g.scalar(0.5f), g.scalar(0), g.scalar(8), g.scalar(4)));
        x = g.node("Softmax", List.of(g.node("Div", List.of(x, g.node("Pow", List.of(g.scalar(2), g.scalar(0.5f)))))));
        return g.output(g.node("ArgMax", List.of(x), OnnxAttribute.of("axis", 1))).model("good", 17);
    }

    /** Convolutions, pools and branches; channels in front and behind. */
    private static OnnxModel goodImage() {
        OnnxGraphBuilder g = new OnnxGraphBuilder();
        String x = g.input("x", 1, 2, 5, 5);
        x = g.node("Pad", List.of(x, g.longs(0, 0, 1, 0, 0, 0, 0, 1), g.scalar(0)));
        x = g.node("Conv", List.of(x, kernel(g, 4, 2), g.floats(List.of(4), 1, 2, 3, 4)), ints("kernel_shape", 2, 2),
                ints("pads", 0, 0, 1, 1), ints("strides", 1, 1), ints("dilations", 1, 1), OnnxAttribute.of("group", 1));
        x = g.node("BatchNormalization", List.of(x, g.floats(List.of(4), 1, -2, 1, 3), g.floats(List.of(4), 1, 2, 3, 4),
                g.floats(List.of(4), -1, 0, 1, 2), g.floats(List.of(4), 1, 2, 3, 4)));
        x = g.node("MaxPool", List.of(x), ints("kernel_shape", 2, 2), ints("strides", 1, 2));
        x = quant(g, x);
        String side = g.node("Conv", List.of(x, kernel(g, 4, 1)), OnnxAttribute.of("group", 4), ints("pads", 1, 1, 0, 0));
        x = g.node("Add", List.of(x, quant(g, side)));
        g.add(new OnnxNode("cut", "Split", "", List.of(x, g.longs(1, 3)), List.of("left", "right"),
                List.of(OnnxAttribute.of("axis", 1))));
        x = g.node("Concat", List.of("right", "left"), OnnxAttribute.of("axis", 1));
        x = g.node("Slice", List.of(x, g.longs(1), g.longs(4), g.longs(1)));
        x = g.node("Sum", List.of(x, x));
        x = g.node("Transpose", List.of(x), ints("perm", 0, 2, 3, 1));
        x = g.node("qonnx.custom_op.channels_last", "MaxPool", List.of(x), ints("kernel_shape", 2, 1));
        x = g.node("AveragePool", List.of(g.node("Transpose", List.of(x), ints("perm", 0, 3, 1, 2))),
                ints("kernel_shape", 2, 2), OnnxAttribute.of("ceil_mode", 0), OnnxAttribute.of("count_include_pad", 1));
        x = g.node("ReduceMean", List.of(quant(g, x)), ints("axes", 2, 3), OnnxAttribute.of("keepdims", 0));
        return g.output(x).model("good", 17);
    }

    private static String kernel(OnnxGraphBuilder g, int outputs, int inputs) {
        return g.node(QONNX, "Quant", List.of(g.floats(List.of(outputs, inputs, 2, 2), weights(4 * outputs * inputs)),
                g.scalar(0.5f), g.scalar(0), g.scalar(4)));
    }

    private static String quant(OnnxGraphBuilder g, String x) {
        return g.node(QONNX, "Quant", List.of(x, g.scalar(0.25f), g.scalar(0), g.scalar(3)));
    }

    private static OnnxAttribute ints(String name, long... values) {
        return OnnxAttribute.ints(name, LongStream.of(values).boxed().toList());
    }

    private static float[] weights(int count) {
        float[] values = new float[count];
        Random random = new Random(5);
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Folds, or is refused; tells whether it folded. */
    private static boolean survives(byte[] file) {
        try {
            OnnxModel model = OnnxReader.read(file, "bad.onnx", FileLimits.DEFAULT);
            return survives(model);
        } catch (NetworkException e) {
            assertThat(e.getMessage()).startsWith("bad.onnx: ").doesNotContain("\n");
            return false;
        }
    }

    private static boolean survives(OnnxModel model) {
        try {
            NetworkFolder.fold(OnnxImporter.of(model, "bad.onnx"), InputEncoding.PIXELS);
            return true;
        } catch (NetworkException e) {
            assertThat(e.getMessage()).startsWith("bad.onnx: ").doesNotContain("\n");
            return false;
        }
    }

    @Test
    void damagedBytesAreRefusedOrFold() {
        damageBytes(good(), 1, 2_000);
        damageBytes(goodImage(), 1, 2_000);
    }

    @Test
    @Tag("slow")
    void manyDamagedBytesAreRefusedOrFold() {
        damageBytes(good(), 2, 50_000);
        damageBytes(goodImage(), 2, 50_000);
    }

    private static void damageBytes(OnnxModel model, int seed, int trials) {
        byte[] good = OnnxWriter.toBytes(model);
        assertThat(survives(good)).isTrue();
        Random random = new Random(seed);
        for (int trial = 0; trial < trials; trial++) {
            byte[] bad = good.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                int place = random.nextInt(bad.length);
                bad[place] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bad[place] ^ 1 << random.nextInt(8));
            }
            survives(bad);
        }
    }

    /** Nodes that are well formed and make no sense: inputs, types, constants and attributes exchanged. */
    @Test
    void shuffledGraphsAreRefusedOrFold() {
        assertThat(shuffle(good(), 1, 2_000)).isGreaterThan(20);
        assertThat(shuffle(goodImage(), 1, 2_000)).isGreaterThan(20);
    }

    @Test
    @Tag("slow")
    void manyShuffledGraphsAreRefusedOrFold() {
        assertThat(shuffle(good(), 2, 50_000)).isGreaterThan(500);
        assertThat(shuffle(goodImage(), 2, 50_000)).isGreaterThan(500);
    }

    /** How many fold. */
    private static int shuffle(OnnxModel good, int seed, int trials) {
        Random random = new Random(seed);
        int folded = 0;
        for (int trial = 0; trial < trials; trial++) {
            folded += survives(shuffled(good, random)) ? 1 : 0;
        }
        return folded;
    }

    private static OnnxModel shuffled(OnnxModel model, Random random) {
        OnnxGraph graph = model.graph();
        List<OnnxNode> nodes = new ArrayList<>(graph.nodes());
        List<OnnxTensor> tensors = new ArrayList<>(graph.initializers());
        for (int hits = 1 + random.nextInt(2); hits > 0; hits--) {
            int at = random.nextInt(nodes.size());
            OnnxNode node = nodes.get(at);
            OnnxNode other = nodes.get(random.nextInt(nodes.size()));
            nodes.set(at, switch (random.nextInt(5)) {
                case 0 -> new OnnxNode(node.name(), other.opType(), other.domain(), node.inputs(), node.outputs(),
                        node.attributes());
                case 1 -> new OnnxNode(node.name(), node.opType(), node.domain(), other.inputs(), node.outputs(),
                        node.attributes());
                case 2 -> new OnnxNode(node.name(), node.opType(), node.domain(), node.inputs(), node.outputs(),
                        other.attributes());
                case 3 -> {
                    List<String> inputs = new ArrayList<>(node.inputs());
                    Collections.shuffle(inputs, random);
                    yield new OnnxNode(node.name(), node.opType(), node.domain(), inputs, node.outputs(),
                            node.attributes());
                }
                default -> {
                    OnnxTensor a = tensors.get(random.nextInt(tensors.size()));
                    OnnxTensor b = tensors.get(random.nextInt(tensors.size()));
                    tensors.replaceAll(t -> t.name().equals(a.name())
                            ? new OnnxTensor(t.name(), b.type(), b.dimensions(), b.data()) : t);
                    yield node;
                }
            });
        }
        return OnnxModel.of("bad", List.of(new OnnxOpset("", 17)),
                new OnnxGraph("bad", nodes, tensors, graph.inputs(), graph.outputs()));
    }
}
