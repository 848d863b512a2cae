package org.bitloom.network.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One ONNX file as it stands on disk: no meaning has been given to its nodes yet. Model-local functions, training
 * information and documentation strings are not kept.
 *
 * @param irVersion version of the ONNX file format, 3 or later
 * @param metadata  the file's own key-value pairs, in file order
 */
public record OnnxModel(
        long irVersion,
        String producerName,
        String producerVersion,
        List<OnnxOpset> opsets,
        OnnxGraph graph,
        Map<String, String> metadata) {

    /** The IR version that {@link #of} writes: understood by every ONNX tool since 2021. */
    public static final long WRITTEN_IR_VERSION = 8;

    public OnnxModel {
        opsets = List.copyOf(opsets);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A model of one's own making, for {@link OnnxWriter}. */
    public static OnnxModel of(String producerName, List<OnnxOpset> opsets, OnnxGraph graph) {
        return new OnnxModel(WRITTEN_IR_VERSION, producerName, "", opsets, graph, Map.of());
    }
}
