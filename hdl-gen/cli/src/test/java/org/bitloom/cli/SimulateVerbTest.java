package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** compile and simulate as a script sees them: what is printed, what is written, which exit status. */
class SimulateVerbTest {
    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private DigitsFiles digits;
    private Path design;

    @BeforeEach
    void unpack() {
        digits = DigitsFiles.unpack(folder);
        design = folder.resolve("rtl-out");
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Bitloom.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private void compile() {
        assertThat(run("compile", digits.model().toString(), "-o", design.toString(), "--folding", "16x56,16x8,10x8"))
                .as(err.toString())
                .isEqualTo(ExitStatus.OK);
    }

    private int simulate(String... more) {
        List<String> arguments = Stream.concat(
                        Stream.of("simulate", design.toString(), "--images", digits.images().toString()), Stream.of(more))
                .toList();
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void theResultIsOneJsonObjectWithTheAgreedNames() {
        compile();
        assertThat(simulate("--frames", "8", "--json")).isEqualTo(ExitStatus.OK);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().strip()).startsWith("{").endsWith("}");
        assertThat(out.toString())
                .contains(
                        "\"frames\" : 8",
                        "\"mismatches\" : 0",
                        "\"intervalCycles\" : 56",
                        "\"predictedIntervalCycles\" : 56",
                        "\"latencyCycles\" : ",
                        "\"predictedLatencyCycles\" : ",
                        "\"outputs\" : ");
    }

    @Test
    void aWrongWeightInTheVerilogIsAMismatchWithItsOwnExitStatus() throws IOException {
        compile();
        Path image;
        try (Stream<Path> files = Files.list(design.resolve("rtl"))) {
            image = files.filter(file -> file.toString().endsWith("_weights.mem")).sorted().findFirst().orElseThrow();
        }
        Files.writeString(image, Files.readString(image).replaceAll("[0-9a-f]", "0"));
        assertThat(simulate("--frames", "3", "--simulator", "icarus", "--json")).isEqualTo(ExitStatus.MISMATCH);
        assertThat(out.toString()).contains("\"firstMismatches\"").doesNotContain("\"mismatches\" : 0");
    }

    @Test
    void perLayerNamesTheFirstLayerThatDiffers() throws IOException {
        compile();
        assertThat(simulate("--frames", "3", "--per-layer")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("3 frames, all 192 values equal").doesNotContain("differs");
        Path image;
        try (Stream<Path> files = Files.list(design.resolve("rtl"))) {
            image = files.filter(file -> file.toString().endsWith("fc2_weights.mem")).findFirst().orElseThrow();
        }
        Files.writeString(image, Files.readString(image).replaceAll("[0-9a-f]", "0"));
        assertThat(simulate("--frames", "3", "--simulator", "icarus", "--per-layer")).isEqualTo(ExitStatus.MISMATCH);
        assertThat(out.toString()).contains("The first layer that differs is sign2: frame 0, (index ");
        assertThat(simulate("--frames", "3", "--simulator", "icarus", "--per-layer", "--json"))
                .isEqualTo(ExitStatus.MISMATCH);
        assertThat(out.toString()).contains("\"firstDifferingLayer\" : \"sign2\"", "\"position\" : [");
    }

    @Test
    void aFolderThatIsNoDesignIsBadInput() {
        design = folder;
        assertThat(simulate()).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains(folder.toString()).doesNotContain("\tat ");
    }

    @Test
    void anUnknownSimulatorIsNamedWithTheKnownOnes() {
        compile();
        assertThat(simulate("--simulator", "modelsim")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains("modelsim", "built-in", "verilator", "icarus");
    }

    @Test
    void aFoldingThatIsNoneLeavesNoFolderBehind() {
        assertThat(run("compile", digits.model().toString(), "-o", design.toString(), "--folding", "16by56"))
                .isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains("16by56").doesNotContain("\tat ");
        assertThat(design).doesNotExist();
    }
}
