package org.bitloom.network.caffe;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Joining;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Selection;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.protobuf.SafeText;

/** What each type of layer computes. */
final class LayerRules {
    /** They judge a network, or end it; they are no part of what it computes. */
    private static final Set<String> JUDGES = Set.of("Accuracy", "Silence", "HDF5Output", "SoftmaxWithLoss",
            "EuclideanLoss", "HingeLoss", "InfogainLoss", "MultinomialLogisticLoss", "SigmoidCrossEntropyLoss",
            "ContrastiveLoss");

    /** Layers of a pruned network: their last blob says which weights are there, namely where it is above KEPT. */
    private static final Set<String> MASKED = Set.of("CConvolution", "CInnerProduct");
    private static final float KEPT = 0.1f;

    /** Adds what a layer computes to a graph under construction. */
    private interface Rule {
        void add(LayerGraph graph, CaffeLayer layer);
    }

    private static final Map<String, Rule> RULES = new TreeMap<>(Map.ofEntries(
            Map.entry("Convolution", LayerRules::convolution),
            Map.entry("CConvolution", LayerRules::convolution),
            Map.entry("InnerProduct", LayerRules::innerProduct),
            Map.entry("CInnerProduct", LayerRules::innerProduct),
            Map.entry("Pooling", (graph, layer) -> graph.add(layer,
                    CaffePools.of(layer.fields().message("pooling_param"), graph.shape(layer, 0)), graph.input(layer, 0))),
            Map.entry("ReLU", LayerRules::relu),
            Map.entry("Sigmoid", (graph, layer) -> graph.add(layer, new Activation.Sigmoid(), graph.input(layer, 0))),
            Map.entry("TanH", (graph, layer) -> graph.add(layer, new Activation.HyperbolicTangent(),
                    graph.input(layer, 0))),
            Map.entry("BatchNorm", LayerRules::batchNorm),
            Map.entry("Scale", LayerRules::scale),
            Map.entry("Bias", LayerRules::bias),
            Map.entry("Power", LayerRules::power),
            Map.entry("Eltwise", LayerRules::eltwise),
            Map.entry("Concat", LayerRules::concat),
            Map.entry("Flatten", LayerRules::flatten),
            Map.entry("Softmax", (graph, layer) -> graph.add(layer, new Selection.Softmax(graph.shape(layer, 0).axis(
                    layer.fields().message("softmax_param").integer("axis", 1), "axis"), false), graph.input(layer, 0))),
            Map.entry("Dropout", LayerRules::nothing),
            Map.entry("Split", LayerRules::nothing)));

    private LayerRules() {
    }

    static boolean judges(CaffeLayer layer) {
        return JUDGES.contains(layer.type());
    }

    static void add(LayerGraph graph, CaffeLayer layer) {
        Rule rule = RULES.get(layer.type());
        if (rule == null) {
            String hint = layer.type().equals("LRN")
                    ? "local response normalization has no exact integer form; train with BatchNorm in its place"
                    : "supported are " + String.join(", ", new TreeSet<>(RULES.keySet()));
            throw new NetworkException("layers of type " + SafeText.quoted(layer.type()) + " are not supported; " + hint);
        }
        rule.add(graph, layer);
    }

    private static void nothing(LayerGraph graph, CaffeLayer layer) {
        layer.tops().forEach(top -> graph.same(top, graph.input(layer, 0)));
    }

    private static Tensor weights(CaffeLayer layer, Dimensions shape) {
        Tensor weights = layer.blob(0, "weight", shape);
        if (!MASKED.contains(layer.type())) {
            return weights;
        }
        int index = layer.blobs().size() - 1;
        Tensor mask = layer.blob(index, "mask", shape);
        float[] effective = weights.toArray();
        for (int i = 0; i < effective.length; i++) {
            effective[i] = mask.at(i) > KEPT ? effective[i] * mask.at(i) : 0;
        }
        return Tensor.of(shape, effective);
    }

    private static void convolution(LayerGraph graph, CaffeLayer layer) {
        Message fields = layer.fields().message("convolution_param");
        requireAxis(fields, 1);
        Dimensions image = graph.shape(layer, 0);
        if (image.rank() != 4) {
            throw new NetworkException("works on shape " + image + "; only images of [batch, channel, row, column] are "
                    + "supported");
        }
        int groups = fields.size("group", 1, 1);
        int outputs = fields.size("num_output", 0, 1);
        Spatial.Convolution convolution = new Spatial.Convolution(CaffeSweeps.ofConvolution(fields, 0),
                CaffeSweeps.ofConvolution(fields, 1), groups);
        if (image.at(1) % groups != 0 || outputs % groups != 0) {
            throw new NetworkException("has " + groups + " groups for " + image.at(1) + " inputs and " + outputs
                    + " outputs; it must divide both");
        }
        Dimensions shape = Dimensions.of(outputs, image.at(1) / groups, convolution.rows().kernel(),
                convolution.columns().kernel());
        String weights = graph.constant(layer.name() + "_weight", weights(layer, shape));
        if (fields.flag("bias_term", true)) {
            String bias = graph.constant(layer.name() + "_bias", layer.blob(1, "bias", Dimensions.of(outputs)));
            graph.add(layer, convolution, graph.input(layer, 0), weights, bias);
        } else {
            graph.add(layer, convolution, graph.input(layer, 0), weights);
        }
    }

    private static void innerProduct(LayerGraph graph, CaffeLayer layer) {
        Message fields = layer.fields().message("inner_product_param");
        requireAxis(fields, 1);
        int outputs = fields.size("num_output", 0, 1);
        String flat = flat(graph, layer);
        int inputs = graph.shape(flat).at(1);
        boolean transposed = fields.flag("transpose", false);
        Dimensions shape = transposed ? Dimensions.of(inputs, outputs) : Dimensions.of(outputs, inputs);
        String weights = graph.constant(layer.name() + "_weight", weights(layer, shape));
        Linear.Gemm product = new Linear.Gemm(1, 1, false, !transposed);
        if (fields.flag("bias_term", true)) {
            String bias = graph.constant(layer.name() + "_bias", layer.blob(1, "bias", Dimensions.of(outputs)));
            graph.add(layer, product, flat, weights, bias);
        } else {
            graph.add(layer, product, flat, weights);
        }
    }

    /** The layer's input as [batch, features], in the order channel, row, column. */
    private static String flat(LayerGraph graph, CaffeLayer layer) {
        String input = graph.input(layer, 0);
        Dimensions shape = graph.shape(input);
        return shape.rank() == 2 ? input
                : graph.before(layer, "flat", new Movement.Reshape(Dimensions.of(shape.at(0), shape.stride(0))), input);
    }

    private static void flatten(LayerGraph graph, CaffeLayer layer) {
        Message fields = layer.fields().message("flatten_param");
        requireAxis(fields, 1);
        Dimensions shape = graph.shape(layer, 0);
        graph.add(layer, new Movement.Reshape(Dimensions.of(shape.at(0), shape.stride(0))), graph.input(layer, 0));
    }

    private static void relu(LayerGraph graph, CaffeLayer layer) {
        double slope = layer.fields().message("relu_param").number("negative_slope", 0);
        if (slope != 0) {
            throw new NetworkException("has a negative slope of " + slope + ", which is not supported; use 0");
        }
        graph.add(layer, new Activation.Relu(), graph.input(layer, 0));
    }

    /** Blobs: sum of means, sum of variances, and the number by which both are divided (batch_norm_layer.cpp). */
    private static void batchNorm(LayerGraph graph, CaffeLayer layer) {
        Message fields = layer.fields().message("batch_norm_param");
        if (!fields.flag("use_global_stats", true)) {
            throw new NetworkException("takes the statistics of each batch; set use_global_stats to true");
        }
        Dimensions perChannel = Dimensions.of(channels(graph, layer));
        float sum = layer.blob(2, "scale factor", Dimensions.of(1)).at(0);
        float factor = sum == 0 ? 0 : 1 / sum;
        graph.add(layer, new Linear.BatchNormalization(filled(perChannel, 1), filled(perChannel, 0),
                times(layer.blob(0, "mean", perChannel), factor), times(layer.blob(1, "variance", perChannel), factor),
                (float) fields.number("eps", 1e-5)), graph.input(layer, 0));
    }

    /** A batch normalization of mean 0 and variance 1: gamma · x + beta. */
    private static void scale(LayerGraph graph, CaffeLayer layer) {
        Message fields = layer.fields().message("scale_param");
        requirePerChannel(layer, fields);
        Dimensions perChannel = Dimensions.of(channels(graph, layer));
        Tensor beta = fields.flag("bias_term", false) ? layer.blob(1, "bias", perChannel) : filled(perChannel, 0);
        graph.add(layer, new Linear.BatchNormalization(layer.blob(0, "scale", perChannel), beta, filled(perChannel, 0),
                filled(perChannel, 1), 0), graph.input(layer, 0));
    }

    private static void bias(LayerGraph graph, CaffeLayer layer) {
        requirePerChannel(layer, layer.fields().message("bias_param"));
        Dimensions perChannel = Dimensions.of(channels(graph, layer));
        graph.add(layer, new Linear.BatchNormalization(filled(perChannel, 1), layer.blob(0, "bias", perChannel),
                filled(perChannel, 0), filled(perChannel, 1), 0), graph.input(layer, 0));
    }

    private static void requirePerChannel(CaffeLayer layer, Message fields) {
        requireAxis(fields, 1);
        if (layer.bottoms().size() != 1 || fields.integer("num_axes", 1) != 1) {
            throw new NetworkException("takes its factors from another layer or over several axes; only one learned number "
                    + "for each channel is supported");
        }
    }

    private static int channels(LayerGraph graph, CaffeLayer layer) {
        Dimensions shape = graph.shape(layer, 0);
        if (shape.rank() < 2) {
            throw new NetworkException("works on shape " + shape + ", which has no channels");
        }
        return shape.at(1);
    }

    private static Tensor filled(Dimensions shape, float value) {
        float[] values = new float[shape.size()];
        Arrays.fill(values, value);
        return Tensor.of(shape, values);
    }

    private static Tensor times(Tensor tensor, float factor) {
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.of(tensor.shape(), values);
    }

    /** (shift + scale · x) ^ power. */
    private static void power(LayerGraph graph, CaffeLayer layer) {
        Message fields = layer.fields().message("power_param");
        String scale = graph.constant(layer.name() + "_scale", Tensor.scalar((float) fields.number("scale", 1)));
        String shift = graph.constant(layer.name() + "_shift", Tensor.scalar((float) fields.number("shift", 0)));
        String scaled = graph.before(layer, "scaled", Arithmetic.MULTIPLY, graph.input(layer, 0), scale);
        if (fields.number("power", 1) == 1) {
            graph.add(layer, Arithmetic.ADD, scaled, shift);
            return;
        }
        String base = graph.before(layer, "shifted", Arithmetic.ADD, scaled, shift);
        String exponent = graph.constant(layer.name() + "_power", Tensor.scalar((float) fields.number("power", 1)));
        graph.add(layer, Arithmetic.POWER, base, exponent);
    }

    private static void eltwise(LayerGraph graph, CaffeLayer layer) {
        Message fields = layer.fields().message("eltwise_param");
        String operation = fields.text("operation").orElse("SUM");
        String[] inputs = graph.inputs(layer);
        boolean plain = fields.all("coeff", Double.class).stream().allMatch(c -> c == 1);
        if (operation.equals("SUM") && plain) {
            graph.add(layer, new Joining.Sum(), inputs);
        } else if (operation.equals("PROD") && inputs.length == 2) {
            graph.add(layer, Arithmetic.MULTIPLY, inputs);
        } else {
            throw new NetworkException("computes " + operation + " of " + inputs.length + " inputs"
                    + (plain ? "" : " with coefficients")
                    + ", which is not supported; supported are a plain SUM and a PROD of two");
        }
    }

    private static void concat(LayerGraph graph, CaffeLayer layer) {
        Message fields = layer.fields().message("concat_param");
        long axis = fields.integer("axis", fields.integer("concat_dim", 1));
        graph.add(layer, new Joining.Concat(graph.shape(layer, 0).axis(axis, "axis")), graph.inputs(layer));
    }

    private static void requireAxis(Message fields, long axis) {
        if (fields.integer("axis", axis) != axis || fields.integer("end_axis", -1) != -1) {
            throw new NetworkException("works along axis " + fields.integer("axis", axis) + "; only axis " + axis
                    + " is supported");
        }
    }
}
