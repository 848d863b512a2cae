package org.bitloom.network.integer;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.network.Rational;
import org.bitloom.network.Shape;

/** Writes what {@link NetworkReader} reads, name by name in the same order. */
final class NetworkWriter {
    private final JsonGenerator json;

    private NetworkWriter(JsonGenerator json) {
        this.json = json;
    }

    static void write(IntegerNetwork network, Path path) throws IOException {
        try (JsonGenerator json = JsonFactory.builder().build()
                .createGenerator(Files.newOutputStream(path), JsonEncoding.UTF8)) {
            json.setPrettyPrinter(new NetworkLayout());
            new NetworkWriter(json).network(network);
            json.writeRaw("\n");
        }
    }

    private void network(IntegerNetwork network) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", NetworkFile.FORMAT);
        json.writeNumberField("version", NetworkFile.VERSION);
        json.writeStringField("name", network.name());
        shape("inputShape", network.inputShape());
        json.writeStringField("inputType", TypeNames.nameOf(network.inputType()));
        json.writeArrayFieldStart("layers");
        for (Layer layer : network.layers()) {
            layer(layer);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("classifier");
        json.writeStringField("rule", TypeNames.nameOf(network.classifier().rule()));
        json.writeNumberField("classes", network.classifier().classes());
        json.writeEndObject();
        json.writeObjectFieldStart("outputScale");
        rationals("scales", network.outputScale().scales());
        rationals("offsets", network.outputScale().offsets());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void layer(Layer layer) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", layer.name());
        integers("inputs", layer.inputs());
        switch (layer.operation()) {
            case Operation.Dense dense -> {
                json.writeStringField("operation", "dense");
                weights(dense.weights());
                longs("bias", dense.bias());
            }
            case Operation.Convolution convolution -> {
                json.writeStringField("operation", "convolution");
                weights(convolution.weights());
                longs("bias", convolution.bias());
                window(convolution.window());
                padding(convolution.padding());
                json.writeNumberField("groups", convolution.groups());
            }
            case Operation.MaxPool pool -> {
                json.writeStringField("operation", "maxPool");
                window(pool.window());
                padding(pool.padding());
            }
            case Operation.SumPool pool -> {
                json.writeStringField("operation", "sumPool");
                window(pool.window());
                padding(pool.padding());
            }
            case Operation.Add() -> json.writeStringField("operation", "add");
            case Operation.Concat concat -> json.writeStringField("operation", "concat");
            case Operation.Slice slice -> {
                json.writeStringField("operation", "slice");
                json.writeNumberField("first", slice.first());
                json.writeNumberField("channels", slice.channels());
            }
            case Operation.Threshold threshold -> {
                json.writeStringField("operation", "threshold");
                json.writeStringField("outputType", TypeNames.nameOf(threshold.outputType()));
                table(threshold.table());
            }
            case Operation.Requantize requantize -> {
                json.writeStringField("operation", "requantize");
                longs("multipliers", requantize.multipliers());
                longs("offsets", requantize.offsets());
                json.writeNumberField("shift", requantize.shift());
                json.writeStringField("outputType", TypeNames.nameOf(requantize.outputType()));
            }
            case Operation.Offset offset -> {
                json.writeStringField("operation", "offset");
                longs("offsets", offset.offsets());
            }
            case Operation.PositionScale scale -> {
                json.writeStringField("operation", "positionScale");
                integers("rows", scale.rows());
                integers("columns", scale.columns());
            }
            case Operation.ArgMax() -> json.writeStringField("operation", "argMax");
        }
        json.writeEndObject();
    }

    private void weights(Weights weights) throws IOException {
        json.writeObjectFieldStart("weights");
        json.writeStringField("type", weights instanceof Weights.BitMasked masked
                ? masked.pattern().toString()
                : TypeNames.nameOf(weights.type()));
        json.writeNumberField("rows", weights.rows());
        json.writeNumberField("columns", weights.columns());
        json.writeArrayFieldStart("data");
        for (int row = 0; row < weights.rows(); row++) {
            json.writeString(HexRow.encode(weights, row));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void table(ThresholdTable table) throws IOException {
        json.writeNumberField("channels", table.channels());
        json.writeNumberField("count", table.count());
        json.writeArrayFieldStart("thresholds");
        for (int channel = 0; channel < table.channels(); channel++) {
            json.writeStartArray();
            for (int i = 0; i < table.count(); i++) {
                long threshold = table.at(channel, i);
                if (threshold == Long.MIN_VALUE || threshold == Long.MAX_VALUE) {
                    json.writeString(threshold < 0 ? "-inf" : "inf");
                } else {
                    json.writeNumber(threshold);
                }
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("descending");
        for (int channel = 0; channel < table.channels(); channel++) {
            if (table.descending(channel)) {
                json.writeNumber(channel);
            }
        }
        json.writeEndArray();
    }

    private void window(Window window) throws IOException {
        integers("kernel", List.of(window.kernelHeight(), window.kernelWidth()));
        integers("stride", List.of(window.strideHeight(), window.strideWidth()));
        integers("dilation", List.of(window.dilationHeight(), window.dilationWidth()));
    }

    private void padding(Padding padding) throws IOException {
        integers("padding", List.of(padding.top(), padding.left(), padding.bottom(), padding.right()));
        json.writeNumberField("paddingValue", padding.value());
    }

    private void shape(String name, Shape shape) throws IOException {
        integers(name, shape.dimensions());
    }

    private void integers(String name, List<Integer> values) throws IOException {
        longs(name, values.stream().map(Integer::longValue).toList());
    }

    private void longs(String name, List<Long> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (long value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }

    private void rationals(String name, List<Rational> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (Rational value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }
}
