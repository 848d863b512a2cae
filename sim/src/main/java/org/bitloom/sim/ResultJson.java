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

    private static void number(JsonGenerator json, String name, @Nullable Long value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
