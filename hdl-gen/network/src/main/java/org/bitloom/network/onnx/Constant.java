package org.bitloom.network.onnx;

import java.util.Arrays;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Tensor;

/** A value known at import: float data, or the integers by which graphs compute shapes, axes and indexes. */
sealed interface Constant {
    Dimensions shape();

    /** The elements at the given places, as a constant of shape {@code target}. */
    Constant picked(Dimensions target, int[] places);

    record Floats(Tensor tensor) implements Constant {
        @Override
        public Dimensions shape() {
            return tensor.shape();
        }

        @Override
        public Constant picked(Dimensions target, int[] places) {
            float[] values = new float[places.length];
            for (int i = 0; i < places.length; i++) {
                values[i] = tensor.at(places[i]);
            }
            return new Floats(Tensor.of(target, values));
        }
    }

    /** {@code values} is never written after construction. */
    record Integers(Dimensions shape, long[] values) implements Constant {
        @Override
        public Constant picked(Dimensions target, int[] places) {
            return new Integers(target, Arrays.stream(places).mapToLong(i -> values[i]).toArray());
        }
    }

    /** What a file's tensor holds. Float tensors must be finite, and exact in float32. */
    static Constant of(OnnxTensor tensor) {
        Dimensions shape = new Dimensions(tensor.dimensions());
        if (!tensor.type().isFloatingPoint()) {
            return new Integers(shape, tensor.toLongs());
        }
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw NetworkException.at("tensor " + OnnxNode.quoted(tensor.name()), "element " + i + " is "
                        + values[i], "weights and parameters must be finite numbers; look for what went wrong in "
                        + "training or export");
            }
        }
        if (tensor.type() == ElementType.DOUBLE && !tensor.isExactInFloats()) {
            throw NetworkException.at("tensor " + OnnxNode.quoted(tensor.name()), "holds float64 values that float32 "
                    + "cannot represent", "convert the model to float32 before the export");
        }
        return new Floats(Tensor.of(shape, values));
    }
}
