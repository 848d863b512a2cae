package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bitloom.compression.NetworkFolder;
import org.bitloom.compression.InputEncoding;
import org.bitloom.network.Shape;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.onnx.OnnxImporter;
import org.bitloom.network.onnx.OnnxWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed network: trained again in full, and evaluated by everything that can. */
class CommittedDigitsTest {
    private static final TrainingPlan PLAN = TrainingPlan.standard();

    @TempDir
    static Path folder;

    private static DigitsFiles files;
    private static DigitSet test;
    private static BinaryNetwork trained;

    @BeforeAll
    static void train() {
        DigitRenderer renderer = new DigitRenderer(Alphabet.standard());
        files = DigitsFiles.unpack(folder);
        test = renderer.render(PLAN.testSeed(), PLAN.testPictures());
        trained = new DigitsTraining(PLAN).network(renderer.render(PLAN.trainSeed(), PLAN.trainPictures()),
                TrainingProgress.silent());
    }

    @Test
    void trainingReproducesTheCommittedBytes() throws IOException {
        DigitSet written = test.first(DigitsTraining.WRITTEN_PICTURES);
        assertThat(OnnxWriter.toBytes(QonnxExport.of(trained))).isEqualTo(Files.readAllBytes(files.model()));
        assertThat(written.imagesAsIdx()).isEqualTo(Files.readAllBytes(files.images()));
        assertThat(written.labelsAsIdx()).isEqualTo(Files.readAllBytes(files.labels()));
    }

    @Test
    void theNetworkClassifies1968Of2000HeldOutPictures() {
        assertThat(trained.correct(test)).isEqualTo(1968);
        assertThat(trained.correct(test.first(DigitsTraining.WRITTEN_PICTURES))).isEqualTo(492);
    }

    @Test
    void theCommittedFileEvaluatedInFloatGivesTheTrainersLogitsForEveryHeldOutPicture() {
        ModelEvaluator evaluator = new ModelEvaluator(OnnxImporter.read(files.model()));
        for (int i = 0; i < test.size(); i++) {
            float[] image = new float[Canvas.PIXELS];
            for (int pixel = 0; pixel < image.length; pixel++) {
                image[pixel] = test.pixel(i, pixel) / 255f;
            }
            Tensor logits = evaluator.run(image);
            int[] scores = trained.scores(test.bits(i));
            for (int c = 0; c < scores.length; c++) {
                assertThat(logits.at(c)).as("picture %d, class %d", i, c).isEqualTo(scores[c] * PLAN.logitScale());
            }
        }
    }

    @Test
    void theFoldedIntegerNetworkGivesTheTrainersScoresAndClassForEveryHeldOutPicture() {
        GoldenModel golden = new GoldenModel(NetworkFolder.fold(OnnxImporter.read(files.model()), InputEncoding.PIXELS));
        for (int i = 0; i < test.size(); i++) {
            long[] image = new long[Canvas.PIXELS];
            for (int pixel = 0; pixel < image.length; pixel++) {
                image[pixel] = test.pixel(i, pixel);
            }
            long[] scores = Arrays.stream(trained.scores(test.bits(i))).asLongStream().toArray();
            assertThat(golden.run(image)).as("picture %d", i).isEqualTo(scores);
            assertThat(golden.classify(image)).as("picture %d", i).isEqualTo(trained.classify(test.bits(i)));
        }
    }

    @Test
    void thePicturesAndLabelsAreReadBackAsDrawn() {
        Images images = Images.open(files.images(), Shape.of(28, 28, 1));
        Labels labels = Labels.open(files.labels());
        assertThat(images.count()).isEqualTo(DigitsTraining.WRITTEN_PICTURES);
        for (int i = 0; i < images.count(); i++) {
            long[] image = images.image(i);
            for (int pixel = 0; pixel < image.length; pixel++) {
                assertThat(image[pixel]).isEqualTo(test.pixel(i, pixel));
            }
            assertThat(labels.at(i)).isEqualTo(test.label(i));
        }
    }
}
