package org.bitloom.compression.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.BatchEvaluator;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Tensor;

/** The layers of a model whose weights are masked, in order, and those weights under any pattern. */
public final class MaskedLayers {
    /**
     * One of them.
     *
     * @param step    its place among the steps of the evaluator
     * @param weights name of the weights among the model's constants
     */
    public record Layer(String name, int step, String weights, Tensor trained) {
    }

    private record Key(int layer, BitPattern pattern) {
    }

    private final List<Layer> layers;
    private final BitPattern.Overflow rule;
    private final Map<Key, Tensor> masked = new ConcurrentHashMap<>();

    private MaskedLayers(List<Layer> layers, BitPattern.Overflow rule) {
        this.layers = List.copyOf(layers);
        this.rule = rule;
    }

    /**
     * The convolutions of a model, as in the paper.
     *
     * @param dense whether fully connected layers are masked too
     */
    public static MaskedLayers of(Model model, BatchEvaluator evaluator, boolean dense, BitPattern.Overflow rule) {
        List<Layer> layers = new ArrayList<>();
        List<Node> steps = evaluator.steps();
        for (int step = 0; step < steps.size(); step++) {
            Node node = steps.get(step);
            boolean wanted = node.operator() instanceof Spatial.Convolution
                    || dense && node.operator().takesWeights();
            Tensor weights = !wanted ? null : model.constants().get(node.inputs().get(1));
            if (weights != null) {
                layers.add(new Layer(node.name(), step, node.inputs().get(1), weights));
            }
        }
        if (layers.isEmpty()) {
            throw NetworkException.at(model.source(), "has no convolution with weights that are known",
                    "give a float model with convolutions, or mask its dense layers as well");
        }
        return new MaskedLayers(layers, rule);
    }

    public List<Layer> layers() {
        return layers;
    }

    public BitPattern.Overflow rule() {
        return rule;
    }

    /** The weights of a layer as the pattern represents them. */
    public Tensor weights(int layer, BitPattern pattern) {
        return masked.computeIfAbsent(new Key(layer, pattern), key -> {
            Tensor trained = layers.get(layer).trained();
            double unit = Math.scalb(1.0, -pattern.fractionBits());
            float[] values = trained.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (pattern.quantize(values[i], rule) * unit);
            }
            return Tensor.of(trained.shape(), values);
        });
    }

    /** What a pattern does to a layer's weights: the energy of the error over that of the weights. */
    public double error(int layer, BitPattern pattern) {
        Tensor trained = layers.get(layer).trained();
        Tensor represented = weights(layer, pattern);
        double error = 0;
        double energy = 0;
        for (int i = 0; i < trained.size(); i++) {
            double difference = trained.at(i) - represented.at(i);
            error += difference * difference;
            energy += (double) trained.at(i) * trained.at(i);
        }
        return energy == 0 ? 0 : error / energy;
    }
}
