package org.bitloom.network.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.network.ValueType;

/**
 * A float graph of one input, ready to be evaluated or folded. Nodes are in topological order, every value has a
 * name and a known shape, everything computable beforehand is a constant, except that quantizers of constants stay
 * nodes: what they make are the integer weights. An importer has checked all this.
 *
 * @param name      an arbitrary short name, usually the file's
 * @param source    the file, for messages
 * @param input     name of the input value
 * @param integers  the type of the input where the file declares integers; empty for real numbers
 * @param constants values that are known
 * @param shapes    shape of every value: input, constants and node outputs
 * @param outputs   names of the values that the model gives, at least one
 * @param notes     what an importer left out or assumed, one sentence each
 */
public record Model(
        String name,
        String source,
        String input,
        Optional<ValueType> integers,
        List<Node> nodes,
        Map<String, Tensor> constants,
        Map<String, Dimensions> shapes,
        List<String> outputs,
        List<String> notes) {

    public Model {
        nodes = List.copyOf(nodes);
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        outputs = List.copyOf(outputs);
        notes = List.copyOf(notes);
    }

    public Dimensions inputShape() {
        return shapeOf(input);
    }

    public Dimensions shapeOf(String value) {
        Dimensions shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalArgumentException("no value is called " + value);
        }
        return shape;
    }
}
