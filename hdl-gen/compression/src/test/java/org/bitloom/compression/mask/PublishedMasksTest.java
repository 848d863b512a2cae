package org.bitloom.compression.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.network.BitPattern;
import org.bitloom.network.SharedData;
import org.bitloom.network.caffe.CaffeImporter;
import org.bitloom.network.caffe.CaffeOptions;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the thesis says of LeNet, on a LeNet that somebody else has trained. */
class PublishedMasksTest {
    private static Optional<List<Score>> scores(List<Masks> masks, int count) {
        Optional<Path> file = SharedData.find("lenet_caffe/lenet_iter_10000.caffemodel");
        Optional<Path> images = SharedData.find("mnist/t10k-images-idx3-ubyte.gz");
        Optional<Path> labels = SharedData.find("mnist/t10k-labels-idx1-ubyte.gz");
        if (file.isEmpty() || images.isEmpty() || labels.isEmpty()) {
            return Optional.empty();
        }
        Model model = CaffeImporter.read(file.get(), new CaffeOptions(null, Dimensions.of(1, 28, 28), null, null));
        FloatClassifier classifier = new FloatClassifier(model);
        MaskedLayers layers = MaskedLayers.of(model, classifier.evaluator(), false, BitPattern.Overflow.MASK);
        assertThat(PublishedMasks.areAbout(layers)).isTrue();
        Images pictures = Images.open(images.get(), classifier.input().shape());
        return Optional.of(new MaskExperiment(classifier, layers).scores(masks, pictures, Labels.open(labels.get()), count,
                done -> { }));
    }

    @Test
    void coarsePatternsFailAndMaskedOnesDoNot() {
        scores(List.of(Masks.parse("3_0_0", "3_0_0"), Masks.parse("4_0_0", "4_0_0"), Masks.parse("X0.0XXX", "X0.0XXX"),
                Masks.parse("X0.0XX", "X0.00XX")), 2_000).ifPresent(scores -> {
                    assertThat(scores.get(0).accuracy()).isLessThan(0.6);
                    assertThat(scores.get(1).accuracy()).isLessThan(0.6);
                    assertThat(scores.get(2).accuracy()).isGreaterThan(0.97);
                    assertThat(scores.get(3).accuracy()).isGreaterThan(0.95);
                });
    }

    @Test
    @Tag("slow")
    void theWorstMaskedPatternOfThreeBitsIsThatOfTheThesis() {
        List<BitPattern> patterns = PublishedMasks.threeBits();
        scores(patterns.stream().map(pattern -> Masks.uniform(pattern, 2)).toList(), 10_000).ifPresent(scores -> {
            Score worst = scores.stream().max(Score.BEST_FIRST).orElseThrow();
            assertThat(patterns.get(scores.indexOf(worst))).hasToString("X0.X0000X");
            assertThat(worst.correct()).isEqualTo(3_316);
        });
    }
}
