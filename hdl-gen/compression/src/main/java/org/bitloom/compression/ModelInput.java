package org.bitloom.compression;

import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.model.Model;

/** Images of integers, channel last, as the real numbers that a float model takes, in the order of its input. */
public final class ModelInput {
    private final InputLayout layout;
    private final double numerator;
    private final double denominator;
    private final double offset;

    private ModelInput(InputLayout layout, InputEncoding encoding) {
        this.layout = layout;
        this.numerator = encoding.scale().numerator().doubleValue();
        this.denominator = encoding.scale().denominator().doubleValue();
        this.offset = encoding.offset().doubleValue();
    }

    /** With the meaning of the integers that the model most likely expects. */
    public static ModelInput of(Model model) {
        return of(model, InputEncoding.of(model));
    }

    /**
     * With a stated meaning of the integers.
     *
     * @throws NetworkException when the model's input is neither one vector nor one image
     */
    public static ModelInput of(Model model, InputEncoding encoding) {
        try {
            return new ModelInput(InputLayout.of(model), encoding);
        } catch (NetworkException e) {
            throw new NetworkException(model.source() + ": " + e.getMessage(), e);
        }
    }

    /** Of the images, channel last. */
    public Shape shape() {
        return layout.shape();
    }

    /** An image of {@link #shape()} as the model takes it; each number is rounded once, to float32. */
    public float[] of(long[] image) {
        int[] places = layout.places();
        float[] values = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = (float) (image[places[i]] * numerator / denominator + offset);
        }
        return values;
    }
}
