package org.bitloom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.compression.Folded;
import org.bitloom.compression.NetworkFolder;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.quantize.TrainedWeights;
import org.bitloom.network.NetworkException;
import org.bitloom.network.caffe.CaffeImporter;
import org.bitloom.network.integer.BnnPynq;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.NetworkFile;
import org.bitloom.network.model.Model;
import org.bitloom.network.onnx.OnnxImporter;

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

    /** The integer network in the folder of a generated design. */
    private static final String GENERATED = "network.json";

    /** A protobuf message of ONNX opens with field 1, a number: the IR version. */
    private static final int ONNX_START = 0x08;

    /** A network of Caffe opens with its name, or with its first layer of the older or of the newer form. */
    private static final Set<Integer> CAFFE_STARTS = Set.of(0x0A, 0x12, 0xA2);

    private enum Kind {
        ONNX,
        CAFFE,
        INTEGER_NETWORK
    }

    ModelFile {
        foldings = List.copyOf(foldings);
        notes = List.copyOf(notes);
        trained = List.copyOf(trained);
    }

    private ModelFile(IntegerNetwork network) {
        this(network, List.of(), List.of(), List.of());
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
        if (Files.isRegularFile(path.resolve(GENERATED))) {
            options.file().requireNone(path);
            options.quantize().requireNone(path);
            return new ModelFile(NetworkFile.load(path.resolve(GENERATED)));
        }
        if (Files.isDirectory(path)) {
            options.file().requireNone(path);
            options.quantize().requireNone(path);
            BnnPynq set = BnnPynq.read(path);
            return new ModelFile(set.network(), set.foldings(), List.of(), List.of());
        }
        if (kindOf(path) == Kind.INTEGER_NETWORK) {
            options.file().requireNone(path);
            options.quantize().requireNone(path);
            return new ModelFile(NetworkFile.load(path));
        }
        Model graph = graph(path, options.file()).orElseThrow();
        if (!options.quantize().isGiven()) {
            return folded(options.quantize().apply(graph));
        }
        return quantized(options.quantize().apply(graph), options.quantize().note());
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

    /** The float graph of an ONNX or Caffe file, also of one that cannot be folded; nothing for other kinds. */
    static Optional<Model> graph(Path path, CaffeFileOptions options) throws IOException {
        if (Files.isDirectory(path)) {
            return Optional.empty();
        }
        return switch (kindOf(path)) {
            case ONNX -> {
                options.requireNone(path);
                yield Optional.of(OnnxImporter.read(path));
            }
            case CAFFE -> Optional.of(CaffeImporter.read(path, options.caffe()));
            case INTEGER_NETWORK -> Optional.empty();
        };
    }

    /** The float graph of a file that is to be compressed; refuses one that holds integers. */
    static Model floatGraph(Path path, CaffeFileOptions options) throws IOException {
        return graph(path, options)
                .orElseThrow(() -> CommandException.badInput(
                        "%s holds integers already: give a float model, a .caffemodel or an .onnx file.".formatted(path)));
    }

    /** The name decides where it says something, so that a damaged file is reported as what it was meant to be. */
    private static Kind kindOf(Path path) throws IOException {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".onnx")) {
            return Kind.ONNX;
        }
        if (name.endsWith(".caffemodel")) {
            return Kind.CAFFE;
        }
        if (name.endsWith(".json")) {
            return Kind.INTEGER_NETWORK;
        }
        if (name.endsWith(".prototxt")) {
            throw NetworkException.at(
                    path, "is the text of a Caffe network, without weights", "give the .caffemodel, and this with --prototxt");
        }
        int start = firstByte(path);
        if (CAFFE_STARTS.contains(start)) {
            return Kind.CAFFE;
        }
        return switch (start) {
            case ONNX_START -> Kind.ONNX;
            case '{' -> Kind.INTEGER_NETWORK;
            default -> throw NetworkException.at(
                    path,
                    "this is no kind of model that Bitloom reads",
                    "give an .onnx file, a .caffemodel, a folder of BNN-PYNQ parameters, or an integer network that Bitloom saved");
        };
    }

    private static int firstByte(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read();
        }
    }
}
