package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.NetworkFile;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the demo's own network, which the repository holds. */
class EvaluateVerbTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private DigitsFiles digits;

    @BeforeEach
    void unpack() {
        digits = DigitsFiles.unpack(folder);
    }

    private int evaluate(Path model, Path images, Path labels, String... more) {
        String[] arguments = new String[6 + more.length];
        String[] first = {"evaluate", model.toString(), "--images", images.toString(), "--labels", labels.toString()};
        System.arraycopy(first, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return Bitloom.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private void assertRefused(int status, String... said) {
        assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip()).startsWith("bitloom: ").contains(said).doesNotContain("\n");
    }

    @Test
    void tellsTheAccuracyOfTheGoldenModel() {
        assertThat(evaluate(digits.model(), digits.images(), digits.labels())).isEqualTo(ExitStatus.OK);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("digits", "492 of 500 images (98.40 %)");
    }

    @Test
    void aSavedIntegerNetworkScoresAsTheModelItCameFrom() throws IOException {
        IntegerNetwork network = ModelFile.open(digits.model()).network();
        Path saved = folder.resolve("saved.json");
        NetworkFile.save(network, saved);
        assertThat(ModelFile.open(saved).network()).isEqualTo(network);
        assertThat(evaluate(saved, digits.images(), digits.labels(), "--json", "--frames", "100"))
                .isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("\"images\" : 100", "\"correct\" : 9");
    }

    @Test
    void aModelWithoutItsUsualNameIsKnownByItsFirstByte() throws IOException {
        Path renamed = Files.copy(digits.model(), folder.resolve("model"));
        assertThat(ModelFile.open(renamed).network().layers())
                .isEqualTo(ModelFile.open(digits.model()).network().layers());
    }

    @Test
    void whatIsMissingIsNamed() {
        Path missing = folder.resolve("missing.onnx");
        assertRefused(evaluate(missing, digits.images(), digits.labels()), missing.toString(), "no such file");
    }

    @Test
    void aFileOfAnotherKindIsNamedWithTheKindsThatBitloomReads() throws IOException {
        Path text = Files.writeString(folder.resolve("model.txt"), "weights: many");
        assertRefused(evaluate(text, digits.images(), digits.labels()), text.toString(), ".onnx", "BNN-PYNQ");
    }

    @Test
    void aDamagedModelIsReportedAsAModel() throws IOException {
        Path damaged = folder.resolve("damaged.onnx");
        byte[] whole = Files.readAllBytes(digits.model());
        Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(evaluate(damaged, digits.images(), digits.labels()), damaged.toString());
    }

    @Test
    void labelsOfOtherImagesAreRefused() throws IOException {
        Path few = Files.writeString(folder.resolve("few.txt"), "1\n2\n3\n");
        assertRefused(evaluate(digits.model(), digits.images(), few), "3 labels", "500 images");
    }

    @Test
    void noImageAtAllIsRefused() {
        assertRefused(evaluate(digits.model(), digits.images(), digits.labels(), "--frames", "0"), "--frames 0");
    }
}
