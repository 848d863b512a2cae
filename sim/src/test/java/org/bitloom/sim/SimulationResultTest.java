package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.OutputScale;
import org.junit.jupiter.api.Test;

class SimulationResultTest {
    /** Three signed 5-bit values in words of two lanes; what lies in the fourth lane does not count. */
    private static final FrameFormat FORMAT = new FrameFormat(1, 3, ValueType.signed(5), 2);

    private static final WordStream WORDS = new WordStream(10, new long[] {
        0b00010_00001, 0b11111_11110, // 1, 2, -2
        0b10000_01111, 0b00000_00011, // 15, -16, 3
    });

    private static SimulationResult compare(double stall, List<long[]> golden) {
        return compare(stall, golden, 5);
    }

    private static SimulationResult compare(double stall, List<long[]> golden, long latency) {
        Trace trace = new Trace(2, new long[] {0, 1}, new long[] {4, 5, 6, 7}, WORDS);
        Stimulus stimulus = new Stimulus(new WordStream(1, new long[2]), 2, stall, 0, 10, null);
        return SimulationResult.compare(trace, stimulus, FORMAT, golden, 2L, latency);
    }

    @Test
    void valuesAreReadFromTheirLanesAndPaddingIsLeftOut() {
        SimulationResult result = compare(0, List.of(new long[] {1, 2, -2}, new long[] {15, -16, 3}));
        assertThat(result.exact()).isTrue();
        assertThat(result.values()).isEqualTo(6);
        assertThat(result.outputs()).containsExactly(new long[] {1, 2, -2}, new long[] {15, -16, 3});
    }

    @Test
    void everyDifferingValueIsAMismatch() {
        SimulationResult result = compare(0, List.of(new long[] {1, 3, -2}, new long[] {15, 16, 4}));
        assertThat(result.mismatches()).isEqualTo(3);
        assertThat(result.first())
                .extracting(Object::toString)
                .containsExactly("frame 0, output 1: 2 instead of 3", "frame 1, output 1: -16 instead of 16",
                        "frame 1, output 2: 3 instead of 4");
    }

    @Test
    void aLatencyThatIsNotThePredictedOneCountsAlsoWithoutAnInterval() {
        List<long[]> golden = List.of(new long[] {1, 2, -2}, new long[] {15, -16, 3});
        assertThat(compare(0, golden).intervalCycles()).isNull();
        assertThat(compare(0, golden, 5).asPredicted()).isTrue();
        assertThat(compare(0, golden, 6).asPredicted()).isFalse();
        assertThat(compare(0.5, golden, 6).asPredicted()).isTrue();
    }

    @Test
    void goldenOfAnotherSizeIsRefusedNotTruncated() {
        assertThatThrownBy(() -> compare(0, List.of(new long[] {1, 2}, new long[] {15, -16})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> compare(0, List.of(new long[] {1, 2, -2}))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fieldsThatCrossLimbsAreReadWhole() {
        WordStream words = new WordStream(130, new long[] {-1L << 60, 0b1011, 3});
        assertThat(words.field(0, 60, 8)).isEqualTo(0b1011_1111);
        assertThat(words.field(0, 64, 64)).isEqualTo(0b1011);
        assertThat(words.field(0, 127, 3)).isEqualTo(0b110);
    }

    @Test
    void jsonNamesWhatIsNotKnownAsNull() throws IOException {
        SimulationResult result = compare(0, List.of(new long[] {1, 2, -2}, new long[] {15, -16, 4}));
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            ResultJson.write(result, false, OutputScale.NONE, json);
            json.writeEndObject();
        }
        assertThat(text).hasToString("{\"frames\":2,\"values\":6,\"mismatches\":1,\"firstMismatches\":"
                + "[{\"frame\":1,\"index\":2,\"expected\":4,\"actual\":3}],\"intervalCycles\":null,\"latencyCycles\":5,"
                + "\"predictedIntervalCycles\":2,\"predictedLatencyCycles\":5,"
                + "\"outputs\":[[1,2,-2],[15,-16,3]]}");
    }
}
