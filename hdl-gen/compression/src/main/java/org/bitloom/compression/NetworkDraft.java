package org.bitloom.compression;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.bitloom.network.TensorType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.LayerNames;
import org.bitloom.network.integer.NetworkTypes;
import org.bitloom.network.integer.Operation;
import org.jspecify.annotations.Nullable;

/** The integer layers found so far, with the type of each. */
final class NetworkDraft {
    private final TensorType input;
    private final List<Layer> layers = new ArrayList<>();
    private final List<TensorType> types = new ArrayList<>();
    private final LayerNames names = new LayerNames();

    NetworkDraft(TensorType input) {
        this.input = input;
    }

    TensorType typeOf(int layer) {
        return layer == IntegerNetwork.INPUT ? input : types.get(layer);
    }

    /** Appends a layer that reads {@code source}; returns its index. */
    int add(String name, Operation operation, int source) {
        return add(name, operation, List.of(source));
    }

    /** Appends a layer that reads several; returns its index. */
    int add(String name, Operation operation, List<Integer> sources) {
        types.add(NetworkTypes.outputOf(operation, sources.stream().map(this::typeOf).toList()));
        layers.add(new Layer(names.unique(name), operation, sources));
        return layers.size() - 1;
    }

    /** What a layer computes; null for the input. */
    @Nullable Operation operation(int layer) {
        return layer == IntegerNetwork.INPUT ? null : layers.get(layer).operation();
    }

    boolean isRead(int layer) {
        return layers.stream().anyMatch(l -> l.inputs().contains(layer));
    }

    /** Changes what a layer computes; nothing may read it yet. */
    void replace(int layer, Operation operation) {
        Layer old = layers.get(layer);
        types.set(layer, NetworkTypes.outputOf(operation, old.inputs().stream().map(this::typeOf).toList()));
        layers.set(layer, new Layer(old.name(), operation, old.inputs()));
    }

    /** The layers that an output needs, the output last. */
    List<Layer> layersFor(int output) {
        BitSet needed = new BitSet();
        if (output != IntegerNetwork.INPUT) {
            needed.set(output);
        }
        for (int i = output; i >= 0; i--) {
            if (needed.get(i)) {
                layers.get(i).inputs().stream().filter(source -> source != IntegerNetwork.INPUT).forEach(needed::set);
            }
        }
        return needed.stream().mapToObj(layers::get).map(layer -> new Layer(layer.name(), layer.operation(),
                layer.inputs().stream().map(source -> source == IntegerNetwork.INPUT ? source
                        : needed.get(0, source).cardinality()).toList())).toList();
    }

    TensorType input() {
        return input;
    }
}
