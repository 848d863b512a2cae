package org.bitloom.cli;

import java.nio.file.Path;
import org.bitloom.network.Shape;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;

/** Images and their classes, as many of each. */
record LabelledImages(Images images, Labels labels) {
    static LabelledImages open(Path imagesFile, Path labelsFile, Shape shape) {
        Images images = Images.open(imagesFile, shape);
        Labels labels = Labels.open(labelsFile);
        if (labels.count() != images.count()) {
            throw CommandException.badInput("%s has %,d labels, but %s has %,d images: give the labels of these images."
                    .formatted(labelsFile, labels.count(), imagesFile, images.count()));
        }
        return new LabelledImages(images, labels);
    }

    int count() {
        return images.count();
    }
}
