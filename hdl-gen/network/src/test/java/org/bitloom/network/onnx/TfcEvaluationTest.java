package org.bitloom.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.network.Shape;
import org.bitloom.network.SharedData;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Selection;
import org.bitloom.network.model.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published models in float, exactly as written: the score that others have measured. */
class TfcEvaluationTest {
    @ParameterizedTest
    @CsvSource({"TFC_1W1A, 9296", "TFC_1W2A, 9474"})
    void scoresOnTheMnistTestImagesAsPublished(String name, int expected) {
        Optional<Path> file = SharedData.find("qonnx/" + name + ".onnx");
        Optional<Path> images = SharedData.find("mnist/t10k-images-idx3-ubyte.gz");
        Optional<Path> labels = SharedData.find("mnist/t10k-labels-idx1-ubyte.gz");
        if (file.isEmpty() || images.isEmpty() || labels.isEmpty()) {
            return;
        }
        Model model = OnnxImporter.read(file.get());
        assertThat(model.name()).isEqualTo(name);
        assertThat(model.inputShape()).hasToString("[1, 1, 28, 28]");
        assertThat(model.nodes()).hasSize(26);

        ModelEvaluator evaluator = new ModelEvaluator(model);
        Images pixels = Images.open(images.get(), Shape.of(28, 28, 1));
        Labels truth = Labels.open(labels.get());
        long correct = IntStream.range(0, 10_000).parallel()
                .filter(i -> classOf(evaluator, pixels.image(i)) == truth.at(i)).count();

        assertThat(correct).isEqualTo(expected);
    }

    private static int classOf(ModelEvaluator evaluator, long[] pixels) {
        float[] x = new float[pixels.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = pixels[i] / 255f;
        }
        Tensor scores = evaluator.run(x);
        return (int) ModelEvaluator.apply(new Selection.ArgMax(1, false), List.of(scores)).getFirst().at(0);
    }
}
