package org.bitloom.sim;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
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
     */
    public static void write(SimulationResult result, boolean outputs, JsonGenerator json) throws IOException {
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
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Long value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
