package org.bitloom.cli;

import java.nio.file.Path;
import org.bitloom.network.Shape;
import picocli.CommandLine.Option;

/** The images that an accuracy is measured on; shared by the verbs that measure one. */
final class TestImages {
    @Option(
            names = "--images",
            required = true,
            paramLabel = "F",
            description = "Test images: IDX, .npy, PNG file or folder, CIFAR-10 records or raw bytes; may be gzipped.")
    private Path images;

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "F",
            description = "The class of each image: IDX, .npy, CIFAR-10 records, or text with a number a line.")
    private Path labels;

    @Option(names = "--frames", paramLabel = "N", description = "Only the first N images (default: all).")
    private int frames = Integer.MAX_VALUE;

    /** Refuses what is wrong before anything else is looked at. */
    void requireSome() {
        if (frames < 1) {
            throw CommandException.badInput("--frames %d: at least one image is needed.".formatted(frames));
        }
    }

    LabelledImages open(Shape shape) {
        return LabelledImages.open(images, labels, shape).first(frames);
    }
}
