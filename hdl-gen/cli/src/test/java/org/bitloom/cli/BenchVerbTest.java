package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchVerbTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Bitloom.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void writesTheUnitOfTheComparison() {
        assertThat(run("bench", "unit", "64x2x128x4", "-o", folder.resolve("unit").toString())).isEqualTo(ExitStatus.OK);
        assertThat(folder.resolve("unit/Mvu.v")).content().contains("x_payload", "y_ready");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void countsLuts() {
        assertThat(run("bench", "luts", "--simd", "8", "--json")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("\"XNOR-popcount, 8 pairs\"", "\"ICE40\"", "\"Yosys\"");
    }

    @Test
    void countsLutsOfMaskedWeights() {
        assertThat(run("bench", "masks", "--pattern", "X0.XX", "--simd", "1", "--bits", "4")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("4_1_0_0", "synth_ice40", "(+0.0 %)");
        assertThat(run("bench", "masks", "--pattern", "3_0_0", "--simd", "1", "--bits", "2", "--json")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("\"complementWhole\"", "-nodsp");
    }

    @Test
    void holdsEstimatesAgainstYosys() {
        assertThat(run("bench", "cost", "--every", "1", "--only", "join-w8", "--family", "ICE40")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("join-w8", "PASS", "1 of 1 that a device of the family can hold");
        assertThat(run("bench", "cost", "--every", "1", "--only", "join-w8", "--family", "ICE40", "--json"))
                .isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("\"estimate\"", "\"verdict\" : \"PASS\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench cost --every 0", "bench unit tiny -o x", "bench unit 64x3x128x4 -o x", "bench simulate", "bench compile",
            "bench luts --simd 0", "bench masks --simd 0", "bench masks --pattern XY", "bench compile --unit small --runs 0"})
    void aWrongCommandLineIsOneLine(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString().strip()).startsWith("bitloom: ").doesNotContain("\n");
    }
}
