package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.ServedLayer;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.Weights;
import org.jspecify.annotations.Nullable;

/**
 * What {@code inspect} says of one layer.
 *
 * @param weights     the matrix, or null
 * @param accumulator bits of the sums of its matrix-vector unit, or 0
 * @param macs        products of a frame
 * @param block       the blocks that serve it, or the layer that it is part of; null where nothing can
 * @param refusal     why nothing can, or null
 */
record LayerLine(
        String name,
        String operation,
        List<TensorType> inputs,
        TensorType output,
        @Nullable Weights weights,
        int accumulator,
        long macs,
        @Nullable String block,
        @Nullable String refusal) {

    /** What {@link #cells} are. */
    static final List<String> HEADS =
            List.of("layer", "operation", "in", "bits", "out", "bits", "weights", "bits", "sum", "MACs", "block");

    static final String LEGEND = "bits: b bipolar (-1, +1), u unsigned, s signed; sum: bits of the accumulator";

    /** With a folding of the matrix layers, which says what blocks some of them get. */
    static List<LayerLine> of(IntegerNetwork network, List<Folding> foldings) {
        List<LayerLine> lines = new ArrayList<>();
        for (ServedLayer served : ServedLayer.of(network, foldings)) {
            Layer layer = network.layers().get(served.layer());
            TensorType output = network.typeOf(served.layer());
            Weights weights = weights(layer.operation());
            long vectors = layer.operation() instanceof Operation.Convolution
                    ? (long) output.shape().height() * output.shape().width()
                    : 1;
            String block = served.within()
                    .map(of -> "in the unit of " + network.layers().get(of).name())
                    .orElse(served.refusal().isPresent() ? null : block(served.stages()));
            lines.add(new LayerLine(
                    layer.name(),
                    operation(layer.operation()),
                    layer.inputs().stream().map(network::typeOf).toList(),
                    output,
                    weights,
                    accumulator(served.stages()),
                    weights == null ? 0 : vectors * weights.rows() * weights.columns(),
                    block,
                    served.refusal().orElse(null)));
        }
        return lines;
    }

    private static String block(List<Stage> stages) {
        String block = BlockName.of(stages);
        return block.isEmpty() ? "wires" : block;
    }

    private static int accumulator(List<Stage> stages) {
        return stages.stream()
                .mapToInt(stage -> stage instanceof Stage.Matrix matrix ? matrix.config().accumulatorBits() : 0)
                .max()
                .orElse(0);
    }

    List<String> cells() {
        return List.of(
                name,
                operation,
                inputShapes(),
                brief(inputs.getFirst().type()),
                output.shape().toString(),
                brief(output.type()),
                weights == null ? "" : count(weightCount()),
                weightFormat(),
                accumulator == 0 ? "" : String.valueOf(accumulator),
                macs == 0 ? "" : count(macs),
                refusal == null ? String.valueOf(block) : "CANNOT BE MAPPED: " + refusal);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The matrix of a layer that has one, else null. */
    static @Nullable Weights weights(Operation operation) {
        return switch (operation) {
            case Operation.Dense dense -> dense.weights();
            case Operation.Convolution convolution -> convolution.weights();
            default -> null;
        };
    }

    private static String operation(Operation operation) {
        return switch (operation) {
            case Operation.Dense _ -> "dense";
            case Operation.Convolution c -> "convolution " + kernel(c.window())
                    + (c.groups() > 1 ? ", " + c.groups() + " groups" : "");
            case Operation.MaxPool pool -> "max pool " + kernel(pool.window());
            case Operation.SumPool pool -> "sum pool " + kernel(pool.window());
            case Operation.Add _ -> "add";
            case Operation.Concat concat -> "concat of " + concat.inputs();
            case Operation.Slice slice -> "slice from " + slice.first();
            case Operation.Threshold threshold ->
                threshold.table().count() == 1 ? "threshold" : threshold.table().count() + " thresholds";
            case Operation.Requantize requantize -> "requantize to " + requantize.outputType();
            case Operation.Offset _ -> "offset of each element";
            case Operation.PositionScale _ -> "scale by position";
            case Operation.ArgMax _ -> "arg-max";
        };
    }

    private static String kernel(org.bitloom.network.integer.Window window) {
        String size = window.kernelHeight() + "x" + window.kernelWidth();
        boolean strides = window.strideHeight() > 1 || window.strideWidth() > 1;
        return size + (strides ? " / " + window.strideHeight() + "x" + window.strideWidth() : "");
    }

    long weightCount() {
        return weights == null ? 0 : (long) weights.rows() * weights.columns();
    }

    long weightBits() {
        return weightCount() * storedBits();
    }

    /** Bits of a weight as hardware keeps it. */
    private int storedBits() {
        return switch (weights) {
            case null -> 0;
            case Weights.BitMasked masked -> masked.pattern().bits();
            case Weights plain -> plain.type().bits();
        };
    }

    /** The format of the weights: {@code s4}, or a bit pattern; empty where there are none. */
    String weightFormat() {
        return switch (weights) {
            case null -> "";
            case Weights.BitMasked masked -> masked.pattern().toString();
            case Weights plain -> brief(plain.type());
        };
    }

    /** {@code 28x28x1}, of several inputs one after the other. */
    String inputShapes() {
        return inputs.stream().map(type -> type.shape().toString()).collect(Collectors.joining(" + "));
    }

    /** {@code u8}, {@code s3}, or {@code b1} for bipolar. */
    static String brief(ValueType type) {
        return switch (type) {
            case ValueType.Bipolar _ -> "b1";
            case ValueType.Unsigned unsigned -> "u" + unsigned.bits();
            case ValueType.Signed signed -> "s" + signed.bits();
        };
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("operation", operation);
        json.writeArrayFieldStart("inputs");
        for (TensorType input : inputs) {
            write(input, json);
        }
        json.writeEndArray();
        json.writeFieldName("output");
        write(output, json);
        json.writeNumberField("macs", macs);
        json.writeNumberField("weights", weightCount());
        json.writeNumberField("weightBits", weightBits());
        json.writeNumberField("accumulatorBits", accumulator);
        json.writeStringField("block", block);
        json.writeStringField("refusal", refusal);
        json.writeEndObject();
    }

    private static void write(TensorType tensor, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("shape", tensor.shape().toString());
        json.writeStringField("type", tensor.type().toString());
        json.writeNumberField("bits", tensor.type().bits());
        json.writeEndObject();
    }
}
