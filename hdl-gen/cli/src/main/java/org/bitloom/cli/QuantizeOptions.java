package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.quantize.Quantization;
import org.bitloom.compression.quantize.Recipe;
import org.bitloom.compression.quantize.RecipeFile;
import org.bitloom.compression.quantize.WeightFormat;
import org.bitloom.network.model.Model;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a model of real numbers is to be quantized; shared by every verb that takes a model. */
final class QuantizeOptions {
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

    @Mixin
    private CalibrateOption calibrate = new CalibrateOption();

    boolean isGiven() {
        return bits != null || recipe != null;
    }

    /** What is done to a model, in a sentence. */
    String note() {
        return calibrate.note(recipe != null ? "by " + recipe.getFileName() : "to weights of " + bits + " bits");
    }

    /** The options as they are written behind a model. */
    String arguments() {
        return !isGiven() ? "" : (bits == null ? " --recipe " + recipe : " --bits " + bits) + calibrate.argument();
    }

    /** Refuses options for a model that holds integers. */
    void requireNone(Path model) {
        if (isGiven() || calibrate.isGiven()) {
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
        return calibrate.quantized(model, recipe());
    }

    /** The model with its weights quantized and its activations as they are. */
    Model applyToWeights(Model model) throws IOException {
        requireUse();
        return isGiven() ? Quantization.weights(model, InputEncoding.of(model), recipe()) : model;
    }

    private void requireUse() {
        if (!isGiven() && calibrate.isGiven()) {
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
        return uniform(bits == null ? 0 : bits);
    }

    /** Weights of so many bits in every layer. */
    static Recipe uniform(int bits) {
        if (bits < WeightFormat.MIN_BITS || bits > WeightFormat.MAX_BITS) {
            throw CommandException.badInput("--bits %d: %d to %d are possible; binary weights take a recipe."
                    .formatted(bits, WeightFormat.MIN_BITS, WeightFormat.MAX_BITS));
        }
        return Recipe.bits(bits);
    }
}
