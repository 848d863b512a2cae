package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerilogLintTest {
    private static final VerilogLint LINT = new VerilogLint();

    @ParameterizedTest
    @ValueSource(strings = {"skid_adder", "rom_lookup", "wide_rotate", "frame_sum"})
    void cleanVerilogGivesNoComplaint(String top) {
        Path folder = TestDesigns.folder();
        List<String> sources = List.of(top + ".v");
        assertThat(LINT.verilator(folder, top, sources)).isEmpty();
        assertThat(LINT.icarus(folder, top, sources)).isEmpty();
        assertThat(LINT.yosys(folder, top, sources, "synth_ice40")).isEmpty();
    }

    @Test
    void eachToolComplainsOfWhatItSees(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("poor.v"), """
                module poor (input wire [3:0] a, output wire [3:0] b, output wire c);
                  wire nothing;
                  wire [3:0] round;
                  assign round = round + a;
                  assign b = round;
                  assign c = nothing;
                  leaf l (.d(a), .e());
                endmodule
                module leaf (input wire [2:0] d, output wire e);
                  assign e = d[0];
                endmodule
                """);
        List<String> sources = List.of("poor.v");
        assertThat(LINT.verilator(folder, "poor", sources)).anyMatch(line -> line.contains("UNDRIVEN"))
                .anyMatch(line -> line.contains("WIDTH"));
        assertThat(LINT.icarus(folder, "poor", sources)).anyMatch(line -> line.contains("Port 1 (d)"));
        assertThat(LINT.yosys(folder, "poor", sources, "synth_ice40"))
                .anyMatch(line -> line.contains("poor.\\c is used but has no driver"))
                .anyMatch(line -> line.contains("found logic loop in module poor: cell"));
    }

    @Test
    void theTestbenchItselfIsClean(@TempDir Path folder) throws IOException {
        RtlDesign design = TestDesigns.skidAdder();
        Files.copy(TestDesigns.folder().resolve("skid_adder.v"), folder.resolve("skid_adder.v"));
        String defines = """
                `define DESIGN skid_adder
                `define INPUT_VALID x_valid
                `define INPUT_READY x_ready
                `define INPUT_DATA x_data
                `define OUTPUT_VALID y_valid
                `define OUTPUT_READY y_ready
                `define OUTPUT_DATA y_data
                `define INPUT_BITS %d
                `define OUTPUT_BITS %d
                """.formatted(design.input().bits(), design.output().bits());
        Files.writeString(folder.resolve("testbench.v"), defines + Resources.text("stream_testbench.v"));
        assertThat(LINT.icarus(folder, "stream_testbench", List.of("testbench.v", "skid_adder.v"))).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsAComplaint(@TempDir Path folder) {
        assertThat(LINT.verilator(folder, "gone", List.of("gone.v"))).isNotEmpty();
        assertThat(LINT.icarus(folder, "gone", List.of("gone.v"))).isNotEmpty();
        assertThat(LINT.yosys(folder, "gone", List.of("gone.v"), "synth_ice40")).isNotEmpty();
    }
}
