package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.caffe.CaffeImporter;
import org.bitloom.network.integer.BnnPynq;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.NetworkFile;
import org.bitloom.network.model.Model;
import org.bitloom.network.onnx.OnnxImporter;

/** What the user calls MODEL as it was read, whatever kind of file or folder it is: a graph of real numbers, or integers. */
sealed interface ModelSource {
    /** Of an ONNX or Caffe file, also one that cannot be folded into integers. */
    record Graph(Model model) implements ModelSource {}

    /** @param foldings that the author published with it, layer by layer; empty when there are none */
    record Integers(IntegerNetwork network, List<BnnPynq.Folding> foldings) implements ModelSource {}

    /** The integer network in the folder of a generated design. */
    String GENERATED = "network.json";

    /**
     * Reads a model of any kind that Bitloom knows.
     *
     * @throws NetworkException when it is of no known kind, or not what it seems to be
     */
    static ModelSource read(Path path, CaffeFileOptions options) throws IOException {
        Path generated = path.resolve(GENERATED);
        if (Files.isRegularFile(generated)) {
            options.requireNone(path);
            return new Integers(NetworkFile.load(generated), List.of());
        }
        if (Files.isDirectory(path)) {
            options.requireNone(path);
            BnnPynq set = BnnPynq.read(path);
            return new Integers(set.network(), set.foldings());
        }
        ModelKind kind = ModelKind.of(path);
        if (kind != ModelKind.CAFFE) {
            options.requireNone(path);
        }
        return switch (kind) {
            case ONNX -> new Graph(OnnxImporter.read(path));
            case CAFFE -> new Graph(CaffeImporter.read(path, options.caffe()));
            case INTEGER_NETWORK -> new Integers(NetworkFile.load(path), List.of());
        };
    }

    /** The float graph of a file that is to be compressed; refuses one that holds integers. */
    static Model readFloat(Path path, CaffeFileOptions options) throws IOException {
        return switch (read(path, options)) {
            case Graph(Model graph) -> graph;
            case Integers i -> throw CommandException.badInput(
                    "%s holds integers already: give a float model, a .caffemodel or an .onnx file.".formatted(path));
        };
    }
}
