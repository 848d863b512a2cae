package org.bitloom.sim;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import org.bitloom.network.integer.OutputScale;
import org.jspecify.annotations.Nullable;

/** A {@link SimulationResult} as members of a JSON object; what is not known is null, not absent. */
public final class ResultJson {
    /** Up to so many frames have their outputs written without being asked for. */
    public static final int FRAMES_WITH_OUTPUTS = 100;

    private ResultJson() {}

    /**
     * Writes the members into the object that is open.
     *
     * @param outputs whether to write the output vectors of any number of frames
     * @param scale   what the outputs mean; where they do not mean themselves, {@code scores} are written beside them
     */
    public static void write(SimulationResult result, boolean outputs, OutputScale scale, JsonGenerator json)
            throws IOException {
        json.writeNumberField("frames", result.frames());
        json.writeNumberField("values", result.values());
        json.writeNumberField("mismatches", result.mismatches());
        json.writeArrayFieldStart("firstMismatches");
        for (SimulationResult.Mismatch mismatch : result.first()) {
            json.writeStartObject();
            json.writeNumberField("frame", mismatch.frame());
            json.writeNumberField("index", mismatch.index());
            json.writeNumberField("expected", mismatch.expected());
            json.writeNumberField("actual", mismatch.actual());
            json.writeEndObject();
        }
        json.writeEndArray();
        number(json, "intervalCycles", result.intervalCycles());
        number(json, "latencyCycles", result.latencyCycles());
        number(json, "predictedIntervalCycles", result.predictedIntervalCycles());
        number(json, "predictedLatencyCycles", result.predictedLatencyCycles());
        if (outputs || result.frames() <= FRAMES_WITH_OUTPUTS) {
            json.writeArrayFieldStart("outputs");
            for (long[] frame : result.outputs()) {
                json.writeArray(frame, 0, frame.length);
            }
            json.writeEndArray();
            if (!scale.equals(OutputScale.NONE)) {
                scores(json, result, scale);
            }
        }
    }

    private static void scores(JsonGenerator json, SimulationResult result, OutputScale scale) throws IOException {
        json.writeArrayFieldStart("scores");
        for (long[] frame : result.outputs()) {
            json.writeStartArray();
            for (int i = 0; i < frame.length; i++) {
                json.writeNumber(BigDecimal.valueOf(scale.real(frame[i], i).doubleValue()).stripTrailingZeros().toPlainString());
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** Writes the array {@code layers}; a layer that has no stream of its own has a note and no values. */
    public static void writeLayers(PerLayerResult result, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("layers");
        for (LayerResult layer : result.layers()) {
            json.writeStartObject();
            json.writeStringField("name", layer.name());
            json.writeNumberField("layer", layer.layer());
            json.writeStringField("shape", layer.shape().toString());
            json.writeNumberField("frames", layer.frames());
            json.writeNumberField("values", layer.values());
            json.writeNumberField("absent", layer.absent());
            json.writeNumberField("mismatches", layer.mismatches());
            json.writeFieldName("first");
            mismatch(layer.first(), json);
            json.writeStringField("note", layer.note());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField(
                "firstDifferingLayer", result.firstDiffering().map(LayerResult::name).orElse(null));
    }

    private static void mismatch(LayerResult.@Nullable Mismatch first, JsonGenerator json) throws IOException {
        if (first == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("frame", first.frame());
        json.writeArrayFieldStart("position");
        for (int place : first.position()) {
            json.writeNumber(place);
        }
        json.writeEndArray();
        json.writeNumberField("cycle", first.cycle());
        json.writeNumberField("expected", first.expected());
        number(json, "actual", first.actual());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, @Nullable Long value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
