package org.bitloom.compression.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.network.Shape;
import org.bitloom.network.data.Images;
import org.bitloom.network.model.Model;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraph;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxImporter;
import org.bitloom.network.onnx.OnnxModel;
import org.bitloom.network.onnx.OnnxOpset;
import org.bitloom.network.onnx.OnnxValue;

/** Three convolutions and a dense layer with random weights, and random images that it classifies. */
final class SmallNetwork {
    static final Shape IMAGE = Shape.of(8, 8, 1);

    private SmallNetwork() {
    }

    static Model model(long seed) {
        Random random = new Random(seed);
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", 1, 1, 8, 8);
        int channels = 1;
        for (int outputs : new int[] {4, 6, 5}) {
            String weights = graph.floats(List.of(outputs, channels, 3, 3), gaussian(random, outputs * channels * 9, 0.4));
            x = graph.node("Relu", List.of(graph.node("Conv", List.of(x, weights),
                    OnnxAttribute.ints("pads", List.of(1L, 1L, 0L, 0L)))));
            channels = outputs;
        }
        int features = 5 * 5 * 5;
        x = graph.node("Gemm", List.of(graph.node("Flatten", List.of(x)), graph.floats(List.of(features, 4),
                gaussian(random, features * 4, 0.2))));
        OnnxGraph whole = graph.graph("small");
        return OnnxImporter.of(OnnxModel.of("test", List.of(new OnnxOpset("", 17)), new OnnxGraph("small", whole.nodes(),
                whole.initializers(), whole.inputs(), List.of(new OnnxValue(x, Optional.empty(),
                        Optional.empty())))), "small.onnx");
    }

    private static float[] gaussian(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    static Images images(int count, long seed) {
        Random random = new Random(seed);
        List<long[]> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(random.ints(IMAGE.size(), 0, 256).asLongStream().toArray());
        }
        return new Images() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public Shape shape() {
                return IMAGE;
            }

            @Override
            public long[] image(int index) {
                return pictures.get(index);
            }
        };
    }

    /** The classes that the network itself gives, as text with one a line. */
    static String labels(FloatClassifier classifier, Images images) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < images.count(); i++) {
            labels.append(classifier.classOf(classifier.evaluator().run(classifier.inputs(images, i, i + 1)), 0)).append('\n');
        }
        return labels.toString();
    }
}
