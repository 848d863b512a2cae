package org.bitloom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxWriter;

/** A float model of two dense layers, 784-12-10, with random weights; for pictures of digits. */
final class FloatModelFile {
    private FloatModelFile() {}

    static Path write(Path folder) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.node("Flatten", List.of(graph.input("x", 1, 1, 28, 28)));
        x = graph.node("Relu", List.of(graph.node("MatMul", List.of(x, random(graph, 784, 12)))));
        x = graph.node("MatMul", List.of(x, random(graph, 12, 10)));
        Path model = folder.resolve("float.onnx");
        OnnxWriter.write(graph.output(x, 1, 10).model("test", 17), model);
        return model;
    }

    private static String random(OnnxGraphBuilder graph, int rows, int columns) {
        Random random = new Random(rows);
        float[] weights = new float[rows * columns];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 0.1f * (float) random.nextGaussian();
        }
        return graph.floats(List.of(rows, columns), weights);
    }
}
