package org.bitloom.network.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bitloom.network.NetworkException;

/**
 * Evaluates a model in float32 exactly as it is written, node by node. What depends on constants only (quantized
 * weights) is computed once. Immutable: one evaluator may serve several threads.
 */
public final class ModelEvaluator {
    private final Model model;
    private final Map<String, Tensor> known;
    private final List<Node> nodes;

    public ModelEvaluator(Model model) {
        this.model = model;
        this.known = new HashMap<>(model.constants());
        List<Node> depending = new ArrayList<>();
        for (Node node : model.nodes()) {
            if (known.keySet().containsAll(node.inputs())) {
                evaluate(node, known);
            } else {
                depending.add(node);
            }
        }
        this.nodes = List.copyOf(depending);
    }

    /** The model's first output for an input of {@link Model#inputShape} elements in memory order. */
    public Tensor run(float... input) {
        return Objects.requireNonNull(runWithTrace(input).get(model.outputs().getFirst()));
    }

    /** Every value that depends on the input, by name, in order of computation. */
    public Map<String, Tensor> runWithTrace(float... input) {
        if (input.length != model.inputShape().size()) {
            throw new NetworkException(model.source() + ": an input has " + input.length + " values; the model takes "
                    + model.inputShape());
        }
        Map<String, Tensor> values = new HashMap<>(known);
        Map<String, Tensor> trace = new LinkedHashMap<>();
        Tensor x = Tensor.of(model.inputShape(), input);
        values.put(model.input(), x);
        trace.put(model.input(), x);
        for (Node node : nodes) {
            evaluate(node, values);
            node.outputs().forEach(name -> trace.put(name, values.get(name)));
        }
        model.outputs().forEach(name -> trace.put(name, values.get(name)));
        return trace;
    }

    private static void evaluate(Node node, Map<String, Tensor> values) {
        List<Tensor> results = apply(node.operator(), node.inputs().stream().map(values::get).toList());
        for (int i = 0; i < node.outputs().size(); i++) {
            values.put(node.outputs().get(i), results.get(i));
        }
    }

    /** One operator on its own. */
    public static List<Tensor> apply(Operator operator, List<Tensor> inputs) {
        return Kernels.apply(operator, inputs);
    }
}
