package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.accelerator.Folding;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.NetworkFolder;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.onnx.OnnxImporter;
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
        IntegerNetwork network =
                NetworkFolder.fold(OnnxImporter.read(model), InputEncoding.PIXELS);
        Checked design = Checked.compile(network, Folding.parse(FOLDING), folder.resolve("digits"));
        assertThat(DigitsTest.contents(root().resolve("rtl-out/reference/digits")))
                .as("If the change is meant: ./bitloom compile hdl-gen/training/src/main/resources/org/bitloom/training/"
                        + "digits.onnx -o rtl-out/reference/digits --folding " + FOLDING)
                .isEqualTo(DigitsTest.contents(design.design().folder()));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("rtl-out/reference"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
