package org.bitloom.cli;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.network.Shape;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.sim.Progress;

/**
 * Images and their classes, as many of each.
 *
 * @param count how many of them, from the first, are meant
 */
record LabelledImages(Images images, Labels labels, int count) {
    static LabelledImages open(Path imagesFile, Path labelsFile, Shape shape) {
        Images images = Images.open(imagesFile, shape);
        Labels labels = Labels.open(labelsFile);
        if (labels.count() != images.count()) {
            throw CommandException.badInput("%s has %,d labels, but %s has %,d images: give the labels of these images."
                    .formatted(labelsFile, labels.count(), imagesFile, images.count()));
        }
        return new LabelledImages(images, labels, images.count());
    }

    LabelledImages first(int atMost) {
        return new LabelledImages(images, labels, Math.min(count, atMost));
    }

    /** How many a network gets right, on all processors: what its hardware will score. */
    long correct(IntegerNetwork network, String stage, Progress progress) {
        GoldenModel golden = new GoldenModel(network);
        AtomicLong done = new AtomicLong();
        return IntStream.range(0, count)
                .parallel()
                .filter(i -> {
                    boolean right = golden.classify(images.image(i)) == labels.at(i);
                    progress.at(stage, done.incrementAndGet(), count);
                    return right;
                })
                .count();
    }

    /** How many a model gets right in float32, on all processors. */
    long correct(FloatClassifier classifier, String stage, Progress progress) {
        return classifier.correct(images, labels, count, done -> progress.at(stage, done, count));
    }
}
