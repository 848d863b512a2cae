package org.bitloom.compression;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.TensorType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.LayerNames;
import org.bitloom.network.integer.NetworkTypes;
import org.bitloom.network.integer.Operation;

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
        types.add(NetworkTypes.outputOf(operation, typeOf(source)));
        layers.add(new Layer(names.unique(name), operation, source));
        return layers.size() - 1;
    }

    List<Layer> layers() {
        return List.copyOf(layers);
    }

    TensorType input() {
        return input;
    }
}
