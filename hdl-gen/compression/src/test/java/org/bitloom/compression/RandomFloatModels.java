package org.bitloom.compression;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraphBuilder;

/** Small float models on images as frameworks export them, nothing in them quantized. */
final class RandomFloatModels {
    private final Random random;
    private final OnnxGraphBuilder graph = new OnnxGraphBuilder();

    private record Image(String value, int channels, int height, int width) {
        Image with(String other) {
            return new Image(other, channels, height, width);
        }
    }

    private final boolean bytes;

    /** @param bytes whether the input is 0 to 255, else 0 to 1 */
    RandomFloatModels(long seed, boolean bytes) {
        random = new Random(seed);
        this.bytes = bytes;
    }

    OnnxGraphBuilder model() {
        Image x = new Image("x", between(1, 3), between(4, 7), between(4, 7));
        graph.input("x", 1, x.channels(), x.height(), x.width());
        x = bytes ? preparedBytes(x) : preparedUnits(x);
        for (int steps = between(1, 4); steps > 0; steps--) {
            x = step(x);
        }
        int features = x.channels();
        String vector;
        if (random.nextInt(3) == 0) {
            vector = graph.node("Flatten", List.of(graph.node("GlobalAveragePool", List.of(x.value()))));
        } else {
            features *= x.height() * x.width();
            vector = graph.node("Flatten", List.of(x.value()));
        }
        if (random.nextBoolean()) {
            int hidden = between(2, 6);
            vector = graph.node("Relu", List.of(dense(vector, features, hidden)));
            features = hidden;
        }
        int outputs = between(2, 4);
        return graph.output(dense(vector, features, outputs), 1, outputs);
    }

    /** A mean image or a scale, as Caffe has them. */
    private Image preparedBytes(Image x) {
        return switch (random.nextInt(4)) {
            case 0 -> x.with(graph.node("Sub", List.of("x", mean(x))));
            case 1 -> x.with(graph.node("Mul", List.of(graph.node("Sub", List.of("x", mean(x))), graph.scalar(0.015625f))));
            case 2 -> x.with(graph.node("Mul", List.of("x", graph.scalar(0.00390625f))));
            default -> x;
        };
    }

    /** Mean and deviation of each channel, as PyTorch has them. */
    private Image preparedUnits(Image x) {
        if (random.nextBoolean()) {
            return x;
        }
        List<Integer> perChannel = List.of(1, x.channels(), 1, 1);
        String centred = graph.node("Sub", List.of("x", gaussian(perChannel, 0.45f, 0.02f)));
        return x.with(graph.node("Div", List.of(centred, gaussian(perChannel, 0.25f, 0.01f))));
    }

    private String mean(Image x) {
        float[] mean = new float[x.channels() * x.height() * x.width()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = 90 + 60 * random.nextFloat();
        }
        return graph.floats(List.of(1, x.channels(), x.height(), x.width()), mean);
    }

    private Image step(Image x) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> activated(convolution(x, between(1, 4)));
            case 3 -> x.height() > 2 && x.width() > 2 ? pooled("MaxPool", x) : x;
            case 4 -> x.height() > 2 && x.width() > 2 ? pooled("AveragePool", x) : x;
            case 5 -> {
                Image branch = activation(same(x, x.channels()));
                Image sum = x.with(graph.node(random.nextInt(4) == 0 ? "Sub" : "Add", List.of(x.value(), branch.value())));
                yield activated(sum);
            }
            case 6 -> {
                Image branch = activation(same(x, between(1, 3)));
                yield new Image(graph.node("Concat", List.of(x.value(), branch.value()), OnnxAttribute.of("axis", 1)),
                        x.channels() + branch.channels(), x.height(), x.width());
            }
            default -> normalized(x);
        };
    }

    private Image activated(Image x) {
        Image y = random.nextBoolean() ? normalized(x) : x;
        boolean pooled = random.nextInt(4) == 0 && y.height() > 2 && y.width() > 2;
        return activation(pooled ? pooled("MaxPool", y) : y);
    }

    private Image activation(Image y) {
        return switch (random.nextInt(4)) {
            case 0 -> y;
            case 1 -> y.with(graph.node("Clip", List.of(y.value(), graph.scalar(0), graph.scalar(6))));
            default -> y.with(graph.node("Relu", List.of(y.value())));
        };
    }

    private Image normalized(Image x) {
        int n = x.channels();
        return x.with(graph.node("BatchNormalization", List.of(x.value(), gaussian(List.of(n), 1, 1),
                gaussian(List.of(n), 0, 0.5f), gaussian(List.of(n), 0, 0.5f), uniform(n)),
                OnnxAttribute.of("epsilon", 1e-3f)));
    }

    private Image convolution(Image x, int outputs) {
        int kernel = between(1, Math.min(3, Math.min(x.height(), x.width())));
        int pad = random.nextInt(kernel);
        int stride = between(1, 2);
        return convolution(x, outputs, kernel, pad, stride);
    }

    private Image same(Image x, int outputs) {
        int kernel = random.nextBoolean() && x.height() > 2 && x.width() > 2 ? 3 : 1;
        return convolution(x, outputs, kernel, kernel / 2, 1);
    }

    private Image convolution(Image x, int outputs, int kernel, int pad, int stride) {
        List<String> inputs = new ArrayList<>(List.of(x.value(),
                gaussian(List.of(outputs, x.channels(), kernel, kernel), 0, 0.7f / kernel)));
        if (random.nextBoolean()) {
            inputs.add(gaussian(List.of(outputs), 0, 0.5f));
        }
        String y = graph.node("Conv", inputs, ints("pads", pad, pad, pad, pad), ints("strides", stride, stride));
        return new Image(y, outputs, (x.height() + 2 * pad - kernel) / stride + 1,
                (x.width() + 2 * pad - kernel) / stride + 1);
    }

    private Image pooled(String pool, Image x) {
        int kernel = between(2, 3);
        boolean ceil = random.nextBoolean();
        int height = positions(x.height(), kernel, ceil);
        int width = positions(x.width(), kernel, ceil);
        String y = graph.node(pool, List.of(x.value()), ints("kernel_shape", kernel, kernel), ints("strides", 2, 2),
                OnnxAttribute.of("ceil_mode", ceil ? 1 : 0));
        return new Image(y, x.channels(), height, width);
    }

    private static int positions(int extent, int kernel, boolean ceil) {
        int rounded = (ceil ? Math.ceilDiv(extent - kernel, 2) : (extent - kernel) / 2) + 1;
        // The last window begins within the image.
        return ceil && (rounded - 1) * 2 >= extent ? rounded - 1 : rounded;
    }

    private String dense(String x, int inputs, int outputs) {
        if (random.nextBoolean()) {
            String sums = graph.node("MatMul", List.of(x, gaussian(List.of(inputs, outputs), 0, 0.6f)));
            return graph.node("Add", List.of(sums, gaussian(List.of(outputs), 0, 0.5f)));
        }
        return graph.node("Gemm", List.of(x, gaussian(List.of(outputs, inputs), 0, 0.6f), gaussian(List.of(outputs), 0, 1)),
                OnnxAttribute.of("transB", 1), OnnxAttribute.of("alpha", 0.75f), OnnxAttribute.of("beta", 1.5f));
    }

    private String gaussian(List<Integer> shape, float mean, float size) {
        float[] values = new float[shape.stream().reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = mean + size * (float) random.nextGaussian();
        }
        return graph.floats(shape, values);
    }

    private String uniform(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 0.3f + random.nextFloat();
        }
        return graph.floats(List.of(count), values);
    }

    private static OnnxAttribute ints(String name, long... values) {
        return OnnxAttribute.ints(name, LongStream.of(values).boxed().toList());
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }
}
