package org.bitloom.network.model;

import java.util.List;
import org.bitloom.network.NetworkException;

/**
 * One value of a model for several images at once. The images lie side by side: what is done to an element is done to a
 * run of floats. Not to be changed once it is made.
 */
public final class Batch {
    private final Dimensions shape;
    private final float[][] elements;
    private final int images;

    private Batch(Dimensions shape, float[][] elements, int images) {
        this.shape = shape;
        this.elements = elements;
        this.images = images;
    }

    /** The images, each given as the elements of {@code shape} in memory order. */
    public static Batch of(Dimensions shape, List<float[]> images) {
        float[][] elements = new float[shape.size()][images.size()];
        for (int image = 0; image < images.size(); image++) {
            float[] values = images.get(image);
            if (values.length != elements.length) {
                throw new NetworkException("an image of " + values.length + " values where shape " + shape + " is due");
            }
            for (int i = 0; i < elements.length; i++) {
                elements[i][image] = values[i];
            }
        }
        return new Batch(shape, elements, images.size());
    }

    /** Takes the arrays over; element i of image b is {@code elements[i][b]}. */
    static Batch owning(Dimensions shape, float[][] elements, int images) {
        return new Batch(shape, elements, images);
    }

    public Dimensions shape() {
        return shape;
    }

    public int images() {
        return images;
    }

    /** Element i of an image. */
    public float at(int i, int image) {
        return elements[i][image];
    }

    /** One image's value. */
    public Tensor image(int image) {
        float[] values = new float[elements.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements[i][image];
        }
        return Tensor.owning(shape, values);
    }

    /** For reading only. */
    float[][] elements() {
        return elements;
    }

    Batch reshaped(Dimensions target) {
        return new Batch(target, elements, images);
    }
}
