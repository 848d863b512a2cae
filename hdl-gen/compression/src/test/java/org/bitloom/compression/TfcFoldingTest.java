package org.bitloom.compression;

import org.bitloom.network.SharedData;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Selection;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.onnx.OnnxImporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published quantized models: the integer network must give the class that the float model gives, on every image. */
class TfcFoldingTest {
    @ParameterizedTest
    @CsvSource({"TFC_1W1A, 9296, bipolar", "TFC_1W2A, 9474, signed 2 bit"})
    void goldenClassifiesEveryImageAsTheFloatModelDoes(String name, int expected, String activations) {
        Optional<Path> file = SharedData.find("qonnx/" + name + ".onnx");
        Optional<Path> images = SharedData.find("mnist/t10k-images-idx3-ubyte.gz");
        Optional<Path> labels = SharedData.find("mnist/t10k-labels-idx1-ubyte.gz");
        if (file.isEmpty() || images.isEmpty() || labels.isEmpty()) {
            return;
        }
        Model model = OnnxImporter.read(file.get());
        Folded folded = NetworkFolder.withNotes(model, InputEncoding.PIXELS);
        IntegerNetwork network = folded.network();
        assertThat(network.layers()).extracting(Layer::operation).extracting(o -> o.getClass().getSimpleName())
                .containsExactly("Threshold", "Dense", "Threshold", "Dense", "Threshold", "Dense", "Threshold", "Dense");
        assertThat(network.typeOf(2).type()).hasToString(activations);
        assertThat(network.layers()).extracting(Layer::operation)
                .filteredOn(Operation.Dense.class::isInstance)
                .allSatisfy(o -> assertThat(((Operation.Dense) o).weights().type()).hasToString("bipolar"));
        assertThat(folded.notes()).isEmpty();

        GoldenModel golden = new GoldenModel(network);
        ModelEvaluator evaluator = new ModelEvaluator(model);
        Images pixels = Images.open(images.get(), network.inputShape());
        Labels truth = Labels.open(labels.get());
        AtomicInteger disagreements = new AtomicInteger();
        long correct = IntStream.range(0, 10_000).parallel().filter(i -> {
            int predicted = golden.classify(pixels.image(i));
            if (predicted != classOf(evaluator, pixels.image(i))) {
                disagreements.incrementAndGet();
            }
            return predicted == truth.at(i);
        }).count();

        assertThat(disagreements).hasValue(0);
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
