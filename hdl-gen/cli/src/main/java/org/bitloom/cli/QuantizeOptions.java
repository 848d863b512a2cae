package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.ModelInput;
import org.bitloom.compression.quantize.Quantization;
import org.bitloom.compression.quantize.Recipe;
import org.bitloom.compression.quantize.RecipeFile;
import org.bitloom.compression.quantize.WeightFormat;
import org.bitloom.network.data.Images;
import org.bitloom.network.model.Model;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a model of real numbers is to be quantized; shared by every verb that takes a model. */
final class QuantizeOptions {
    /** Calibrate on so many images of a file that has more, evenly spread over it. */
    private static final int SAMPLES = 256;

    @Option(
            names = "--bits",
            paramLabel = "N",
            description = "Quantize a float model: weights of N bits, activations of as many but at least 8 and"
                    + " at most 12. Needs"
                    + " --calibrate.")
    private @Nullable Integer bits;

    @Option(
            names = "--recipe",
            paramLabel = "F",
            description = "Quantize a float model as a recipe says, layer by layer (YAML, see docs/recipes.md). Needs"
                    + " --calibrate.")
    private @Nullable Path recipe;

    @Option(
            names = "--calibrate",
            paramLabel = "F",
            description = "Images like those to come, from which the ranges of activations are taken (" + SAMPLES
                    + " of them): IDX, .npy, PNG file or folder, CIFAR-10 records or raw bytes. Not the test images.")
    private @Nullable Path images;

    boolean isGiven() {
        return bits != null || recipe != null;
    }

    /** What is done to a model, in a sentence. */
    String note() {
        return "Quantized %s; activations calibrated with images of %s."
                .formatted(bits == null ? "by " + recipe : "to weights of " + bits + " bits", images);
    }

    /** The options as they are written behind a model. */
    String arguments() {
        return !isGiven() ? "" : (bits == null ? " --recipe " + recipe : " --bits " + bits) + " --calibrate " + images;
    }

    /** Refuses options for a model that holds integers. */
    void requireNone(Path model) {
        if (isGiven() || images != null) {
            throw CommandException.badInput(
                    "%s holds integers already: --bits, --recipe and --calibrate are for models of real numbers.".formatted(model));
        }
    }

    /** The model as the options want it: quantized, or as it is. */
    Model apply(Model model) throws IOException {
        requireUse();
        if (!isGiven()) {
            return model;
        }
        Recipe chosen = recipe();
        if (images == null) {
            throw CommandException.badInput("--calibrate F is missing: activations are quantized by what occurs on images"
                    + " like those to come. Give some training images: IDX (also gzipped), .npy, a PNG file or folder,"
                    + " CIFAR-10 records, or raw bytes.");
        }
        return Quantization.quantize(model, InputEncoding.of(model), chosen, samples(model, images)).model();
    }

    /** The model with its weights quantized and its activations as they are. */
    Model applyToWeights(Model model) throws IOException {
        requireUse();
        return isGiven() ? Quantization.weights(model, InputEncoding.of(model), recipe()) : model;
    }

    private void requireUse() {
        if (!isGiven() && images != null) {
            throw CommandException.badInput("--calibrate is of use with --bits or --recipe only: give one of them.");
        }
    }

    private Recipe recipe() throws IOException {
        if (bits != null && recipe != null) {
            throw CommandException.badInput("--bits and --recipe both say how to quantize: give one of them.");
        }
        if (recipe != null) {
            return RecipeFile.read(recipe);
        }
        if (bits == null || bits < WeightFormat.MIN_BITS || bits > WeightFormat.MAX_BITS) {
            throw CommandException.badInput("--bits %d: %d to %d are possible; binary weights take a recipe."
                    .formatted(bits, WeightFormat.MIN_BITS, WeightFormat.MAX_BITS));
        }
        return Recipe.bits(bits);
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
