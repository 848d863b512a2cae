package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.network.SharedData;
import org.bitloom.network.caffe.CaffeImporter;
import org.bitloom.network.caffe.CaffeOptions;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.junit.jupiter.api.Test;

/** Networks trained with Caffe score here what they score there. */
class CaffeAccuracyTest {
    private static int correct(Model model, Path images, Path labels) {
        FloatClassifier classifier = new FloatClassifier(model);
        Images pictures = Images.open(images, classifier.input().shape());
        return classifier.correct(pictures, Labels.open(labels), pictures.count(), done -> { });
    }

    private static Optional<Integer> digits(String file) {
        Optional<Path> model = SharedData.find(file);
        Optional<Path> images = SharedData.find("mnist/t10k-images-idx3-ubyte.gz");
        Optional<Path> labels = SharedData.find("mnist/t10k-labels-idx1-ubyte.gz");
        if (model.isEmpty() || images.isEmpty() || labels.isEmpty()) {
            return Optional.empty();
        }
        CaffeOptions options = new CaffeOptions(null, Dimensions.of(1, 28, 28), null, null);
        return Optional.of(correct(CaffeImporter.read(model.get(), options), images.get(), labels.get()));
    }

    @Test
    void lenetScoresWhatCaffeGives() {
        digits("lenet_caffe/lenet_iter_10000.caffemodel").ifPresent(correct -> assertThat(correct).isEqualTo(9_914));
    }

    @Test
    void prunedLenetsScoreWithTheirMasks() {
        digits("lenet_pruned/pruning_iter_10000.caffemodel").ifPresent(correct -> assertThat(correct).isEqualTo(9_918));
        digits("lenet_pruned/pruning_iter_35000.caffemodel").ifPresent(correct -> assertThat(correct).isEqualTo(9_861));
    }

    @Test
    void cifarQuickScoresWhatCaffeGivesWithTheMeanImageBesideIt() {
        Optional<Path> model = SharedData.find("cifar10_quick/cifar10_quick_iter_5000.caffemodel");
        Optional<Path> records = SharedData.find("cifar10/cifar10_test_first1000.bin");
        if (model.isPresent() && records.isPresent()) {
            Model network = CaffeImporter.read(model.get(), CaffeOptions.NONE);
            assertThat(network.notes()).contains("The mean image is mean.binaryproto, beside the model.");
            assertThat(correct(network, records.get(), records.get())).isEqualTo(744);
        }
    }
}
