package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.cli.Bitloom;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The designs under version control in {@code rtl-out/reference} are what the generator writes today. */
class ReferenceTest {
    private static final String FOLDING = "8x28,8x8,5x8";

    @TempDir
    Path folder;

    @Test
    void digitsIsWhatTheGeneratorWrites() throws Exception {
        Path model = DigitsFiles.unpack(folder).model();
        Path written = folder.resolve("digits");
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        assertThat(Bitloom.run(out, out, "compile", model.toString(), "-o", written.toString(), "--folding", FOLDING))
                .as(said.toString())
                .isZero();
        assertThat(DigitsTest.contents(root().resolve("rtl-out/reference/digits")))
                .as("If the change is meant: ./bitloom compile hdl-gen/training/src/main/resources/org/bitloom/training/"
                        + "digits.onnx -o rtl-out/reference/digits --folding " + FOLDING)
                .isEqualTo(DigitsTest.contents(written));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("rtl-out/reference"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
