package org.bitloom.compression.quantize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Tensor;

/**
 * Brings a float model into the form that is quantized: batch normalizations, scales and offsets behind a convolution or
 * matrix product are in its weights and bias (computed in double, rounded once); those elsewhere are a factor and a term
 * for each channel; a ReLU behind a max pool stands before it, which is the same.
 */
final class AffineFolding {
    private final Model model;
    private final Readers readers;
    private final ModelDraft draft;
    private final Set<String> done = new HashSet<>();

    private AffineFolding(Model model) {
        this.model = model;
        this.readers = new Readers(model);
        this.draft = new ModelDraft(model);
    }

    static Model fold(Model model) {
        return new AffineFolding(model).run();
    }

    private Model run() {
        for (Node node : model.nodes()) {
            if (done.contains(node.name())) {
                continue;
            }
            LinearLayer layer = LinearLayer.of(node, model.constants(), model.shapeOf(node.output()));
            if (layer != null) {
                addWithTail(layer);
            } else if (node.operator() instanceof Linear.BatchNormalization norm) {
                addNormalization(node, norm);
            } else if (node.operator() instanceof Spatial.MaxPool) {
                addPool(node);
            } else {
                draft.add(node);
            }
        }
        return draft.model(model.outputs());
    }

    private void addWithTail(LinearLayer layer) {
        String value = layer.node().output();
        for (Node next = readers.onlyReader(value); next != null; next = readers.onlyReader(value)) {
            PerChannel change = PerChannel.of(next, value, model.shapeOf(value), layer.axis(), model.constants());
            if (change == null) {
                break;
            }
            layer = layer.then(change);
            done.add(next.name());
            value = next.output();
        }
        layer.addTo(draft, value);
    }

    private void addNormalization(Node node, Linear.BatchNormalization norm) {
        PerChannel change = PerChannel.of(norm);
        List<Integer> sizes = new ArrayList<>(List.of(norm.channels()));
        for (int axis = 2; axis < model.shapeOf(node.output()).rank(); axis++) {
            sizes.add(1);
        }
        Dimensions shape = new Dimensions(sizes);
        String scaled = draft.add(node.name() + "_scaled", node.label(), Arithmetic.MULTIPLY, node.inputs().getFirst(),
                draft.constant(node.name() + "_factor", tensor(shape, change.factor())));
        String term = draft.constant(node.name() + "_term", tensor(shape, change.term()));
        draft.add(new Node(node.name(), node.label(), Arithmetic.ADD, List.of(scaled, term), node.outputs()));
    }

    private static Tensor tensor(Dimensions shape, double[] numbers) {
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        return Tensor.of(shape, values);
    }

    private void addPool(Node pool) {
        Node next = readers.onlyReader(pool.output());
        if (next == null || !(next.operator() instanceof Activation.Relu)) {
            draft.add(pool);
            return;
        }
        done.add(next.name());
        String positive = draft.value(next.name() + "_first");
        draft.add(new Node(next.name(), next.label(), next.operator(), pool.inputs(), List.of(positive)));
        draft.add(new Node(pool.name(), pool.label(), pool.operator(), List.of(positive), next.outputs()));
    }
}
