package org.bitloom.compression.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bitloom.compression.InputEncoding;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Rounding;
import org.bitloom.network.model.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Post-training quantization. First the weights, by the recipe; then the activations of the network that has these
 * weights, each by a power-of-two scale that makes its squared error on samples least; then each bias, rounded to the unit
 * of the sums that it is added to.
 *
 * <p>All scales have few bits, so that float32 evaluates the quantized model without rounding errors as long as no sum
 * needs more than 24 bits, and hardware multiplies by at most 4 bits between one layer and the next.
 */
public final class Quantization {
    private static final int BIAS_BITS = 32;

    private final Model model;
    private final Map<Site, ActivationFormat> formats;
    private final ModelDraft draft;
    private final Map<Site, String> outputs = new HashMap<>();
    private final Map<String, Rational> weightSteps = new HashMap<>();

    private Quantization(Model model, Map<Site, ActivationFormat> formats) {
        this.model = model;
        this.formats = formats;
        this.draft = new ModelDraft(model);
        for (Node node : model.nodes()) {
            Rational step = node.operator() instanceof Quantizer quantizer ? step(quantizer) : null;
            if (step != null) {
                weightSteps.put(node.output(), step);
            }
        }
    }

    /**
     * Both steps of the quantization.
     *
     * @param weights the model with quantized weights, its activations real numbers still
     * @param model   the model with both quantized
     */
    public record Result(Model weights, Model model) {
    }

    /**
     * Quantizes a float model.
     *
     * @param samples inputs that are like those to come, in the order of the model's memory ({@code ModelInput})
     * @throws NetworkException when the model is quantized already, the recipe does not fit it, or there are no samples
     */
    public static Result quantize(Model model, InputEncoding encoding, Recipe recipe, List<float[]> samples) {
        Model weights = weights(model, encoding, recipe);
        if (samples.isEmpty()) {
            throw new NetworkException(model.source() + ": no images to calibrate with; give at least one");
        }
        try {
            return new Result(weights, activations(weights, encoding, recipe, samples));
        } catch (NetworkException e) {
            throw new NetworkException(model.source() + ": " + e.getMessage(), e);
        }
    }

    /** Names of the layers that a recipe may speak of, in order. */
    public static List<String> layers(Model model) {
        return WeightQuantization.layers(AffineFolding.fold(model));
    }

    /** The model with quantized weights and nothing else: batch normalizations are in the weights. */
    public static Model weights(Model model, InputEncoding encoding, Recipe recipe) {
        Model plain = AffineFolding.fold(model);
        recipe.requireLayers(WeightQuantization.layers(plain));
        try {
            return WeightQuantization.quantize(plain, recipe, encoding);
        } catch (NetworkException e) {
            throw new NetworkException(model.source() + ": " + e.getMessage(), e);
        }
    }

    private static Model activations(Model weights, InputEncoding encoding, Recipe recipe, List<float[]> samples) {
        QuantizationPlan plan = QuantizationPlan.of(weights, recipe, encoding);
        Quantization quantization = new Quantization(weights, new Calibration(weights, plan.groups()).run(samples));
        plan.steps().forEach(quantization::add);
        return quantization.draft.model(weights.outputs());
    }

    private void add(QuantizationPlan.Step step) {
        switch (step) {
            case QuantizationPlan.Step.Quantize(Site site) -> outputs.put(site, draft.add(site.name(),
                    "the quantizer of '" + site.value() + "'", format(site).quantizer(), site.value()));
            case QuantizationPlan.Step.Shift(Node node, int constant, Tensor rounded, Site site) -> {
                List<String> inputs = new ArrayList<>(node.inputs());
                inputs.set(constant, draft.constant(inputs.get(constant), rounded));
                String sums = draft.value(node.name() + "_sums");
                draft.add(new Node(node.name(), node.label(), node.operator(), inputs, List.of(sums)));
                draft.add(site.name(), "the quantizer of '" + site.value() + "'", format(site).quantizer(),
                        List.of(sums), node.output());
            }
            case QuantizationPlan.Step.Copy(Node node, Map<Integer, Site> sites, Meaning.Grid data) -> {
                List<String> inputs = new ArrayList<>(node.inputs());
                sites.forEach((input, site) -> inputs.set(input, Objects.requireNonNull(outputs.get(site))));
                if (data != null && inputs.size() > 2) {
                    inputs.set(2, bias(node, data, inputs.get(2)));
                }
                draft.add(new Node(node.name(), node.label(), node.operator(), inputs, node.outputs()));
            }
        }
    }

    private ActivationFormat format(Site site) {
        return site.given() != null ? site.given() : Objects.requireNonNull(formats.get(site), site.name());
    }

    /**
     * A bias in whole units of the sums: one of the input times one of the weights. It stays as it is where float32 does
     * not know that unit (pixels over 255), which costs nothing where a quantizer follows.
     */
    private String bias(Node node, Meaning.Grid data, String bias) {
        Tensor numbers = model.constants().get(bias);
        Rational weight = weightSteps.get(node.inputs().get(1));
        if (numbers == null || weight == null) {
            return bias;
        }
        Rational step = data.site() == null ? data.factor() : format(data.site()).step().times(data.factor());
        Rational unit = step.times(weight);
        float scale = (float) Math.abs(unit.doubleValue());
        boolean known = scale >= Float.MIN_NORMAL && Rational.of(Math.signum(unit.doubleValue()) * scale).equals(unit);
        if (!known || greatest(numbers) / scale >= (1L << BIAS_BITS - 1) - 1) {
            return bias;
        }
        Quantizer quantizer = new Quantizer.IntegerQuant(Tensor.scalar(scale), Tensor.scalar(0), BIAS_BITS, true, false,
                Rounding.HALF_AWAY_FROM_ZERO);
        return draft.add(node.name() + "_bias", "the bias of " + node.label(), quantizer, bias);
    }

    private static double greatest(Tensor numbers) {
        double greatest = 0;
        for (int i = 0; i < numbers.size(); i++) {
            greatest = Math.max(greatest, Math.abs(numbers.at(i)));
        }
        return greatest;
    }

    private static @Nullable Rational step(Quantizer quantizer) {
        return switch (quantizer) {
            case Quantizer.IntegerQuant quant when quant.scale().size() == 1 -> Rational.of(quant.scale().at(0));
            case Quantizer.BipolarQuant quant when quant.scale().size() == 1 -> Rational.of(quant.scale().at(0));
            case Quantizer.BitMasked masked -> Rational.of(masked.scale());
            default -> null;
        };
    }
}
