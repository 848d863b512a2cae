package org.bitloom.network.onnx;

import java.util.Map;
import java.util.TreeMap;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Rounding;
import org.bitloom.network.model.Tensor;

/** Translation of the quantizers of QONNX, Brevitas and FINN; their parameters must be constants. */
final class QuantizerRules {
    static final Map<String, Translation.Rule> ALL = new TreeMap<>(Map.of(
            "Quant", QuantizerRules::quant,
            "IntQuant", QuantizerRules::quant,
            "BipolarQuant", QuantizerRules::bipolarQuant,
            "Trunc", QuantizerRules::trunc,
            "MultiThreshold", QuantizerRules::multiThreshold));

    private QuantizerRules() {
    }

    /** Whether a domain is one in which these operators are known to be exported. */
    static boolean knowsDomain(String domain) {
        return domain.equals("onnx.brevitas") || domain.startsWith("qonnx.") || domain.startsWith("finn.");
    }

    private static Translation quant(NodeView node) {
        node.requireInputs(4, 4);
        Quantizer.IntegerQuant quant = new Quantizer.IntegerQuant(node.floats(1, "scale"), zeroPoint(node),
                bits(node, 3, "bit width"), node.integer("signed", 1) != 0, node.integer("narrow", 0) != 0,
                rounding(node, "ROUND"));
        return Translation.of(quant, node, 1);
    }

    private static Tensor zeroPoint(NodeView node) {
        return node.constant(2).filter(Constant.Integers.class::isInstance).isPresent()
                ? Tensor.scalar((float) node.number(2, "zero point")) : node.floats(2, "zero point");
    }

    private static Translation bipolarQuant(NodeView node) {
        node.requireInputs(2, 2);
        return Translation.of(new Quantizer.BipolarQuant(node.floats(1, "scale")), node, 1);
    }

    /** Version 1 has 5 inputs, version 2 six (or seven, with the output's zero point before its bit width). */
    private static Translation trunc(NodeView node) {
        node.requireInputs(5, 7);
        float scale = (float) node.number(1, "scale");
        float zero = (float) node.number(2, "zero point");
        int inputBits = bits(node, 3, "input bit width");
        Rounding rounding = rounding(node, "FLOOR");
        if (node.inputCount() == 5) {
            int outputBits = bits(node, 4, "output bit width");
            return Translation.of(new Quantizer.Truncation(scale, zero, inputBits - outputBits, Long.MIN_VALUE,
                    Long.MAX_VALUE, rounding, scale, zero), node, 1);
        }
        float outputScale = (float) node.number(4, "output scale");
        double ratio = Math.rint(Math.log((double) outputScale / scale) / Math.log(2));
        if (!(ratio >= 0 && ratio < Quantizer.MAX_BITS)) {
            throw new NetworkException("output scale " + outputScale + " and scale " + scale
                    + " do not differ by a power of two from 1 to 2^31; check the exported scales");
        }
        int shift = (int) ratio;
        float outputZero = zero / (1L << shift);
        int last = node.inputCount() - 1;
        if (last == 6 && node.number(5, "output zero point") != outputZero) {
            throw new NetworkException("output zero point " + node.number(5, "output zero point")
                    + " is not the zero point divided by 2^" + shift + ", which is what QONNX computes; make them agree");
        }
        Quantizer.IntegerQuant range = new Quantizer.IntegerQuant(Tensor.scalar(outputScale), Tensor.scalar(0),
                bits(node, last, "output bit width"), node.integer("signed", 1) != 0, node.integer("narrow", 0) != 0,
                rounding);
        return Translation.of(new Quantizer.Truncation(scale, zero, shift, range.min(), range.max(), rounding,
                outputScale, outputZero), node, 1);
    }

    private static Translation multiThreshold(NodeView node) {
        node.requireInputs(2, 2);
        int rank = node.shape(0).rank();
        String layout = node.text("data_layout", "NCHW");
        int axis = rank == 2 ? 1 : rank == 4 && !layout.equals("NHWC") ? 1 : rank - 1;
        if (rank == 0) {
            throw new NetworkException("thresholds a single number; its input must have a channel axis");
        }
        return Translation.of(new Quantizer.MultiThreshold(node.floats(1, "thresholds"), axis,
                node.single("out_scale", 1), node.single("out_bias", 0)), node, 1);
    }

    private static int bits(NodeView node, int input, String what) {
        double bits = node.number(input, what);
        if (bits != Math.rint(bits) || bits < 1 || bits > Quantizer.MAX_BITS) {
            throw new NetworkException(what + " " + bits + " is not an integer from 1 to " + Quantizer.MAX_BITS
                    + "; check the quantizer's bit width in training");
        }
        return (int) bits;
    }

    private static Rounding rounding(NodeView node, String absent) {
        String name = node.text("rounding_mode", absent);
        return Rounding.named(name).orElseThrow(() -> new NetworkException("rounding mode " + OnnxNode.quoted(name)
                + " is unknown; ROUND, CEIL, FLOOR, UP, DOWN, HALF_UP and HALF_DOWN are supported"));
    }
}
