package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.integer.NetworkFile;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A float model of two layers, quantized on the command line. */
class QuantizeOptionsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private DigitsFiles digits;
    private Path model;

    @BeforeEach
    void write() {
        digits = DigitsFiles.unpack(folder);
        model = FloatModelFile.write(folder);
    }

    private int run(String verb, Path of, String... more) {
        String[] arguments = new String[2 + more.length];
        arguments[0] = verb;
        arguments[1] = of.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Bitloom.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private void assertRefused(int status, String... said) {
        assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip()).startsWith("bitloom: ").contains(said).doesNotContain("\n");
    }

    @Test
    void aFloatModelBecomesIntegersOfSoManyBits() {
        assertThat(run("inspect", model, "--bits", "4", "--calibrate", digits.images().toString())).isEqualTo(ExitStatus.OK);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("Quantized to weights of 4 bits", "requantize to unsigned 8 bit", "s4",
                "--bits 4 --calibrate " + digits.images());
    }

    @Test
    void aRecipeSaysWhichLayerGetsWhichPattern() throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.yaml"),
                "default: {weights: {bits: 5}}\nlayers: {MatMul_1: {weights: {pattern: X0.0XXX}}}\n");
        assertThat(run("inspect", model, "--recipe", recipe.toString(), "--calibrate", digits.images().toString()))
                .isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("X0.0XXX", "s5");
    }

    @Test
    void theDesignsPageShowsTrainedWeightsOverTheNumbersOfEachFormat() throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.yaml"),
                "default: {weights: {bits: 5}}\nlayers: {MatMul_1: {weights: {pattern: X0.00XX}}}\n");
        Path design = folder.resolve("design");
        assertThat(run("compile", model, "--recipe", recipe.toString(), "--calibrate", digits.images().toString(), "-o",
                design.toString())).as(err.toString()).isEqualTo(ExitStatus.OK);
        String page = Files.readString(design.resolve("report.html"));
        assertThat(page)
                .contains("Quantized by r.yaml; activations calibrated with images of " + digits.images().getFileName(), ">X0.00XX</text>", ">5 bits</text>", "report/weights-MatMul_1.svg",
                        "report/weights-MatMul_3.svg")
                .containsPattern("MatMul_1: 9,408 trained weights \\(with batch normalization\\), quantized to X0\\.00XX"
                        + " \\(6_3_0_1_2_0, overflow: mask\\): 0\\.00 % saturated, [1-9]\\d?\\.\\d\\d % in need of masked bits")
                .containsPattern("MatMul_3: 120 trained weights \\(with batch normalization\\), quantized to 5 bits: \\d\\.\\d\\d % saturated,"
                        + " \\d+\\.\\d\\d % became 0");
        // Seven numbers of the pattern, 31 of 5 bits.
        assertThat(teeth(design, "MatMul_1")).isEqualTo(7);
        assertThat(teeth(design, "MatMul_3")).isEqualTo(31);
    }

    private static int teeth(Path design, String layer) throws IOException {
        String svg = Files.readString(design.resolve("report/weights-" + layer + ".svg"));
        String comb = svg.lines().filter(line -> line.contains("<path ")).findFirst().orElseThrow();
        return (int) comb.chars().filter(c -> c == 'M').count();
    }

    @Test
    void theQuantizedNetworkIsEvaluatedAndItsWeightsAloneToo() {
        String[] data = {"--images", digits.images().toString(), "--labels", digits.labels().toString(), "--frames", "20",
            "--bits", "6"};
        List<String> integers = new ArrayList<>(List.of(data));
        integers.addAll(List.of("--calibrate", digits.images().toString()));
        assertThat(run("evaluate", model, integers.toArray(String[]::new))).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("Quantized to weights of 6 bits", "of 20 images");
        List<String> weights = new ArrayList<>(List.of(data));
        weights.add("--float");
        assertThat(run("evaluate", model, weights.toArray(String[]::new))).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("Evaluated in float32 with quantized weights; activations are not quantized.");
    }

    @Test
    void whatIsToBeDoneWithAFloatModelIsSaid() {
        assertRefused(run("compile", model, "-o", folder.resolve("design").toString()), model.toString(),
                "give --bits or --recipe");
        assertThat(folder.resolve("design")).doesNotExist();
    }

    @Test
    void calibrationNeedsImages() {
        assertRefused(run("inspect", model, "--bits", "4"), "--calibrate F is missing", "IDX", "CIFAR-10 records");
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        assertRefused(run("inspect", model, "--bits", "4", "--recipe", "r.yaml"), "give one of them");
    }

    @Test
    void bitsOutOfRangeAreRefused() {
        assertRefused(run("inspect", model, "--bits", "1"), "--bits 1", "2 to 16");
    }

    @Test
    void imagesAloneAreRefused() {
        assertRefused(run("inspect", model, "--calibrate", digits.images().toString()), "--bits or --recipe");
    }

    @Test
    void aRecipeForAnotherModelIsRefusedWithItsLine() throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.yaml"), "layers:\n  conv1:\n    weights: {bits: 4}\n");
        assertRefused(run("inspect", model, "--recipe", recipe.toString(), "--calibrate", digits.images().toString()),
                recipe + ":2: there is no layer conv1 in the model; its layers are MatMul_1, MatMul_3");
    }

    @Test
    void whatIsQuantizedAlreadyIsRefused() throws IOException {
        assertRefused(run("inspect", digits.model(), "--bits", "4", "--calibrate", digits.images().toString()),
                "quantized already");
        Path saved = folder.resolve("saved.json");
        NetworkFile.save(ModelFile.open(digits.model()).network(), saved);
        err.getBuffer().setLength(0);
        assertRefused(run("inspect", saved, "--bits", "4"), "holds integers already");
    }
}
