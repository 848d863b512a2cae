package org.bitloom.compression;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxNode;

/**
 * Small quantized models on images as Brevitas exports them: convolutions, pools, branches that meet, a dense end. Each
 * folds, however the dice fall.
 */
final class RandomImageModels {
    private static final String QONNX = OnnxGraphBuilder.QONNX;
    private static final String[] ROUNDINGS = {"ROUND", "CEIL", "FLOOR", "UP", "DOWN", "HALF_UP", "HALF_DOWN"};

    private final Random random;
    private final OnnxGraphBuilder graph = new OnnxGraphBuilder();
    private final boolean channelsLast;
    private int parts;

    /** A value of the graph; {@code padded} where the number 0 is a level of it, so that it can be padded with. */
    private record Image(String value, int channels, int height, int width, boolean padded) {
        Image with(String other) {
            return new Image(other, channels, height, width, padded);
        }

        Image ofChannels(String other, int count) {
            return new Image(other, count, height, width, padded);
        }
    }

    RandomImageModels(long seed) {
        random = new Random(seed);
        channelsLast = random.nextInt(5) == 0;
    }

    /** Whether the model's input has its channels behind. */
    boolean channelsLast() {
        return channelsLast;
    }

    OnnxGraphBuilder model() {
        Image x = new Image("x", between(1, 4), between(3, 6), between(3, 6), true);
        if (channelsLast) {
            graph.input("x", 1, x.height(), x.width(), x.channels());
            x = x.with(graph.node("Transpose", List.of(x.value()), ints("perm", 0, 3, 1, 2)));
        } else {
            graph.input("x", 1, x.channels(), x.height(), x.width());
        }
        if (random.nextInt(3) == 0) {
            x = activation(line(x));
        }
        for (int steps = between(1, 4); steps > 0; steps--) {
            x = step(x);
        }
        int features = x.channels();
        String vector;
        if (random.nextBoolean()) {
            String mean = random.nextBoolean() ? graph.node("GlobalAveragePool", List.of(x.value()))
                    : graph.node("ReduceMean", List.of(x.value()), ints("axes", 2, 3));
            vector = graph.node("Flatten", List.of(mean));
        } else {
            features *= x.height() * x.width();
            vector = random.nextBoolean() ? graph.node("Flatten", List.of(x.value()))
                    : graph.node("Reshape", List.of(x.value(), graph.longs(1, -1)));
        }
        int outputs = between(1, 4);
        String scores = graph.node("MatMul", List.of(vector, weights(List.of(features, outputs), List.of(1, outputs))));
        return graph.output(scores, 1, outputs);
    }

    private Image step(Image x) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> activation(between(convolution(x)));
            case 3 -> maxPool(x);
            case 4 -> averagePool(x);
            case 5 -> residual(x);
            case 6 -> concat(x);
            default -> shuffled(x);
        };
    }

    /** Whatever stands between a sum and its quantizer. */
    private Image between(Image x) {
        Image y = random.nextBoolean() ? normalization(x) : random.nextBoolean() ? line(x) : x;
        y = random.nextInt(3) == 0 ? maxPool(y) : y;
        return random.nextInt(3) == 0 ? y.with(graph.node("Relu", List.of(y.value()))) : y;
    }

    private Image convolution(Image x) {
        int groups = random.nextInt(3) == 0 ? x.channels() : 1;
        int outputs = groups * between(1, groups == 1 ? 4 : 2);
        int[] kernel = {between(1, Math.min(3, x.height())), between(1, Math.min(3, x.width()))};
        int[] pads = x.padded() && random.nextBoolean()
                ? new int[] {random.nextInt(2), random.nextInt(2), random.nextInt(2), random.nextInt(2)} : new int[4];
        int[] stride = {between(1, 2), between(1, 2)};
        String data = x.value();
        List<OnnxAttribute> attributes = new ArrayList<>(List.of(ints("strides", stride[0], stride[1])));
        if (random.nextInt(4) == 0) {
            data = graph.node("Pad", List.of(data, graph.longs(0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3])));
        } else {
            attributes.add(ints("pads", pads[0], pads[1], pads[2], pads[3]));
        }
        attributes.add(OnnxAttribute.of("group", groups));
        List<Integer> shape = List.of(outputs, x.channels() / groups, kernel[0], kernel[1]);
        List<String> inputs = new ArrayList<>(List.of(data, weights(shape, List.of(outputs, 1, 1, 1))));
        if (random.nextInt(3) == 0) {
            inputs.add(gaussian(List.of(outputs), 3));
        }
        String sums = graph.node("Conv", inputs, attributes.toArray(OnnxAttribute[]::new));
        return new Image(sums, outputs, (x.height() + pads[0] + pads[2] - kernel[0]) / stride[0] + 1,
                (x.width() + pads[1] + pads[3] - kernel[1]) / stride[1] + 1, false);
    }

    private Image maxPool(Image x) {
        int[] kernel = {between(1, Math.min(2, x.height())), between(1, Math.min(2, x.width()))};
        int[] pads = random.nextInt(3) == 0 ? new int[] {kernel[0] - 1, 0, 0, kernel[1] - 1} : new int[4];
        int stride = between(1, 2);
        String maxima = graph.node("MaxPool", List.of(x.value()), ints("kernel_shape", kernel[0], kernel[1]),
                ints("strides", stride, stride), ints("pads", pads[0], pads[1], pads[2], pads[3]));
        return new Image(maxima, x.channels(), (x.height() + pads[0] - kernel[0]) / stride + 1,
                (x.width() + pads[3] - kernel[1]) / stride + 1, x.padded());
    }

    /** Followed by a Trunc or Quant more often than not; the next convolution takes it without as well. */
    private Image averagePool(Image x) {
        int kernel = Math.min(2, Math.min(x.height(), x.width()));
        int pad = x.padded() ? random.nextInt(kernel) : 0;
        String means = graph.node("AveragePool", List.of(x.value()), ints("kernel_shape", kernel, kernel),
                ints("pads", pad, 0, 0, pad), OnnxAttribute.of("count_include_pad", 1));
        Image y = new Image(means, x.channels(), x.height() + pad - kernel + 1, x.width() + pad - kernel + 1, x.padded());
        return switch (random.nextInt(3)) {
            case 0 -> y;
            case 1 -> activation(y);
            default -> {
                String sums = graph.node("Mul", List.of(means, graph.scalar(kernel * kernel)));
                yield y.with(graph.node(QONNX, "Trunc", List.of(sums, graph.scalar(0.25f), graph.scalar(0),
                        graph.scalar(8), graph.scalar(4)),
                        OnnxAttribute.of("rounding_mode", ROUNDINGS[random.nextInt(3)])));
            }
        };
    }

    /** Both sides of the sum have the step of one quantizer, or small multiples of it; one may be turned. */
    private Image residual(Image x) {
        float scale = 0.1f + random.nextFloat();
        Image side = random.nextBoolean() ? pointwise(x) : x;
        Image a = quant(x, scale, 2 + random.nextInt(2), true);
        Image b = quant(normalization(side), random.nextInt(3) == 0 ? 2 * scale : scale, 2 + random.nextInt(2), true);
        String sum = switch (random.nextInt(3)) {
            case 0 -> graph.node("Sub", List.of(a.value(), b.value()));
            case 1 -> graph.node("Sum", List.of(b.value(), a.value()));
            default -> graph.node("Add", List.of(a.value(), b.value()));
        };
        Image y = a.with(sum);
        return random.nextInt(4) == 0 ? y : activation(between(y));
    }

    /** A convolution that keeps the shape. */
    private Image pointwise(Image x) {
        String w = weights(List.of(x.channels(), x.channels(), 1, 1), List.of(x.channels(), 1, 1, 1));
        return x.with(graph.node("Conv", List.of(x.value(), w)));
    }

    private Image concat(Image x) {
        float scale = 0.2f + random.nextFloat();
        Image a = quant(x, scale, 2 + random.nextInt(3), true);
        Image b = random.nextBoolean() ? quant(pointwise(x), scale, 2 + random.nextInt(3), true)
                : a.with(graph.node(QONNX, "BipolarQuant", List.of(x.value(), graph.scalar(scale))));
        String joined = graph.node("Concat", List.of(a.value(), b.value(), a.value()), OnnxAttribute.of("axis", 1));
        return new Image(joined, 3 * x.channels(), x.height(), x.width(), true);
    }

    /** The channels parted, or shuffled, and joined in another order. */
    private Image shuffled(Image x) {
        int half = x.channels() / 2;
        if (half == 0) {
            return x;
        }
        int rest = x.channels() - half;
        if (x.channels() % 2 == 0 && random.nextBoolean()) {
            String cut = graph.node("Reshape", List.of(x.value(), graph.longs(1, 2, half, x.height(), x.width())));
            String turned = graph.node("Transpose", List.of(cut), ints("perm", 0, 2, 1, 3, 4));
            x = x.with(graph.node("Reshape", List.of(turned,
                    graph.longs(1, x.channels(), x.height(), x.width()))));
        }
        String left = "left_" + parts;
        String right = "right_" + parts++;
        graph.add(new OnnxNode(left, "Split", "", List.of(x.value(), graph.longs(half, rest)), List.of(left, right),
                List.of(OnnxAttribute.of("axis", 1))));
        if (random.nextBoolean()) {
            return x.ofChannels(right, rest);
        }
        return x.with(graph.node("Concat", List.of(right, left), OnnxAttribute.of("axis", 1)));
    }

    /** A scale and an offset by channel; falling where the scale is negative. */
    private Image line(Image x) {
        String scaled = graph.node("Mul", List.of(x.value(), gaussian(List.of(x.channels(), 1, 1), 1)));
        return x.with(graph.node("Add", List.of(scaled, gaussian(List.of(1, x.channels(), 1, 1), 2))));
    }

    private Image normalization(Image x) {
        float[] variance = new float[x.channels()];
        for (int i = 0; i < variance.length; i++) {
            variance[i] = random.nextInt(4) == 0 ? 0 : 5 * random.nextFloat();
        }
        return x.with(graph.node("BatchNormalization", List.of(x.value(), gaussian(List.of(x.channels()), 1),
                gaussian(List.of(x.channels()), 1), gaussian(List.of(x.channels()), 3),
                graph.floats(List.of(x.channels()), variance)),
                OnnxAttribute.of("epsilon", random.nextBoolean() ? 0.25f : 1e-5f)));
    }

    private Image activation(Image x) {
        if (random.nextInt(4) == 0) {
            String bits = graph.node(QONNX, "BipolarQuant", List.of(x.value(), graph.scalar(0.5f)));
            return new Image(bits, x.channels(), x.height(), x.width(), false);
        }
        return quant(x, 0.1f + random.nextFloat(), 2 + random.nextInt(3), random.nextBoolean());
    }

    private Image quant(Image x, float scale, int bits, boolean signed) {
        String levels = graph.node(QONNX, "Quant", List.of(x.value(), graph.scalar(scale), graph.scalar(0),
                graph.scalar(bits)), OnnxAttribute.of("signed", signed ? 1 : 0),
                OnnxAttribute.of("narrow", random.nextInt(2)),
                OnnxAttribute.of("rounding_mode", ROUNDINGS[random.nextInt(ROUNDINGS.length)]));
        return new Image(levels, x.channels(), x.height(), x.width(), true);
    }

    private String weights(List<Integer> shape, List<Integer> channelScales) {
        String values = gaussian(shape, 1);
        boolean byChannel = random.nextBoolean();
        int count = byChannel ? channelScales.stream().reduce(1, (a, b) -> a * b) : 1;
        float[] scales = new float[count];
        for (int i = 0; i < count; i++) {
            scales[i] = 0.05f + random.nextFloat();
        }
        String scale = graph.floats(byChannel ? channelScales : List.of(), scales);
        return random.nextInt(3) == 0 ? graph.node(QONNX, "BipolarQuant", List.of(values, scale))
                : graph.node(QONNX, "Quant", List.of(values, scale, graph.scalar(0), graph.scalar(between(2, 5))),
                        OnnxAttribute.of("narrow", random.nextInt(2)));
    }

    private String gaussian(List<Integer> shape, float size) {
        float[] values = new float[shape.stream().reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = size * (float) random.nextGaussian();
        }
        return graph.floats(shape, values);
    }

    static OnnxAttribute ints(String name, long... values) {
        return OnnxAttribute.ints(name, LongStream.of(values).boxed().toList());
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }
}
