package org.bitloom.compression.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.network.BitPattern;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.model.Batch;
import org.bitloom.network.model.BatchEvaluator;
import org.bitloom.network.model.Tensor;

/**
 * Scores masks on labelled images with float activations. The masks of one call form a tree, layer by layer; what lies
 * before the first layer in which two of them differ is computed once for both. The result does not depend on how many
 * processors share the work.
 */
public final class MaskExperiment {
    private final FloatClassifier classifier;
    private final MaskedLayers layers;

    public MaskExperiment(FloatClassifier classifier, MaskedLayers layers) {
        this.classifier = classifier;
        this.layers = layers;
    }

    public MaskedLayers layers() {
        return layers;
    }

    /** What comes after the masks have agreed so far: the masks that end here, and the next layer's patterns. */
    private record Tree(List<Integer> ends, Map<BitPattern, Tree> next) {
        static Tree empty() {
            return new Tree(new ArrayList<>(), new LinkedHashMap<>());
        }
    }

    /**
     * The score of each, on the first {@code count} images.
     *
     * @param progress is told now and then how many images are done, counted once for each of the masks
     */
    public List<Score> scores(List<Masks> masks, Images images, Labels labels, int count, LongConsumer progress) {
        Tree tree = Tree.empty();
        for (int i = 0; i < masks.size(); i++) {
            Tree place = tree;
            for (BitPattern pattern : masks.get(i).patterns()) {
                place = place.next.computeIfAbsent(pattern, p -> Tree.empty());
            }
            place.ends.add(i);
        }
        AtomicLong done = new AtomicLong();
        Score[][] parts = new Score[Math.ceilDiv(count, BatchEvaluator.IMAGES)][];
        IntStream.range(0, parts.length).parallel().forEach(part -> {
            int first = part * BatchEvaluator.IMAGES;
            int end = Math.min(count, first + BatchEvaluator.IMAGES);
            int[] classes = IntStream.range(first, end).map(labels::at).toArray();
            BatchEvaluator evaluator = classifier.evaluator();
            Score[] scores = new Score[masks.size()];
            descend(tree, 0, evaluator.start(classifier.inputs(images, first, end)), Map.of(), classes, scores);
            parts[part] = scores;
            progress.accept(done.addAndGet((long) (end - first) * masks.size()));
        });
        Score[] sums = new Score[masks.size()];
        Arrays.fill(sums, new Score(0, 0, 0));
        for (Score[] part : parts) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = sums[i].plus(part[i]);
            }
        }
        return Collections.unmodifiableList(Arrays.asList(sums));
    }

    private void descend(Tree tree, int layer, BatchEvaluator.Run run, Map<String, Tensor> replaced, int[] classes,
            Score[] scores) {
        BatchEvaluator evaluator = classifier.evaluator();
        if (!tree.ends.isEmpty()) {
            Score score = score(evaluator.finish(run, replaced), classes);
            tree.ends.forEach(i -> scores[i] = score);
        }
        if (tree.next.isEmpty()) {
            return;
        }
        BatchEvaluator.Run before = evaluator.advance(run, layers.layers().get(layer).step(), replaced);
        tree.next.forEach((pattern, rest) -> {
            Map<String, Tensor> more = new HashMap<>(replaced);
            more.put(layers.layers().get(layer).weights(), layers.weights(layer, pattern));
            descend(rest, layer + 1, before, more, classes, scores);
        });
    }

    private Score score(Batch outputs, int[] classes) {
        int correct = 0;
        double loss = 0;
        for (int image = 0; image < classes.length; image++) {
            correct += classifier.classOf(outputs, image) == classes[image] ? 1 : 0;
            loss += loss(outputs, image, classes[image]);
        }
        return new Score(classes.length, correct, loss / classes.length);
    }

    private static double loss(Batch outputs, int image, int label) {
        int count = outputs.shape().size();
        if (label >= count) {
            return 0;
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, outputs.at(i, image));
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(outputs.at(i, image) - max);
        }
        return Math.log(sum) + max - outputs.at(label, image);
    }
}
