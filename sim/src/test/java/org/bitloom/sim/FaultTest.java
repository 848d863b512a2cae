package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broken design ends the run with one message that says what it did, and when. */
class FaultTest {
    private static final List<SimulatorBackend> BACKENDS = List.of(new VerilatorBackend(), new IcarusBackend());

    private static String message(SimulatorBackend backend, RtlDesign design, double stall) {
        Stimulus stimulus = TestDesigns.stimulus(design, 3, stall);
        try {
            return "no fault: " + backend.run(design, stimulus, Progress.NONE);
        } catch (SimulationException e) {
            assertThat(e.log()).isNotNull().exists();
            return e.getMessage().lines().findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "never_ready, 0, 'went 114 cycles without accepting or giving a word, at cycle 117, with 3 of 12 input words"
                + " accepted and 3 of 12 output words given'",
        "withdraws_word, 0.5, 'took back an output word that it had offered and that was not yet accepted'",
        "changes_word, 0.5, 'changed an output word that it had offered and that was not yet accepted'",
        "surplus_word, 0, 'gave an output word after the last one'"
    })
    void everySimulatorReportsTheSameFault(String top, double stall, String deed) {
        RtlDesign design = TestDesigns.bytes(top);
        String verilator = message(new VerilatorBackend(), design, stall);
        assertThat(verilator).startsWith("Module " + top + " ").contains(deed);
        assertThat(message(new IcarusBackend(), design, stall)).isEqualTo(verilator);
    }

    @ParameterizedTest
    @CsvSource({
        "unknown_output, 'y_data ', 'X'",
        "unknown_ready, 'x_ready x', 'x'",
    })
    void anUnknownValueIsAFaultInIcarus(String top, String port, String digit) {
        assertThat(message(new IcarusBackend(), TestDesigns.bytes(top), 0))
                .startsWith("Module " + top + " has an unknown value on " + port)
                .contains(digit);
    }

    @Test
    void registersWithoutResetStartWithOtherBitsForAnotherSeed() {
        RtlDesign design = TestDesigns.bytes("unknown_output");
        Stimulus stimulus = TestDesigns.stimulus(design, 1, 0);
        long differing = java.util.stream.LongStream.range(0, 16)
                .mapToObj(seed -> new VerilatorBackend().run(design,
                        new Stimulus(stimulus.words(), 1, 0, seed, 50, null), Progress.NONE))
                .distinct()
                .count();
        assertThat(differing).isEqualTo(2);
    }

    @Test
    void aMemoryFileThatOnlyTheSimulatorKnowsOfIsMissed() {
        for (SimulatorBackend backend : BACKENDS) {
            assertThat(message(backend, TestDesigns.bytes("missing_memory"), 0))
                    .as(backend.name())
                    .startsWith("A memory file of design missing_memory in ")
                    .contains("cannot be loaded: generate the design again.", "nowhere.mem");
        }
    }

    @Test
    void aMemoryFileThatTheVerilogNamesIsMissedBeforeAnythingRuns(@TempDir Path folder) throws IOException {
        Files.copy(TestDesigns.folder().resolve("rom_lookup.v"), folder.resolve("rom_lookup.v"));
        RtlDesign there = TestDesigns.romLookup();
        RtlDesign design = new RtlDesign(folder, there.top(), there.sources(), there.input(), there.output());
        for (SimulatorBackend backend : BACKENDS) {
            assertThatThrownBy(() -> backend.run(design, TestDesigns.stimulus(design, 1, 0), Progress.NONE))
                    .isInstanceOf(SimulationException.class)
                    .hasMessage("Memory file " + folder.resolve("rom_lookup.mem")
                            + " is missing; it is named in rom_lookup.v. Generate the design again.");
        }
    }

    @Test
    void aMissingSourceFileIsNamed() {
        RtlDesign design = TestDesigns.bytes("no_such_module");
        assertThatThrownBy(() -> new IcarusBackend().run(design, TestDesigns.stimulus(design, 1, 0), Progress.NONE))
                .isInstanceOf(SimulationException.class)
                .hasMessageContaining("no_such_module.v")
                .hasMessageContaining("generate the design again");
    }

    @Test
    void verilogThatDoesNotCompileIsRefusedWithTheToolsFirstError(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("broken.v"), "module broken (input wire clk;\nendmodule\n");
        RtlDesign design = new RtlDesign(folder, "broken", List.of("broken.v"), new StreamPort("x", 8, 4),
                new StreamPort("y", 8, 4));
        for (SimulatorBackend backend : BACKENDS) {
            assertThatThrownBy(() -> backend.run(design, TestDesigns.stimulus(design, 1, 0), Progress.NONE))
                    .as(backend.name())
                    .isInstanceOf(SimulationException.class)
                    .hasMessageContaining("rejects design broken in " + folder)
                    .hasMessageContaining("broken.v:1");
        }
    }

    @Test
    void wordsThatDoNotFitTheDesignAreRefused() {
        Stimulus stimulus = TestDesigns.stimulus(TestDesigns.frameSum(), 2, 0);
        assertThatThrownBy(() -> new IcarusBackend().run(TestDesigns.romLookup(), stimulus, Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
