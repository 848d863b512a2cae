package org.bitloom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.bitloom.network.NetworkException;

/** Kinds of files that hold a model. */
enum ModelKind {
    ONNX,
    CAFFE,
    INTEGER_NETWORK;

    /** A protobuf message of ONNX opens with field 1, a number: the IR version. */
    private static final int ONNX_START = 0x08;

    /** A network of Caffe opens with its name, or with its first layer of the older or of the newer form. */
    private static final Set<Integer> CAFFE_STARTS = Set.of(0x0A, 0x12, 0xA2);

    /** The name decides where it says something, so that a damaged file is reported as what it was meant to be. */
    static ModelKind of(Path path) throws IOException {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".onnx")) {
            return ONNX;
        }
        if (name.endsWith(".caffemodel")) {
            return CAFFE;
        }
        if (name.endsWith(".json")) {
            return INTEGER_NETWORK;
        }
        if (name.endsWith(".prototxt")) {
            throw NetworkException.at(
                    path, "is the text of a Caffe network, without weights", "give the .caffemodel, and this with --prototxt");
        }
        int start = firstByte(path);
        if (CAFFE_STARTS.contains(start)) {
            return CAFFE;
        }
        return switch (start) {
            case ONNX_START -> ONNX;
            case '{' -> INTEGER_NETWORK;
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
