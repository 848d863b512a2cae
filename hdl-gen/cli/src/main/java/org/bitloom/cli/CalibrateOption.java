package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.ModelInput;
import org.bitloom.compression.quantize.Quantization;
import org.bitloom.compression.quantize.Recipe;
import org.bitloom.network.data.Images;
import org.bitloom.network.model.Model;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The images by which activations are quantized; shared by the verbs that quantize a model. */
final class CalibrateOption {
    /** Calibrate on so many images of a file that has more, evenly spread over it. */
    private static final int SAMPLES = 256;

    @Option(
            names = "--calibrate",
            paramLabel = "F",
            description = "Images like those to come, from which the ranges of activations are taken (" + SAMPLES
                    + " of them): IDX, .npy, PNG file or folder, CIFAR-10 records or raw bytes. Not the test images.")
    private @Nullable Path images;

    boolean isGiven() {
        return images != null;
    }

    /** The option as it is written behind a model. */
    String argument() {
        return images == null ? "" : " --calibrate " + images;
    }

    /**
     * What is done to a model, in a sentence.
     *
     * @param how such as {@code to weights of 4 bits}
     */
    String note(String how) {
        return "Quantized %s; activations calibrated with images of %s.".formatted(how, images == null ? null : images.getFileName());
    }

    /** The model with its weights and activations quantized. */
    Model quantized(Model model, Recipe recipe) throws IOException {
        if (images == null) {
            throw CommandException.badInput("--calibrate F is missing: activations are quantized by what occurs on images"
                    + " like those to come. Give some training images: IDX (also gzipped), .npy, a PNG file or folder,"
                    + " CIFAR-10 records, or raw bytes.");
        }
        return Quantization.quantize(model, InputEncoding.of(model), recipe, samples(model, images)).model();
    }

    private static List<float[]> samples(Model model, Path file) {
        ModelInput input = ModelInput.of(model);
        Images images = Images.open(file, input.shape());
        int count = Math.min(SAMPLES, images.count());
        return IntStream.range(0, count)
                .mapToObj(i -> input.of(images.image((int) ((long) i * images.count() / count))))
                .toList();
    }
}
