package org.bitloom.accelerator;

import java.util.List;
import java.util.Optional;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.network.integer.IntegerNetwork;

/**
 * Which blocks serve a layer of a network, or why none can.
 *
 * @param layer   index of the layer
 * @param stages  its blocks, in the order of the data, with converters, forks and FIFOs; none where {@code within} or
 *                {@code refusal} says why
 * @param within  index of the layer whose matrix-vector unit serves this one too, a threshold
 * @param refusal why it cannot be mapped
 */
public record ServedLayer(int layer, List<Stage> stages, Optional<Integer> within, Optional<String> refusal) {
    public ServedLayer {
        stages = List.copyOf(stages);
    }

    /**
     * Every layer with a folding of the matrix layers, in order; what stands behind a layer that cannot be mapped is looked
     * at all the same.
     */
    public static List<ServedLayer> of(IntegerNetwork network, List<Folding> foldings) {
        return Mapper.survey(network, foldings);
    }
}
