package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TraceTest {
    /** A trace with one input word and two output words a frame; {@code last} are the cycles of the second ones. */
    private static Trace trace(long... last) {
        long[] inputs = new long[last.length];
        long[] outputs = new long[2 * last.length];
        for (int i = 0; i < last.length; i++) {
            inputs[i] = 3 + i;
            outputs[2 * i] = last[i] - 1;
            outputs[2 * i + 1] = last[i];
        }
        return new Trace(last.length, inputs, outputs, new WordStream(8, new long[outputs.length]));
    }

    @Test
    void latencyCountsFromTheFirstWordInToTheLastWordOutOfTheFirstFrame() {
        assertThat(trace(10, 20).latencyCycles()).isEqualTo(7);
    }

    @Test
    void intervalIsTheDistanceOfTheLastFramesOnceItRepeats() {
        assertThat(trace(10, 15, 25, 35).intervalCycles()).hasValue(10);
        assertThat(trace(10, 20, 30, 40, 51).intervalCycles()).isEmpty();
    }

    @Test
    void threeFramesAreTooFewForAnInterval() {
        assertThat(trace(10, 20, 30).intervalCycles()).isEmpty();
    }

    @Test
    void intervalAndLatencyOfARealDesignAreAsItsCommentSays() {
        RtlDesign design = TestDesigns.frameSum();
        Trace trace = StreamDriver.run(
                design, new StreamModel.FrameSum(), TestDesigns.stimulus(design, 4, 0), Progress.NONE);
        assertThat(trace.intervalCycles()).hasValue(6);
        assertThat(trace.latencyCycles()).isEqualTo(5);
    }

    @Test
    void partsThatDoNotFitTogetherAreRefused() {
        assertThatThrownBy(() -> new Trace(2, new long[3], new long[2], new WordStream(8, new long[2])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
