package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bitloom.network.NetworkException;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraph;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxImporter;
import org.bitloom.network.onnx.OnnxLimits;
import org.bitloom.network.onnx.OnnxModel;
import org.bitloom.network.onnx.OnnxNode;
import org.bitloom.network.onnx.OnnxOpset;
import org.bitloom.network.onnx.OnnxReader;
import org.bitloom.network.onnx.OnnxTensor;
import org.bitloom.network.onnx.OnnxWriter;
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
            OnnxModel model = OnnxReader.read(file, "bad.onnx", OnnxLimits.DEFAULT);
            return survives(model);
        } catch (NetworkException e) {
            assertThat(e.getMessage()).startsWith("bad.onnx: ").doesNotContain("\n");
            return false;
        }
    }

    private static boolean survives(OnnxModel model) {
        try {
            Folding.fold(OnnxImporter.of(model, "bad.onnx"), InputEncoding.PIXELS);
            return true;
        } catch (NetworkException e) {
            assertThat(e.getMessage()).startsWith("bad.onnx: ").doesNotContain("\n");
            return false;
        }
    }

    @Test
    void damagedBytesAreRefusedOrFold() {
        damageBytes(1, 2_000);
    }

    @Test
    @Tag("slow")
    void manyDamagedBytesAreRefusedOrFold() {
        damageBytes(2, 50_000);
    }

    private static void damageBytes(int seed, int trials) {
        byte[] good = OnnxWriter.toBytes(good());
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
        assertThat(shuffle(1, 2_000)).isGreaterThan(20);
    }

    @Test
    @Tag("slow")
    void manyShuffledGraphsAreRefusedOrFold() {
        assertThat(shuffle(2, 50_000)).isGreaterThan(500);
    }

    /** How many fold. */
    private static int shuffle(int seed, int trials) {
        OnnxModel good = good();
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
