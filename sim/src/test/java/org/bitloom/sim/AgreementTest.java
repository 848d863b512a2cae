package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verilator, Icarus and a model in Java give the same trace of the same stimulus, in every cycle. */
class AgreementTest {
    private static final List<SimulatorBackend> BACKENDS = List.of(new VerilatorBackend(), new IcarusBackend());

    /** A design, its model, and a share of cycles to stall. */
    record Run(RtlDesign design, Supplier<ClockedDesign> model, double stall) {
        @Override
        public String toString() {
            return design.top() + " stalled " + stall;
        }
    }

    static Stream<Run> runs() {
        return Stream.of(0.0, 0.3, 0.9)
                .flatMap(stall -> Stream.of(
                        new Run(TestDesigns.skidAdder(), StreamModel.SkidAdder::new, stall),
                        new Run(TestDesigns.romLookup(), AgreementTest::romLookup, stall),
                        new Run(TestDesigns.wideRotate(), StreamModel.WideRotate::new, stall),
                        new Run(TestDesigns.frameSum(), StreamModel.FrameSum::new, stall)));
    }

    private static ClockedDesign romLookup() {
        return new StreamModel.Slice(8, word -> new long[] {(word[0] * 37 + 11) & 255});
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everySimulatorGivesTheTraceOfTheModel(Run run) {
        Stimulus stimulus = TestDesigns.stimulus(run.design(), 40, run.stall());
        Trace expected = StreamDriver.run(run.design(), run.model().get(), stimulus, Progress.NONE);
        for (SimulatorBackend backend : BACKENDS) {
            assertThat(backend.run(run.design(), stimulus, Progress.NONE)).as(backend.name()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 64, 65, 128})
    void portsOfEveryWidthCarryEveryBit(int bits, @TempDir Path folder) throws IOException {
        RtlDesign design = TestDesigns.slice(Files.createDirectory(folder.resolve("a föld&r")), bits);
        Stimulus stimulus = TestDesigns.stimulus(design, 20, 0.5);
        Trace expected =
                StreamDriver.run(design, new StreamModel.Slice(bits, long[]::clone), stimulus, Progress.NONE);
        assertThat(expected.outputWords()).isEqualTo(stimulus.words());
        for (SimulatorBackend backend : BACKENDS) {
            assertThat(backend.run(design, stimulus, Progress.NONE)).as(backend.name()).isEqualTo(expected);
        }
    }
}
