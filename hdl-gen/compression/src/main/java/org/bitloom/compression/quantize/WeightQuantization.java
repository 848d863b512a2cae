package org.bitloom.compression.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.compression.InputEncoding;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Rounding;
import org.bitloom.network.model.Tensor;

/** Puts a quantizer on the weights of each convolution and matrix product; everything else stays as it is. */
final class WeightQuantization {
    private WeightQuantization() {
    }

    /** Names of the layers that have weights, in order. */
    static List<String> layers(Model model) {
        return model.nodes().stream().filter(node -> isLayer(model, node)).map(Node::name).toList();
    }

    private static boolean isLayer(Model model, Node node) {
        return node.operator().takesWeights() && model.constants().containsKey(node.inputs().get(1))
                && !model.constants().containsKey(node.inputs().getFirst());
    }

    static Model quantize(Model model, Recipe recipe, InputEncoding encoding) {
        Map<String, Scales> scales = scales(model, recipe, encoding);
        ModelDraft draft = new ModelDraft(model);
        for (Node node : model.nodes()) {
            if (node.operator() instanceof Quantizer) {
                throw new NetworkException(node.label() + ": the model is quantized already; take it without --bits and "
                        + "--recipe, or give the float model that it was made from");
            }
            if (!isLayer(model, node)) {
                draft.add(node);
                continue;
            }
            List<String> inputs = new ArrayList<>(node.inputs());
            Tensor weights = model.constants().get(inputs.get(1));
            if (weights == null) {
                throw new IllegalStateException(node.name());
            }
            Quantizer quantizer = quantizer(recipe.of(node.name()).weights(), weights,
                    scales.getOrDefault(node.name(), Scales.forStep(1)));
            inputs.set(1, draft.add(node.name() + "_weights", "the weights of " + node.label(), quantizer, inputs.get(1)));
            draft.add(new Node(node.name(), node.label(), node.operator(), inputs, node.outputs()));
        }
        return draft.model(model.outputs());
    }

    /** Those of layers that read the model's input, whose step is not a power of two as that of activations is. */
    private static Map<String, Scales> scales(Model model, Recipe recipe, InputEncoding encoding) {
        Map<String, Scales> scales = new HashMap<>();
        for (QuantizationPlan.Step step : QuantizationPlan.of(model, recipe, encoding).steps()) {
            if (step instanceof QuantizationPlan.Step.Copy(Node node, var sites, Meaning.Grid data) && data != null
                    && data.site() == null) {
                scales.put(node.name(), Scales.forStep(data.factor().doubleValue()));
            }
        }
        return scales;
    }

    private static Quantizer quantizer(WeightFormat format, Tensor weights, Scales scales) {
        return switch (format) {
            case WeightFormat.Uniform uniform -> new Quantizer.IntegerQuant(
                    Tensor.scalar(scales.leastError(weights, uniform.largest())), Tensor.scalar(0), uniform.bits(), true,
                    true, Rounding.HALF_AWAY_FROM_ZERO);
            case WeightFormat.Masked(var pattern, var overflow) -> new Quantizer.BitMasked(pattern, overflow);
            case WeightFormat.Binary b -> new Quantizer.BipolarQuant(Tensor.scalar(scales.near(meanMagnitude(weights))));
        };
    }

    private static double meanMagnitude(Tensor weights) {
        double sum = 0;
        for (int i = 0; i < weights.size(); i++) {
            sum += Math.abs(weights.at(i));
        }
        return sum / Math.max(1, weights.size());
    }
}
