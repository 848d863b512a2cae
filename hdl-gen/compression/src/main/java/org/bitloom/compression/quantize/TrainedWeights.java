package org.bitloom.compression.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bitloom.network.BitPattern;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Tensor;

/**
 * The weights of a layer before they were quantized (batch normalization is in them), and the quantizer that made
 * integers of them: what is compared to see what a format does to a layer.
 *
 * @param layer name of the model's node
 */
public record TrainedWeights(String layer, Tensor weights, Quantizer quantizer) {
    /**
     * What quantization takes from weights, as shares from 0 to 1. No weight is counted under both of the first two.
     *
     * @param saturated larger than the largest number of the format, which they become (or, with a pattern that masks,
     *                  what it leaves of that)
     * @param masked    in need of masked bits
     * @param zero      now 0, and were something else
     */
    public record Losses(double saturated, double masked, double zero) {}

    /** Of each layer of a quantized model whose weights it quantizes with one scale, in order. */
    public static List<TrainedWeights> of(Model quantized) {
        Map<String, Node> quantizers = new HashMap<>();
        List<TrainedWeights> all = new ArrayList<>();
        for (Node node : quantized.nodes()) {
            if (node.operator() instanceof Quantizer) {
                quantizers.put(node.output(), node);
            }
            Node of = node.inputs().size() < 2 ? null : quantizers.get(node.inputs().get(1));
            if (of != null && node.operator().takesWeights() && of.operator() instanceof Quantizer quantizer
                    && hasOneScale(quantizer)) {
                Tensor weights = quantized.constants().get(of.inputs().getFirst());
                if (weights != null) {
                    all.add(new TrainedWeights(node.name(), weights, quantizer));
                }
            }
        }
        return List.copyOf(all);
    }

    private static boolean hasOneScale(Quantizer quantizer) {
        return switch (quantizer) {
            case Quantizer.IntegerQuant quant -> quant.scale().size() == 1 && isZero(quant.zeroPoint());
            case Quantizer.BipolarQuant quant -> quant.scale().size() == 1;
            case Quantizer.BitMasked m -> true;
            case Quantizer.Truncation t -> false;
            case Quantizer.MultiThreshold t -> false;
        };
    }

    private static boolean isZero(Tensor zeroPoint) {
        return IntStream.range(0, zeroPoint.size()).allMatch(i -> zeroPoint.at(i) == 0);
    }

    /** Such as {@code 4 bits}, {@code X0.0XXX} or {@code binary}, as in a recipe. */
    public String format() {
        return switch (quantizer) {
            case Quantizer.IntegerQuant quant -> quant.bits() + " bits";
            case Quantizer.BitMasked(var pattern, var overflow) -> pattern.toString();
            default -> "binary";
        };
    }

    /** The numbers that weights of the format can be, ascending. */
    public double[] representable() {
        return switch (quantizer) {
            case Quantizer.IntegerQuant quant -> IntStream.rangeClosed((int) quant.min(), (int) quant.max())
                    .mapToDouble(level -> level * (double) quant.scale().at(0))
                    .toArray();
            case Quantizer.BitMasked(var pattern, var overflow) -> pattern.numbers();
            case Quantizer.BipolarQuant quant -> new double[] {-quant.scale().at(0), quant.scale().at(0)};
            default -> throw new IllegalStateException(layer);
        };
    }

    /** What the format takes from these weights. */
    public Losses losses() {
        long saturated = 0;
        long masked = 0;
        long zero = 0;
        for (int i = 0; i < weights.size(); i++) {
            float weight = weights.at(i);
            switch (quantizer) {
                case Quantizer.IntegerQuant quant -> {
                    double level = Math.floor(Math.abs(weight) / (double) quant.scale().at(0) + 0.5);
                    saturated += level > quant.max() ? 1 : 0;
                    zero += level == 0 && weight != 0 ? 1 : 0;
                }
                case Quantizer.BitMasked(var pattern, var overflow) -> {
                    double magnitude = Math.floor(Math.scalb(Math.abs((double) weight), pattern.fractionBits()) + 0.5);
                    int most = overflow == BitPattern.Overflow.MASK
                            ? BitPattern.plain(pattern.width()).largest()
                            : pattern.largest();
                    saturated += magnitude > most ? 1 : 0;
                    masked += magnitude <= most && !pattern.contains((long) magnitude) ? 1 : 0;
                    zero += weight != 0 && pattern.quantize(weight, overflow) == 0 ? 1 : 0;
                }
                default -> {
                }
            }
        }
        double all = Math.max(1, weights.size());
        return new Losses(saturated / all, masked / all, zero / all);
    }
}
