package org.bitloom.compression.quantize;

import java.util.List;
import java.util.Map;
import org.bitloom.compression.InputEncoding;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is quantized.
 *
 * @param steps  the nodes of the quantized model in order
 * @param groups the sites whose format is to be found, together where they share one
 */
record QuantizationPlan(List<Step> steps, List<SiteGroup> groups) {
    QuantizationPlan {
        steps = List.copyOf(steps);
        groups = List.copyOf(groups);
    }

    /** One node of the quantized model. */
    sealed interface Step {
        /**
         * A node of the model.
         *
         * @param sites by input, where it reads a quantized value in place of the model's
         * @param data  what a product multiplies with weights, else null
         */
        record Copy(Node node, Map<Integer, Site> sites, Meaning.@Nullable Grid data) implements Step {
        }

        record Quantize(Site site) implements Step {
        }

        /** A sum with a constant that takes the place of the model's, quantized at once: integers as they are. */
        record Shift(Node node, int constant, Tensor rounded, Site site) implements Step {
        }
    }

    /** For a model whose weights are quantized. */
    static QuantizationPlan of(Model model, Recipe recipe, InputEncoding encoding) {
        return new QuantizationPlanner(model, recipe, encoding).plan();
    }
}
