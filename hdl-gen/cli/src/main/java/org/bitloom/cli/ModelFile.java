package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.compression.Folded;
import org.bitloom.compression.NetworkFolder;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.quantize.TrainedWeights;
import org.bitloom.network.NetworkException;
import org.bitloom.network.integer.BnnPynq;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.model.Model;

/**
 * What the user calls MODEL, opened: the integer network in it, whatever kind of file or folder it came from.
 *
 * @param foldings the folding that the model's author published with it, layer by layer; empty when there is none
 * @param notes one sentence for each thing that was left out or assumed on the way
 * @param trained the weights before they were quantized by the user's options, layer by layer; else empty
 */
record ModelFile(
        IntegerNetwork network, List<BnnPynq.Folding> foldings, List<String> notes, List<TrainedWeights> trained) {
    /** For the help of every verb that takes one. */
    static final String KINDS = "A trained network: an ONNX or QONNX file (pixels 0 to 255 stand for 0 to 1), a Caffe network"
            + " (.caffemodel, pixels 0 to 255), a folder of BNN-PYNQ parameters, an integer network that Bitloom saved (.json), or the folder of a generated design.";

    ModelFile {
        foldings = List.copyOf(foldings);
        notes = List.copyOf(notes);
        trained = List.copyOf(trained);
    }

    /**
     * Opens a model of any kind that Bitloom reads.
     *
     * @throws NetworkException when it is of no known kind, or not what it seems to be
     */
    static ModelFile open(Path path) throws IOException {
        return open(path, ModelOptions.none());
    }

    /** Opens a model of any kind, with what the user adds to it. */
    static ModelFile open(Path path, ModelOptions options) throws IOException {
        return of(ModelSource.read(path, options.file()), path, options.quantize());
    }

    /** The integer network of a model that was read from {@code path}, quantized where the user says so. */
    static ModelFile of(ModelSource source, Path path, QuantizeOptions options) throws IOException {
        switch (source) {
            case ModelSource.Integers(IntegerNetwork network, var foldings) -> {
                options.requireNone(path);
                return new ModelFile(network, foldings, List.of(), List.of());
            }
            case ModelSource.Graph(Model graph) -> {
                Model model = options.apply(graph);
                return options.isGiven() ? quantized(model, options.note()) : folded(model);
            }
        }
    }

    /** The folding that its author published, else a moderate one. */
    List<Folding> ownFoldings() {
        return foldings.isEmpty()
                ? Accelerator.defaultFoldings(network)
                : foldings.stream().map(folding -> new Folding(folding.pe(), folding.simd())).toList();
    }

    /** The integer network of a model that the user had quantized. */
    static ModelFile quantized(Model model, String note) {
        ModelFile folded = folded(model);
        List<String> notes = new ArrayList<>(folded.notes);
        notes.add(note);
        return new ModelFile(folded.network, List.of(), notes, TrainedWeights.of(model));
    }

    /** The integer network that a float graph stands for. */
    static ModelFile folded(Model model) {
        try {
            Folded folded = NetworkFolder.withNotes(model, InputEncoding.of(model));
            return new ModelFile(folded.network(), List.of(), folded.notes(), List.of());
        } catch (NetworkException e) {
            if (FloatClassifier.isPlainFloat(model)) {
                throw new NetworkException(e.getMessage() + "; or have it quantized: give --bits or --recipe (see"
                        + " docs/recipes.md)", e);
            }
            throw e;
        }
    }
}
