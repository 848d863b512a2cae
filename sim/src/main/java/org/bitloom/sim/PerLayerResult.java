package org.bitloom.sim;

import java.util.List;
import java.util.Optional;

/**
 * A run with every layer compared on its own.
 *
 * @param run    the outputs and the cycles
 * @param layers all layers of the network, in order
 */
public record PerLayerResult(SimulationResult run, List<LayerResult> layers) {
    public PerLayerResult {
        layers = List.copyOf(layers);
    }

    /** The first layer, in the network's order, that differs anywhere: what the ones behind it suffer from. */
    public Optional<LayerResult> firstDiffering() {
        return layers.stream().filter(layer -> layer.mismatches() > 0).findFirst();
    }

    /** True when every value, of layers and of outputs, is the golden one. */
    public boolean exact() {
        return run.exact() && firstDiffering().isEmpty();
    }
}
