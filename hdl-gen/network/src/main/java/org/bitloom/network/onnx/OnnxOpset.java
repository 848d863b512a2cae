package org.bitloom.network.onnx;

/** One operator-set import of a model. The empty domain (also spelt {@code ai.onnx}) holds the standard operators. */
public record OnnxOpset(String domain, long version) {
}
