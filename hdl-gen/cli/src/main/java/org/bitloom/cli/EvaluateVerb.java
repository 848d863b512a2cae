package org.bitloom.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.sim.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The accuracy of the golden model: what the hardware will score, as it computes the same integers. */
@Command(
        name = "evaluate",
        header = "Runs images through the golden model, which the hardware equals bit for bit: accuracy.",
        footer = {
            "%nExample:",
            "  ./bitloom evaluate TFC_1W1A.onnx --images t10k-images-idx3-ubyte.gz --labels t10k-labels-idx1-ubyte.gz"
        })
final class EvaluateVerb implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = ModelFile.KINDS)
    private Path model;

    @Option(
            names = "--images",
            required = true,
            paramLabel = "F",
            description = "IDX, .npy, PNG file or folder, CIFAR-10 records or raw bytes; may be gzipped.")
    private Path imagesFile;

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "F",
            description = "The class of each image: IDX, .npy, CIFAR-10 records, or text with a number a line.")
    private Path labelsFile;

    @Option(names = "--frames", paramLabel = "N", description = "Only the first N images (default: all).")
    private int frames = Integer.MAX_VALUE;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (frames < 1) {
            throw CommandException.badInput("--frames %d: at least one image is needed.".formatted(frames));
        }
        ModelFile opened = ModelFile.open(model);
        IntegerNetwork network = opened.network();
        Images images = Images.open(imagesFile, network.inputShape());
        Labels labels = Labels.open(labelsFile);
        if (labels.count() != images.count()) {
            throw CommandException.badInput("%s has %,d labels, but %s has %,d images: give the labels of these images."
                    .formatted(labelsFile, labels.count(), imagesFile, images.count()));
        }
        int count = Math.min(frames, images.count());
        long correct;
        try (TerminalProgress progress = TerminalProgress.onTerminal(quiet)) {
            correct = correct(new GoldenModel(network), images, labels, count, progress);
        }
        print(opened, count, correct);
        return ExitStatus.OK;
    }

    private static long correct(GoldenModel golden, Images images, Labels labels, int count, Progress progress) {
        AtomicLong done = new AtomicLong();
        return IntStream.range(0, count)
                .parallel()
                .filter(i -> {
                    boolean right = golden.classify(images.image(i)) == labels.at(i);
                    progress.at("images", done.incrementAndGet(), count);
                    return right;
                })
                .count();
    }

    private void print(ModelFile opened, int count, long correct) throws Exception {
        var out = spec.commandLine().getOut();
        if (json) {
            JsonOutput.print(out, generator -> {
                generator.writeStringField("network", opened.network().name());
                generator.writeNumberField("images", count);
                generator.writeNumberField("correct", correct);
                generator.writeNumberField("accuracy", (double) correct / count);
                generator.writeArrayFieldStart("notes");
                for (String note : opened.notes()) {
                    generator.writeString(note);
                }
                generator.writeEndArray();
            });
        } else {
            out.println("Network   " + opened.network());
            opened.notes().forEach(note -> out.println("Note      " + note));
            out.printf("Accuracy  %,d of %,d images (%.2f %%)%n", correct, count, 100.0 * correct / count);
        }
    }
}
