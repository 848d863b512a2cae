package org.bitloom.training;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.onnx.ElementType;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraph;
import org.bitloom.network.onnx.OnnxModel;
import org.bitloom.network.onnx.OnnxNode;
import org.bitloom.network.onnx.OnnxOpset;
import org.bitloom.network.onnx.OnnxTensor;
import org.bitloom.network.onnx.OnnxValue;

/**
 * A trained network as a QONNX graph, shaped as Brevitas exports one: the picture as floats 0 … 1 of 1 × 1 × 28 × 28 is
 * moved to −1 … 1 and quantized; each layer is BipolarQuant of its weights, MatMul, BatchNormalization with running
 * statistics, BipolarQuant; the last is a MatMul and a scale. Nothing is folded.
 */
final class QonnxExport {
    private static final String QONNX = "qonnx.custom_op.general";
    private static final List<Integer> SCALAR = List.of();

    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> constants = new ArrayList<>();

    private QonnxExport() {
    }

    static OnnxModel of(BinaryNetwork network) {
        return new QonnxExport().model(network);
    }

    private OnnxModel model(BinaryNetwork network) {
        String value = input();
        int number = 1;
        for (BinaryNetwork.Hidden layer : network.hidden()) {
            value = dense("fc" + number, layer.weights(), value);
            value = normalize("norm" + number, layer.normalization(), value);
            value = bipolar("sign" + number, value);
            number++;
        }
        value = dense("fc" + number, network.last(), value);
        nodes.add(OnnxNode.of("scale", "Mul", List.of(value, scalar("scale.factor", network.logitScale())), "logits"));
        OnnxGraph graph = new OnnxGraph("digits", nodes, constants,
                List.of(OnnxValue.of("image", ElementType.FLOAT, 1, 1, Canvas.SIDE, Canvas.SIDE)),
                List.of(OnnxValue.of("logits", ElementType.FLOAT, 1, network.last().length)));
        return OnnxModel.of("bitloom", List.of(new OnnxOpset("", 13), new OnnxOpset(QONNX, 1)), graph);
    }

    private String input() {
        String flat = standard("flatten", "Flatten", List.of("image"), OnnxAttribute.of("axis", 1));
        String doubled = standard("input_double", "Mul", List.of(flat, scalar("input_double.factor", 2)));
        String centred = standard("input_centre", "Sub", List.of(doubled, scalar("input_centre.offset", 1)));
        return bipolar("input_sign", centred);
    }

    /** Weights lie as PyTorch keeps them, outputs × inputs. */
    private String dense(String name, BitRow[] weights, String input) {
        int inputs = weights[0].size();
        float[] values = new float[weights.length * inputs];
        for (int row = 0; row < weights.length; row++) {
            System.arraycopy(weights[row].expanded(), 0, values, row * inputs, inputs);
        }
        constants.add(OnnxTensor.floats(name + ".weight", List.of(weights.length, inputs), values));
        String quantized = bipolar(name + "_weight", name + ".weight");
        String transposed = standard(name + "_transpose", "Transpose", List.of(quantized),
                OnnxAttribute.ints("perm", List.of(1L, 0L)));
        return standard(name, "MatMul", List.of(input, transposed));
    }

    private String normalize(String name, Normalization n, String input) {
        return standard(name, "BatchNormalization",
                List.of(input, vector(name + ".weight", n.gamma()), vector(name + ".bias", n.beta()),
                        vector(name + ".running_mean", n.mean()), vector(name + ".running_var", n.variance())),
                OnnxAttribute.of("epsilon", n.epsilon()));
    }

    private String bipolar(String name, String input) {
        String output = name + "_out";
        nodes.add(OnnxNode.ofDomain(QONNX, name, "BipolarQuant", List.of(input, scalar(name + ".scale", 1)), output));
        return output;
    }

    private String standard(String name, String opType, List<String> inputs, OnnxAttribute... attributes) {
        String output = name + "_out";
        nodes.add(OnnxNode.of(name, opType, inputs, output, attributes));
        return output;
    }

    private String scalar(String name, float value) {
        constants.add(OnnxTensor.floats(name, SCALAR, value));
        return name;
    }

    private String vector(String name, float[] values) {
        constants.add(OnnxTensor.floats(name, List.of(values.length), values));
        return name;
    }
}
