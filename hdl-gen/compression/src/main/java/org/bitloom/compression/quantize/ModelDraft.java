package org.bitloom.compression.quantize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.ShapeRules;
import org.bitloom.network.model.Tensor;

/** A model made from another one, node by node. Every value keeps its name; new ones get names of their own. */
final class ModelDraft {
    private final Model source;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> constants;
    private final Map<String, Dimensions> shapes;
    private final Set<String> nodeNames = new HashSet<>();

    ModelDraft(Model source) {
        this.source = source;
        this.constants = new LinkedHashMap<>(source.constants());
        this.shapes = new LinkedHashMap<>(source.shapes());
        source.nodes().forEach(node -> nodeNames.add(node.name()));
    }

    void add(Node node) {
        nodes.add(node);
        List<Dimensions> outputs = ShapeRules.outputs(node.operator(), node.inputs().stream().map(this::shapeOf).toList());
        for (int i = 0; i < node.outputs().size(); i++) {
            shapes.put(node.outputs().get(i), outputs.get(i));
        }
    }

    /** Adds a node that the source has not; returns its output. */
    String add(String name, String label, Operator operator, String... inputs) {
        return add(name, label, operator, List.of(inputs), value(name));
    }

    /** Adds a node that the source has not, giving a value of that name. */
    String add(String name, String label, Operator operator, List<String> inputs, String output) {
        String unique = name;
        for (int i = 1; !nodeNames.add(unique); i++) {
            unique = name + "_" + i;
        }
        add(new Node(unique, label, operator, inputs, List.of(output)));
        return output;
    }

    /** Keeps a constant, under its own name where it has one. */
    String constant(String proposed, Tensor tensor) {
        if (constants.get(proposed) == tensor) {
            return proposed;
        }
        String name = value(proposed);
        constants.put(name, tensor);
        shapes.put(name, tensor.shape());
        return name;
    }

    Dimensions shapeOf(String value) {
        Dimensions shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalArgumentException("no value is called " + value);
        }
        return shape;
    }

    /** A name that no value has. */
    String value(String proposed) {
        String name = proposed;
        for (int i = 1; shapes.containsKey(name); i++) {
            name = proposed + "_" + i;
        }
        return name;
    }

    /** The model, without constants that nothing reads. */
    Model model(List<String> outputs) {
        Set<String> read = new HashSet<>(outputs);
        Set<String> made = new HashSet<>(Set.of(source.input()));
        nodes.forEach(node -> {
            read.addAll(node.inputs());
            made.addAll(node.outputs());
        });
        constants.keySet().retainAll(read);
        made.addAll(constants.keySet());
        shapes.keySet().retainAll(made);
        return new Model(source.name(), source.source(), source.input(), source.integers(), nodes, constants, shapes,
                outputs, source.notes());
    }
}
