package org.bitloom.compression;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Spatial;
import org.jspecify.annotations.Nullable;

/**
 * Where each element of a model's input stands in the channel-last input of the integer network. What the axes of the
 * input mean is seen from what the model does with it first: an image of four axes has its channels in front, unless
 * they are moved there; a vector or sequence that is reshaped to an image is that image.
 *
 * @param places place in the integer input, by element of the model's
 */
record InputLayout(Shape shape, int[] places) {
    private static final List<Integer> TO_FIRST = List.of(0, 3, 1, 2);
    private static final List<Integer> TO_LAST = List.of(0, 2, 3, 1);

    static InputLayout of(Model model) {
        Dimensions input = model.inputShape();
        if (input.rank() > 1 && input.at(0) != 1) {
            throw new NetworkException("the input has the shape " + input + ", a batch of " + input.at(0)
                    + "; export with a batch of 1 or a dynamic batch");
        }
        if (input.rank() == 0) {
            throw new NetworkException("the input is a single number; it must be a vector or an image");
        }
        Movement first = firstMovement(model);
        if (input.rank() == 4) {
            boolean channelsLast = first instanceof Movement.Transpose t && t.permutation().equals(TO_FIRST);
            return channelsLast ? inOrder(new Shape(input.sizes().subList(1, 4))) : image(input);
        }
        boolean seesImages = model.nodes().stream().anyMatch(node -> node.operator() instanceof Spatial);
        if (seesImages && first instanceof Movement.Reshape reshape && reshape.target().rank() == 4
                && reshape.target().at(0) == 1) {
            return image(reshape.target());
        }
        return inOrder(input.rank() == 1 ? Shape.of(input.at(0)) : new Shape(input.sizes().subList(1, input.rank())));
    }

    private static InputLayout inOrder(Shape shape) {
        int[] places = new int[shape.size()];
        Arrays.setAll(places, i -> i);
        return new InputLayout(shape, places);
    }

    /** The file has channel, row, column; the integer network row, column, channel. */
    private static InputLayout image(Dimensions image) {
        int[] from = image.transposedIndexes(TO_LAST);
        int[] places = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            places[from[i]] = i;
        }
        return new InputLayout(Shape.of(image.at(2), image.at(3), image.at(1)), places);
    }

    /** The movement that the input meets before anything that knows its axes; null when there is none. */
    private static @Nullable Movement firstMovement(Model model) {
        Set<String> same = new HashSet<>(Set.of(model.input()));
        for (Node node : model.nodes()) {
            if (node.inputs().stream().anyMatch(same::contains)) {
                if (node.operator() instanceof Movement movement) {
                    return movement;
                }
                if (!keepsAxes(node.operator())) {
                    return null;
                }
                same.addAll(node.outputs());
            }
        }
        return null;
    }

    private static boolean keepsAxes(Operator operator) {
        return operator instanceof Arithmetic || operator instanceof Activation || operator instanceof Quantizer;
    }
}
