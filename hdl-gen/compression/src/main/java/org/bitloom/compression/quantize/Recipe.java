package org.bitloom.compression.quantize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.network.NetworkException;
import org.bitloom.network.integer.LayerNames;

/**
 * Which format each layer of a model gets. A layer is a convolution or a matrix product, called by the name of its node
 * or by the identifier that the integer network makes of it.
 *
 * @param layers exceptions from the default, by layer
 */
public record Recipe(LayerFormat standard, Map<String, Entry> layers) {
    /**
     * A layer's own format.
     *
     * @param place where the recipe says so, for messages; {@code recipe.yaml:7}, or empty
     */
    public record Entry(LayerFormat format, String place) {
    }

    /** Activations of {@link #bits} have no fewer bits. */
    private static final int LEAST_ACTIVATION_BITS = 8;

    public Recipe {
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /** Weights of so many bits everywhere, activations of as many, but at least 8 and at most 12. */
    public static Recipe bits(int bits) {
        return new Recipe(new LayerFormat(new WeightFormat.Uniform(bits),
                Math.clamp(bits, LEAST_ACTIVATION_BITS, LayerFormat.MAX_ACTIVATION_BITS)), Map.of());
    }

    /** The same with a format of its own for one layer. */
    public Recipe with(String layer, LayerFormat format) {
        Map<String, Entry> more = new LinkedHashMap<>(layers);
        more.put(layer, new Entry(format, ""));
        return new Recipe(standard, more);
    }

    LayerFormat of(String layer) {
        Entry entry = layers.get(layer);
        if (entry == null) {
            entry = layers.get(LayerNames.identifier(layer));
        }
        return entry == null ? standard : entry.format();
    }

    /** Refuses a recipe that speaks of a layer that is not among these. */
    void requireLayers(List<String> known) {
        layers.forEach((layer, entry) -> {
            if (known.stream().noneMatch(name -> name.equals(layer) || LayerNames.identifier(name).equals(layer))) {
                throw new NetworkException((entry.place().isEmpty() ? "" : entry.place() + ": ") + "there is no layer "
                        + layer + " in the model; its layers are " + String.join(", ", known));
            }
        });
    }
}
