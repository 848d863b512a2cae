package org.bitloom.network.model;

import java.util.Arrays;
import org.bitloom.network.NetworkException;

/** An immutable float32 tensor; equal when shape and bits are. */
public final class Tensor {
    private final Dimensions shape;
    private final float[] values;

    private Tensor(Dimensions shape, float[] values) {
        if (shape.size() != values.length) {
            throw new NetworkException("a tensor of shape " + shape + " takes " + shape.size() + " values, not "
                    + values.length);
        }
        this.shape = shape;
        this.values = values;
    }

    /** Copies the values. */
    public static Tensor of(Dimensions shape, float... values) {
        return new Tensor(shape, values.clone());
    }

    public static Tensor scalar(float value) {
        return new Tensor(Dimensions.SCALAR, new float[] {value});
    }

    /** Takes the array over: the caller must not keep it. */
    static Tensor owning(Dimensions shape, float[] values) {
        return new Tensor(shape, values);
    }

    public Dimensions shape() {
        return shape;
    }

    public int size() {
        return values.length;
    }

    /** Element i in memory order. */
    public float at(int i) {
        return values[i];
    }

    /** The values themselves, for reading only. */
    float[] values() {
        return values;
    }

    public float[] toArray() {
        return values.clone();
    }

    /** The same values under another shape. */
    public Tensor reshaped(Dimensions target) {
        return new Tensor(target, values);
    }

    /** The elements of this tensor at the given places, as a tensor of shape {@code target}. */
    Tensor picked(Dimensions target, int[] places) {
        float[] picked = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            picked[i] = values[places[i]];
        }
        return new Tensor(target, picked);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return size() == 1 ? values[0] + " " + shape : "tensor " + shape;
    }
}
