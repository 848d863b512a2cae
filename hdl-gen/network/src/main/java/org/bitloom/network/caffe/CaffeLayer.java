package org.bitloom.network.caffe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.protobuf.SafeText;

/**
 * One layer, from either form, with the type spelled as in the newer one.
 *
 * @param blobs what was learned; empty in the text of a network
 */
record CaffeLayer(String name, String type, List<String> bottoms, List<String> tops, List<Tensor> blobs, Message fields) {
    /** Old types whose newer name is not the same in another spelling. */
    private static final Map<String, String> RENAMED = Map.of("HDF5_DATA", "HDF5Data", "HDF5_OUTPUT", "HDF5Output",
            "IM2COL", "Im2col", "LRN", "LRN", "RELU", "ReLU", "TANH", "TanH", "SOFTMAX_LOSS", "SoftmaxWithLoss",
            "BNLL", "BNLL", "MVN", "MVN", "ABSVAL", "AbsVal");

    CaffeLayer {
        bottoms = List.copyOf(bottoms);
        tops = List.copyOf(tops);
        blobs = List.copyOf(blobs);
    }

    static CaffeLayer of(Message fields, boolean old) {
        String name = fields.text("name").orElse("");
        String type = fields.text("type").orElse("");
        if (fields.has("layer")) {
            throw new NetworkException("its layers are in the oldest form of Caffe (V0), which is not supported; "
                    + "convert it with Caffe's upgrade_net_proto_binary or upgrade_net_proto_text");
        }
        CaffeLayer layer = new CaffeLayer(name, old ? newer(type) : type, fields.texts("bottom"), fields.texts("top"),
                List.of(), fields);
        try {
            return layer.withBlobs(fields.messages("blobs").stream().map(CaffeBlob::tensor).toList());
        } catch (NetworkException e) {
            throw layer.problem(e);
        }
    }

    /** {@code INNER_PRODUCT} is {@code InnerProduct}. */
    private static String newer(String old) {
        String renamed = RENAMED.get(old);
        if (renamed != null) {
            return renamed;
        }
        StringBuilder name = new StringBuilder();
        for (String word : old.split("_")) {
            name.append(word, 0, Math.min(1, word.length()))
                    .append(word.substring(Math.min(1, word.length())).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    CaffeLayer withBlobs(List<Tensor> learned) {
        return new CaffeLayer(name, type, bottoms, tops, learned, fields);
    }

    /** How messages speak of it. */
    String label() {
        return "layer " + SafeText.quoted(name) + " (" + SafeText.printable(type) + ")";
    }

    NetworkException problem(NetworkException e) {
        return new NetworkException(label() + ": " + e.getMessage(), e);
    }

    /** Blob number {@code index} as a tensor of another shape with as many elements. */
    Tensor blob(int index, String what, Dimensions shape) {
        if (index >= blobs.size()) {
            throw new NetworkException("has no " + what + "; give the .caffemodel that was trained with this network");
        }
        Tensor blob = blobs.get(index);
        if (blob.size() != shape.size()) {
            throw new NetworkException("has a " + what + " of shape " + blob.shape() + " where " + shape
                    + " is due; the .caffemodel and the network do not belong together");
        }
        return blob.reshaped(shape);
    }
}
