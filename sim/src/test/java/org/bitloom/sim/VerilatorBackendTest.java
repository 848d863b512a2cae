package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerilatorBackendTest {
    @TempDir
    Path folder;

    private RtlDesign lookup(String verilogComment, int offset) throws IOException {
        String verilog = Files.readString(TestDesigns.folder().resolve("rom_lookup.v"));
        Files.writeString(folder.resolve("rom_lookup.v"), verilogComment + verilog);
        StringBuilder memory = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            memory.append("%02x%n".formatted(i + offset));
        }
        Files.writeString(folder.resolve("rom_lookup.mem"), memory);
        RtlDesign original = TestDesigns.romLookup();
        return new RtlDesign(folder, original.top(), original.sources(), original.input(), original.output());
    }

    private static List<String> stages(RtlDesign design, int offset) {
        List<String> stages = new ArrayList<>();
        Stimulus stimulus = TestDesigns.stimulus(design, 2, 0);
        Trace trace = new VerilatorBackend().run(design, stimulus, (stage, _, _) -> stages.add(stage));
        assertThat(trace.outputWords().field(0, 0, 8)).isEqualTo(stimulus.words().field(0, 0, 4) + offset);
        return stages.stream().distinct().toList();
    }

    @Test
    void onlyAChangeOfTheVerilogIsCompiledAgain() throws IOException {
        String first = "// " + System.nanoTime() + "\n";
        assertThat(stages(lookup(first, 3), 3)).contains("compiling the model", "simulating");
        assertThat(stages(lookup(first, 3), 3)).containsExactly("simulating");
        assertThat(stages(lookup(first, 90), 90)).containsExactly("simulating");
        assertThat(stages(lookup(first + "// more\n", 90), 90)).contains("compiling the model");
    }

    @Test
    void wavesAreWrittenWhenAskedForAndChangeNothing() throws IOException {
        RtlDesign design = TestDesigns.frameSum();
        Stimulus stimulus = TestDesigns.stimulus(design, 3, 0.3);
        for (SimulatorBackend backend : List.of(new VerilatorBackend(), new IcarusBackend())) {
            Path vcd = folder.resolve(backend.name() + ".vcd");
            Stimulus watched = new Stimulus(stimulus.words(), 3, 0.3, 7, 50, vcd);
            assertThat(backend.run(design, watched, Progress.NONE))
                    .isEqualTo(backend.run(design, stimulus, Progress.NONE));
            assertThat(Files.readString(vcd)).contains("$var", "sum", "x_data", "$enddefinitions", "#5");
        }
    }
}
