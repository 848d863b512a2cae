/**
 * ONNX and QONNX files: immutable records of what a file says, a reader of the protobuf wire format that bounds every
 * allocation, a writer with deterministic bytes, and the importer that turns the records into a
 * {@link org.bitloom.network.model.Model}. Field numbers follow {@code onnx.proto3} (IR version 3 to 13).
 */
@NullMarked
package org.bitloom.network.onnx;

import org.jspecify.annotations.NullMarked;
