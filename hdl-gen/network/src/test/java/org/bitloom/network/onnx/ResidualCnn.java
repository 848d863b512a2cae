package org.bitloom.network.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A small residual network for tests, as Brevitas exports one: images of 16 x 16 pixels in 3 channels, 10 scores. A
 * convolution, a residual block whose two sides share one quantizer, a max-pool, a convolution of stride 2, the mean of
 * all pixels, and a dense layer; batch-norms with some negative γ. Weights are random by seed, 4 bits (bipolar in the
 * last convolution); activations have 3 or 4 bits. The same seed gives the same bytes.
 */
public final class ResidualCnn {
    private static final int WIDTH = 8;
    private static final float STEP = 0.25f;

    private final Random random;
    private final OnnxGraphBuilder graph = new OnnxGraphBuilder();

    private ResidualCnn(long seed) {
        random = new Random(seed);
    }

    /** The file's records. */
    public static OnnxModel model(long seed) {
        return new ResidualCnn(seed).build();
    }

    /** The file's bytes. */
    public static byte[] bytes(long seed) {
        return OnnxWriter.toBytes(model(seed));
    }

    /** Writes {@code residual.onnx} into a folder. */
    public static Path write(Path folder, long seed) throws IOException {
        return Files.write(folder.resolve("residual.onnx"), bytes(seed));
    }

    private OnnxModel build() {
        String x = graph.input("image", 1, 3, 16, 16);
        x = convolution(x, 3, WIDTH, 3, 1, 0.35f);
        x = quant("act0", graph.node("Relu", List.of(x)), 4, 0);
        String side = convolution(x, WIDTH, WIDTH, 3, 1, 4);
        side = quant("act1", graph.node("Relu", List.of(side)), 4, 0);
        side = convolution(side, WIDTH, WIDTH, 3, 1, 4);
        x = graph.node("Add", List.of(quant("shared_left", x, 4, 1), quant("shared_right", side, 4, 1)));
        x = quant("act2", graph.node("Relu", List.of(x)), 4, 0);
        x = graph.node("MaxPool", List.of(x), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
        String signs = graph.node(OnnxGraphBuilder.QONNX, "BipolarQuant",
                List.of(gaussian(List.of(2 * WIDTH, WIDTH, 3, 3)), graph.scalar(0.125f)));
        x = normalized(graph.node("Conv", List.of(x, signs), ints("pads", 1, 1, 1, 1), ints("strides", 2, 2)),
                2 * WIDTH, 9 * WIDTH * 0.125f * 0.125f * 4);
        x = quant("act3", graph.node("Relu", List.of(x)), 3, 0);
        x = quant("act4", graph.node("GlobalAveragePool", List.of(x)), 6, 0, STEP / 8);
        x = graph.node("Flatten", List.of(x));
        x = graph.node("Gemm", List.of(x, weights(List.of(10, 2 * WIDTH)), graph.floats(List.of(10), 0.1f, -0.2f, 0.3f,
                0, 0, 0.25f, -0.1f, 0.05f, 0, 0.15f)), OnnxAttribute.of("transB", 1));
        return graph.output(x, 1, 10).model("residual", 17);
    }

    /** Padded by 1, with a batch-norm for inputs of the given mean square. */
    private String convolution(String x, int inputs, int outputs, int size, int stride, float square) {
        String sums = graph.node("Conv", List.of(x, weights(List.of(outputs, inputs, size, size))),
                ints("kernel_shape", size, size), ints("pads", 1, 1, 1, 1), ints("strides", stride, stride));
        return normalized(sums, outputs, inputs * size * size * 0.25f * square);
    }

    private String normalized(String x, int channels, float variance) {
        float[][] parameters = new float[4][channels];
        for (int i = 0; i < channels; i++) {
            parameters[0][i] = (random.nextInt(4) == 0 ? -1 : 1) * (1 + random.nextFloat());
            parameters[1][i] = random.nextFloat();
            parameters[2][i] = (float) (random.nextGaussian() * Math.sqrt(variance) / 4);
            parameters[3][i] = variance * (0.5f + random.nextFloat());
        }
        List<String> inputs = new ArrayList<>(List.of(x));
        for (float[] parameter : parameters) {
            inputs.add(graph.floats(List.of(channels), parameter));
        }
        return graph.node("BatchNormalization", inputs, OnnxAttribute.of("epsilon", 1e-5f));
    }

    private String quant(String name, String x, int bits, int signed) {
        return quant(name, x, bits, signed, STEP);
    }

    private String quant(String name, String x, int bits, int signed, float step) {
        graph.add(OnnxNode.ofDomain(OnnxGraphBuilder.QONNX, name, "Quant",
                List.of(x, graph.scalar(step), graph.scalar(0), graph.scalar(bits)), name + "_out",
                OnnxAttribute.of("signed", signed), OnnxAttribute.of("narrow", 0),
                OnnxAttribute.of("rounding_mode", "ROUND")));
        return name + "_out";
    }

    private String weights(List<Integer> shape) {
        return graph.node(OnnxGraphBuilder.QONNX, "Quant", List.of(gaussian(shape), graph.scalar(0.125f),
                graph.scalar(0), graph.scalar(4)), OnnxAttribute.of("signed", 1), OnnxAttribute.of("narrow", 1),
                OnnxAttribute.of("rounding_mode", "ROUND"));
    }

    private String gaussian(List<Integer> shape) {
        float[] values = new float[shape.stream().reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() / 2;
        }
        return graph.floats(shape, values);
    }

    private static OnnxAttribute ints(String name, long... values) {
        return OnnxAttribute.ints(name, LongStream.of(values).boxed().toList());
    }
}
