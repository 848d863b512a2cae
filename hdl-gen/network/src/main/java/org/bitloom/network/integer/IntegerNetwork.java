package org.bitloom.network.integer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;

/**
 * Exact integer semantics and nothing else: what {@link GoldenModel} computes is what the hardware must compute, value
 * by value, at every layer boundary. Layers are in topological order; each but the last is used, and the last one is
 * the output. Types and worst-case ranges are inferred here, so a network that does not fit together, or whose sums
 * could overflow, cannot be built; the message names the layer.
 */
public final class IntegerNetwork {
    /** The index by which a layer refers to the network's input. */
    public static final int INPUT = -1;
    /** The most layers a network may have. */
    public static final int MAX_LAYERS = 4096;

    private final String name;
    private final TensorType input;
    private final List<Layer> layers;
    private final Classifier classifier;
    private final OutputScale outputScale;
    private final List<TensorType> types;
    private final Map<Integer, List<Integer>> readers = new HashMap<>();

    public IntegerNetwork(String name, Shape inputShape, ValueType inputType, List<Layer> layers,
            Classifier classifier, OutputScale outputScale) {
        LayerNames.requireIdentifier(name);
        this.name = name;
        this.input = new TensorType(inputShape, inputType);
        this.layers = List.copyOf(layers);
        this.classifier = classifier;
        this.outputScale = outputScale;
        requireGraph();
        for (int i = 0; i < this.layers.size(); i++) {
            for (int source : this.layers.get(i).inputs()) {
                readers.computeIfAbsent(source, _ -> new ArrayList<>()).add(i);
            }
        }
        this.types = NetworkTypes.infer(name, input, this.layers);
        requireReadableOutput();
    }

    public String name() {
        return name;
    }

    public Shape inputShape() {
        return input.shape();
    }

    public ValueType inputType() {
        return input.type();
    }

    public List<Layer> layers() {
        return layers;
    }

    public Classifier classifier() {
        return classifier;
    }

    public OutputScale outputScale() {
        return outputScale;
    }

    /** What layer i puts out, or with {@link #INPUT} what the network takes. Accumulators: the smallest type of all. */
    public TensorType typeOf(int layer) {
        return layer == INPUT ? input : types.get(layer);
    }

    /** The layers that read layer i, or with {@link #INPUT} the input, in order: one entry for each of their inputs. */
    public List<Integer> readers(int layer) {
        return Collections.unmodifiableList(readers.getOrDefault(layer, List.of()));
    }

    /** What the network puts out. */
    public TensorType outputType() {
        return types.getLast();
    }

    private void requireGraph() {
        if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
            throw new NetworkException("network " + name + ": it has " + layers.size() + " layers; there must be 1 to "
                    + MAX_LAYERS);
        }
        Set<String> names = new HashSet<>();
        Set<Integer> unused = new HashSet<>();
        unused.add(INPUT);
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (!names.add(layer.name().toLowerCase(Locale.ROOT))) {
                throw new NetworkException(place(layer) + "another layer has this name (capitals do not count)");
            }
            for (int source : layer.inputs()) {
                if (source < INPUT || source >= i) {
                    throw new NetworkException(place(layer) + "input " + source + " is not an earlier layer");
                }
                unused.remove(source);
            }
            unused.add(i);
        }
        unused.remove(layers.size() - 1);
        for (int i : unused) {
            throw new NetworkException("network " + name + ": nothing uses "
                    + (i == INPUT ? "the input" : "layer " + layers.get(i).name()) + "; only the last layer is the output");
        }
    }

    private void requireReadableOutput() {
        int outputs = outputType().shape().size();
        if (classifier.rule() == Classifier.Rule.INDEX) {
            if (outputs != 1 || outputType().type().min() != 0) {
                throw new NetworkException("network " + name + ": a class index must be one number that is not negative, "
                        + "but the output is " + outputType());
            }
        } else if (outputs < classifier.classes()) {
            throw new NetworkException("network " + name + ": " + classifier.classes() + " classes cannot be read from "
                    + outputs + " outputs");
        }
        if (outputScale.scales().size() > 1 && outputScale.scales().size() != outputs) {
            throw new NetworkException("network " + name + ": " + outputScale.scales().size() + " output scales for "
                    + outputs + " outputs; there must be one for each, or one for all");
        }
    }

    private String place(Layer layer) {
        return "network " + name + ", layer " + layer.name() + ": ";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntegerNetwork that && name.equals(that.name) && input.equals(that.input)
                && layers.equals(that.layers) && classifier.equals(that.classifier)
                && outputScale.equals(that.outputScale);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, input, layers, classifier, outputScale);
    }

    /** {@code lfc: 784 of unsigned 8 bit -> 8 layers -> 10 of bipolar}. */
    @Override
    public String toString() {
        return name + ": " + input + " -> " + layers.size() + " layers -> " + outputType();
    }
}
