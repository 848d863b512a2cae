package org.bitloom.network.integer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bitloom.network.Shape;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxModel;

/**
 * An integer network written as a float model in QONNX, channels in front as PyTorch has them: whatever is folded from
 * it must compute the same integers. The model ends in one vector, channel last; or in the index of an arg-max.
 */
public final class NetworkAsQonnx {
    private final IntegerNetwork network;
    private final OnnxGraphBuilder graph = new OnnxGraphBuilder();
    private final List<String> values = new ArrayList<>();

    private NetworkAsQonnx(IntegerNetwork network) {
        this.network = network;
    }

    /** The file's records; the model takes the network's integers as they are. */
    public static OnnxModel of(IntegerNetwork network) {
        return new NetworkAsQonnx(network).model();
    }

    private OnnxModel model() {
        Shape input = network.inputShape();
        String x = input.rank() == 3 ? graph.input("x", 1, input.channels(), input.height(), input.width())
                : graph.input("x", 1, input.size());
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            List<String> inputs = layer.inputs().stream().map(s -> s == IntegerNetwork.INPUT ? x : values.get(s)).toList();
            values.add(operation(layer.operation(), network.typeOf(layer.inputs().getFirst()).shape(), inputs));
        }
        return graph.output(flat(values.getLast(), network.outputType().shape())).model("network", 17);
    }

    /** Channel last. */
    private String flat(String x, Shape shape) {
        String ordered = shape.rank() == 3 ? graph.node("Transpose", List.of(x), ints("perm", 0, 2, 3, 1)) : x;
        return graph.node("Reshape", List.of(ordered, graph.longs(1, -1)));
    }

    private String operation(Operation operation, Shape shape, List<String> inputs) {
        String x = inputs.getFirst();
        return switch (operation) {
            case Operation.Dense(Weights weights, List<Long> bias) -> dense(weights, bias, shape, x);
            case Operation.Convolution convolution -> convolution(convolution, x);
            case Operation.MaxPool(Window window, Padding p) -> graph.node("MaxPool", List.of(x), sliding(window,
                    ints("pads", p.top(), p.left(), p.bottom(), p.right())));
            case Operation.SumPool(Window window, Padding p) -> graph.node("Mul", List.of(graph.node("AveragePool",
                    List.of(padded(x, p)), sliding(window, ints("pads", 0, 0, 0, 0))), graph.scalar(window.taps())));
            case Operation.Add() -> graph.node("Add", inputs);
            case Operation.Concat c -> graph.node("Concat", inputs, OnnxAttribute.of("axis", 1));
            case Operation.Slice(int first, int channels) -> graph.node("Slice", List.of(x, graph.longs(first),
                    graph.longs(first + channels), graph.longs(1)));
            case Operation.Threshold threshold -> threshold(threshold, shape, x);
            case Operation.Requantize _, Operation.Offset _, Operation.PositionScale _ ->
                throw new IllegalArgumentException("only networks of thresholds are written as QONNX");
            case Operation.ArgMax() -> graph.node("ArgMax", List.of(flat(x, shape)), OnnxAttribute.of("axis", 1));
        };
    }

    /** Flattened with the channels in front, as PyTorch does. */
    private String dense(Weights weights, List<Long> bias, Shape shape, String x) {
        int pixels = shape.size() / shape.channels();
        float[] matrix = new float[weights.rows() * weights.columns()];
        for (int row = 0; row < weights.rows(); row++) {
            for (int i = 0; i < weights.columns(); i++) {
                matrix[row * weights.columns() + i] = weights.at(row, i % pixels * shape.channels() + i / pixels);
            }
        }
        List<String> inputs = new ArrayList<>(List.of(graph.node("Flatten", List.of(x)),
                graph.floats(List.of(weights.rows(), weights.columns()), matrix)));
        addBias(bias, inputs);
        return graph.node("Gemm", inputs, OnnxAttribute.of("transB", 1));
    }

    private void addBias(List<Long> bias, List<String> inputs) {
        if (!bias.isEmpty()) {
            inputs.add(floats(List.of(bias.size()), bias.stream().mapToLong(Long::longValue)));
        }
    }

    private String convolution(Operation.Convolution convolution, String x) {
        Weights weights = convolution.weights();
        Window window = convolution.window();
        int perGroup = convolution.channelsPerGroup();
        LongStream kernel = IntStream.range(0, weights.rows() * weights.columns()).mapToLong(i -> {
            int column = i % weights.columns();
            return weights.at(i / weights.columns(), column % window.taps() * perGroup + column / window.taps());
        });
        List<String> inputs = new ArrayList<>(List.of(padded(x, convolution.padding()),
                floats(List.of(weights.rows(), perGroup, window.kernelHeight(), window.kernelWidth()), kernel)));
        addBias(convolution.bias(), inputs);
        return graph.node("Conv", inputs, sliding(window, OnnxAttribute.of("group", convolution.groups())));
    }

    private String padded(String x, Padding padding) {
        return padding.isEmpty() ? x : graph.node("Pad", List.of(x, graph.longs(0, 0, padding.top(), padding.left(), 0, 0,
                padding.bottom(), padding.right()), graph.scalar(padding.value())));
    }

    private static OnnxAttribute[] sliding(Window window, OnnxAttribute last) {
        return new OnnxAttribute[] {ints("kernel_shape", window.kernelHeight(), window.kernelWidth()),
            ints("strides", window.strideHeight(), window.strideWidth()),
            ints("dilations", window.dilationHeight(), window.dilationWidth()), last};
    }

    /** A descending channel is an ascending one of the negated value. */
    private String threshold(Operation.Threshold threshold, Shape shape, String x) {
        ThresholdTable table = threshold.table();
        int rows = table.channels();
        LongStream thresholds = IntStream.range(0, rows * table.count()).mapToLong(i -> {
            int row = i / table.count();
            long limit = 1 << 24;
            return (table.descending(row) ? -1 : 1) * Math.clamp(table.at(row, i % table.count()), -limit, limit);
        });
        LongStream signs = IntStream.range(0, rows).mapToLong(row -> table.descending(row) ? -1 : 1);
        List<Integer> parameter = shape.rank() == 3 ? List.of(rows, 1, 1) : List.of(rows);
        String rising = graph.node("Mul", List.of(x, floats(parameter, signs)));
        return graph.node("finn.custom_op.general", "MultiThreshold",
                List.of(rising, floats(List.of(rows, table.count()), thresholds)),
                OnnxAttribute.of("out_scale", (float) threshold.outputType().step()),
                OnnxAttribute.of("out_bias", (float) threshold.outputType().min()));
    }

    private String floats(List<Integer> shape, LongStream integers) {
        long[] values = integers.toArray();
        float[] exact = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            exact[i] = values[i];
        }
        return graph.floats(shape, exact);
    }

    private static OnnxAttribute ints(String name, long... values) {
        return OnnxAttribute.ints(name, LongStream.of(values).boxed().toList());
    }
}
