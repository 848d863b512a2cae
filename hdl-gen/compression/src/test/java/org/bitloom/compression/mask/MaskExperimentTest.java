package org.bitloom.compression.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of masks on a network whose own classes are the labels. */
class MaskExperimentTest {
    private static final List<BitPattern> PATTERNS = PatternSet.of(3, 6);

    @TempDir
    private Path folder;

    private final Model model = SmallNetwork.model(3);
    private final FloatClassifier classifier = new FloatClassifier(model);
    private final Images images = SmallNetwork.images(150, 4);
    private Labels labels;

    @BeforeEach
    void label() throws IOException {
        labels = Labels.open(Files.writeString(folder.resolve("labels.txt"), SmallNetwork.labels(classifier, images)));
    }

    private MaskExperiment experiment(BitPattern.Overflow rule) {
        return new MaskExperiment(classifier, MaskedLayers.of(model, classifier.evaluator(), false, rule));
    }

    /** Without batches, trees and kept values: a model of its own for the masks. */
    private int plainly(MaskedLayers layers, Masks masks) {
        Map<String, Tensor> constants = new HashMap<>(model.constants());
        for (int layer = 0; layer < masks.patterns().size(); layer++) {
            BitPattern pattern = masks.patterns().get(layer);
            float[] values = layers.layers().get(layer).trained().toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (pattern.quantize(values[i], layers.rule()) / Math.pow(2, pattern.width() - 2));
            }
            constants.put(layers.layers().get(layer).weights(),
                    Tensor.of(layers.layers().get(layer).trained().shape(), values));
        }
        ModelEvaluator evaluator = new ModelEvaluator(new Model(model.name(), model.source(), model.input(),
                model.integers(), model.nodes(), constants, model.shapes(), model.outputs(), model.notes()));
        int correct = 0;
        for (int i = 0; i < images.count(); i++) {
            Tensor scores = evaluator.run(classifier.input().of(images.image(i)));
            int best = 0;
            for (int k = 1; k < scores.size(); k++) {
                best = scores.at(k) > scores.at(best) ? k : best;
            }
            correct += best == labels.at(i) ? 1 : 0;
        }
        return correct;
    }

    @Test
    void masksThatShareTheirFirstLayersScoreAsEachAlone() {
        Random random = new Random(5);
        for (BitPattern.Overflow rule : BitPattern.Overflow.values()) {
            MaskExperiment experiment = experiment(rule);
            List<Masks> masks = new ArrayList<>(List.of(Masks.NONE));
            for (int i = 0; i < 12; i++) {
                masks.add(new Masks(List.of(PATTERNS.get(random.nextInt(2)), PATTERNS.get(random.nextInt(3)),
                        PATTERNS.get(random.nextInt(PATTERNS.size())))));
            }
            AtomicLong done = new AtomicLong();
            List<Score> scores = experiment.scores(masks, images, labels, images.count(),
                    now -> done.accumulateAndGet(now, Math::max));
            assertThat(done).hasValue(13L * images.count());
            assertThat(scores.getFirst().correct()).isEqualTo(images.count());
            for (int i = 0; i < masks.size(); i++) {
                assertThat(scores.get(i).correct()).as("%s, %s", rule, masks.get(i))
                        .isEqualTo(plainly(experiment.layers(), masks.get(i)));
            }
        }
    }

    @Test
    void roundingToTheNearestValueHasTheLeastError() {
        MaskedLayers mask = experiment(BitPattern.Overflow.MASK).layers();
        MaskedLayers saturate = experiment(BitPattern.Overflow.SATURATE).layers();
        MaskedLayers nearest = experiment(BitPattern.Overflow.NEAREST).layers();
        for (BitPattern pattern : PATTERNS) {
            assertThat(nearest.error(1, pattern)).isLessThanOrEqualTo(saturate.error(1, pattern));
            assertThat(saturate.error(1, pattern)).isLessThanOrEqualTo(mask.error(1, pattern));
        }
    }

    private ScoredSet set(ScoreFile file, AtomicLong work) {
        return new ScoredSet(experiment(BitPattern.Overflow.MASK), model, images, labels, 100, file,
                (stage, done, total) -> work.incrementAndGet());
    }

    @Test
    void interruptedWorkGoesOnWhereItStopped() throws IOException {
        Path csv = folder.resolve("deep/scores.csv");
        List<Masks> masks = PATTERNS.stream().map(pattern -> Masks.uniform(pattern, 3)).toList();
        Map<Masks, Score> all = set(ScoreFile.open(csv), new AtomicLong()).scores(masks, "all");
        String whole = Files.readString(csv);
        AtomicLong none = new AtomicLong();
        assertThat(set(ScoreFile.open(csv), none).scores(masks, "again")).isEqualTo(all);
        assertThat(none).hasValue(0);
        Files.writeString(csv, whole.substring(0, whole.length() - 30));
        AtomicLong some = new AtomicLong();
        assertThat(set(ScoreFile.open(csv), some).scores(masks, "the rest")).isEqualTo(all);
        assertThat(some.get()).isPositive();
        assertThat(ScoreFile.open(csv)).isNotNull();
        assertThat(set(ScoreFile.open(csv), none).scores(masks, "again")).isEqualTo(all);
        assertThat(none).hasValue(0);
    }

    @Test
    void aFileOfSomethingElseIsNotWrittenOver() throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "my,own,table\n");
        assertThatThrownBy(() -> ScoreFile.open(other)).isInstanceOf(NetworkException.class)
                .hasMessageContaining(other.toString());
    }

    @Test
    void theSearchNeverEndsBelowTheBestPatternForAllLayers() throws IOException {
        ScoredSet calibration = set(ScoreFile.open(folder.resolve("scores.csv")), new AtomicLong());
        MaskedLayers layers = experiment(BitPattern.Overflow.MASK).layers();
        MaskSearch.Result found = new MaskSearch(layers, calibration, 6).among(PATTERNS);
        assertThat(found.uniform().isUniform()).isTrue();
        assertThat(found.best().patterns()).hasSize(3);
        assertThat(Score.BEST_FIRST.compare(found.bestScore(), found.uniformScore())).isLessThanOrEqualTo(0);
        assertThat(calibration.scores(List.of(found.best()), "again").get(found.best())).isEqualTo(found.bestScore());
        for (int layer = 0; layer < 3; layer++) {
            assertThat(found.bestScore().accuracy()).isGreaterThanOrEqualTo(calibration.scores(
                    List.of(found.best().with(layer, found.uniform().patterns().get(layer))), "other").values().iterator()
                    .next().accuracy());
        }
        assertThat(new MaskSearch(layers, calibration, 6).among(PATTERNS)).isEqualTo(found);
    }

    @Test
    void denseLayersAreMaskedOnRequest() {
        assertThat(MaskedLayers.of(model, classifier.evaluator(), true, BitPattern.Overflow.MASK).layers()).hasSize(4);
        assertThat(experiment(BitPattern.Overflow.MASK).layers().layers()).hasSize(3);
    }
}
