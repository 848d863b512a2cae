package org.bitloom.network.caffe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.ImportBudget;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.ShapeRules;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.protobuf.SafeText;

/**
 * A graph under construction in which every value is made once. Caffe's layers may write over what they read (top =
 * bottom); what a blob's name stands for is therefore kept for the layer that is being added.
 */
final class LayerGraph {
    private final ImportBudget budget = new ImportBudget();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final Map<String, Dimensions> shapes = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> nodeNames = new HashSet<>();
    private final Map<String, String> current = new HashMap<>();

    /** Declares a value that no layer makes, under a name of its own. */
    String input(String name, Dimensions shape) {
        keep(name, shape);
        current.put(name, name);
        return name;
    }

    /** From now on, layers that read {@code blob} read {@code value}. */
    void same(String blob, String value) {
        current.put(blob, value);
    }

    /** The value that a layer reads. */
    String input(CaffeLayer layer, int index) {
        if (index >= layer.bottoms().size()) {
            throw new NetworkException("has no input; give it a bottom");
        }
        String blob = layer.bottoms().get(index);
        String value = current.get(blob);
        if (value == null) {
            throw new NetworkException("reads " + SafeText.quoted(blob) + ", which no layer before it makes; check its "
                    + "bottom, and the phase of the layer that makes it");
        }
        return value;
    }

    String[] inputs(CaffeLayer layer) {
        String[] inputs = new String[layer.bottoms().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = input(layer, i);
        }
        if (inputs.length == 0) {
            input(layer, 0);
        }
        return inputs;
    }

    Dimensions shape(CaffeLayer layer, int index) {
        return shape(input(layer, index));
    }

    Dimensions shape(String value) {
        Dimensions shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalArgumentException("no value is called " + value);
        }
        return shape;
    }

    /** Keeps a parameter and returns its name, which is {@code name} unless that is taken. */
    String constant(String name, Tensor tensor) {
        String free = unused(name);
        keep(free, tensor.shape());
        constants.put(free, tensor);
        return free;
    }

    /** What the layer computes: its top. */
    void add(CaffeLayer layer, Operator operator, String... inputs) {
        if (layer.tops().size() != 1) {
            throw new NetworkException("has " + layer.tops().size() + " outputs; there must be one");
        }
        String top = layer.tops().getFirst();
        String value = unused(shapes.containsKey(top) ? top + "_" + layer.name() : top);
        emit(layer.name(), layer.label(), operator, List.of(inputs), value);
        current.put(top, value);
    }

    /** A step on the way to what the layer computes; returns the value. */
    String before(CaffeLayer layer, String step, Operator operator, String... inputs) {
        String value = unused(layer.name() + "_" + step);
        emit(layer.name() + "_" + step, layer.label(), operator, List.of(inputs), value);
        return value;
    }

    /** A step that no layer of the file stands for; returns the value. */
    String prepare(String step, Operator operator, String... inputs) {
        String value = unused(step);
        emit(step, "the data's " + step, operator, List.of(inputs), value);
        return value;
    }

    private void emit(String name, String label, Operator operator, List<String> inputs, String output) {
        Dimensions shape = ShapeRules.outputs(operator, inputs.stream().map(this::shape).toList()).getFirst();
        keep(output, shape);
        String free = name.isEmpty() ? "layer" : name;
        for (int i = 1; !nodeNames.add(free); i++) {
            free = name + "_" + i;
        }
        nodes.add(new Node(free, label, operator, inputs, List.of(output)));
    }

    private String unused(String name) {
        String free = name;
        for (int i = 1; shapes.containsKey(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private void keep(String name, Dimensions shape) {
        budget.add(shape);
        shapes.put(name, shape);
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    Map<String, Tensor> constants() {
        return new LinkedHashMap<>(constants);
    }

    Map<String, Dimensions> shapes() {
        return new LinkedHashMap<>(shapes);
    }
}
