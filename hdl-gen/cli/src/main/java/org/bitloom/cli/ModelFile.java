package org.bitloom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bitloom.compression.Folded;
import org.bitloom.compression.Folding;
import org.bitloom.compression.InputEncoding;
import org.bitloom.network.NetworkException;
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
 */
record ModelFile(IntegerNetwork network, List<BnnPynq.Folding> foldings, List<String> notes) {
    /** For the help of every verb that takes one. */
    static final String KINDS = "A trained network: an ONNX or QONNX file (pixels 0 to 255 stand for 0 to 1), a folder of"
            + " BNN-PYNQ parameters, an integer network that Bitloom saved (.json), or the folder of a generated design.";

    /** The integer network in the folder of a generated design. */
    private static final String GENERATED = "network.json";

    /** A protobuf message of ONNX opens with field 1, a number: the IR version. */
    private static final int ONNX_START = 0x08;

    private enum Kind {
        ONNX,
        INTEGER_NETWORK
    }

    ModelFile {
        foldings = List.copyOf(foldings);
        notes = List.copyOf(notes);
    }

    /**
     * Opens a model of any kind that Bitloom reads.
     *
     * @throws NetworkException when it is of no known kind, or not what it seems to be
     */
    static ModelFile open(Path path) throws IOException {
        if (Files.isRegularFile(path.resolve(GENERATED))) {
            return new ModelFile(NetworkFile.load(path.resolve(GENERATED)), List.of(), List.of());
        }
        if (Files.isDirectory(path)) {
            BnnPynq set = BnnPynq.read(path);
            return new ModelFile(set.network(), set.foldings(), List.of());
        }
        return switch (kindOf(path)) {
            case ONNX -> {
                Model model = OnnxImporter.read(path);
                Folded folded = Folding.withNotes(model, InputEncoding.of(model));
                yield new ModelFile(folded.network(), List.of(), folded.notes());
            }
            case INTEGER_NETWORK -> new ModelFile(NetworkFile.load(path), List.of(), List.of());
        };
    }

    /** The float graph of an ONNX file, also of one that cannot be folded; nothing for other kinds. */
    static Optional<Model> graph(Path path) throws IOException {
        return Files.isRegularFile(path) && kindOf(path) == Kind.ONNX
                ? Optional.of(OnnxImporter.read(path))
                : Optional.empty();
    }

    /** The name decides where it says something, so that a damaged file is reported as what it was meant to be. */
    private static Kind kindOf(Path path) throws IOException {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".onnx")) {
            return Kind.ONNX;
        }
        if (name.endsWith(".json")) {
            return Kind.INTEGER_NETWORK;
        }
        return switch (firstByte(path)) {
            case ONNX_START -> Kind.ONNX;
            case '{' -> Kind.INTEGER_NETWORK;
            default -> throw NetworkException.at(
                    path,
                    "this is no kind of model that Bitloom reads",
                    "give an .onnx file, a folder of BNN-PYNQ parameters, or an integer network that Bitloom saved");
        };
    }

    private static int firstByte(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read();
        }
    }
}
