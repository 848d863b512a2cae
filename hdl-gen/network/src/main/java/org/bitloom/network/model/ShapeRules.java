package org.bitloom.network.model;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.NetworkException;

/** The shape of each operator's outputs; what does not fit is refused with the sizes that clash. */
public final class ShapeRules {
    private ShapeRules() {
    }

    /** Output shapes for input shapes, in order. */
    public static List<Dimensions> outputs(Operator operator, List<Dimensions> inputs) {
        Dimensions x = inputs.getFirst();
        return switch (operator) {
            case Arithmetic a -> List.of(x.broadcast(inputs.get(1)));
            case Activation a -> List.of(x);
            case Linear.MatMul m -> List.of(product(x, inputs.get(1)));
            case Linear.Gemm gemm -> List.of(gemm(gemm, inputs));
            case Linear.BatchNormalization norm -> {
                if (x.rank() < 2 || x.at(1) != norm.channels()) {
                    throw new NetworkException("it has " + norm.channels() + " channels, its input has shape " + x);
                }
                yield List.of(x);
            }
            case Quantizer quantizer -> {
                requireFits(quantizer, x);
                yield List.of(x);
            }
            case Movement.Reshape reshape -> {
                if (reshape.target().size() != x.size()) {
                    throw new NetworkException("shape " + x + " cannot become " + reshape.target()
                            + ": the number of elements differs");
                }
                yield List.of(reshape.target());
            }
            case Movement.Transpose transpose -> List.of(x.transposed(transpose.permutation()));
            case Movement.Slice slice -> List.of(slice.target());
            case Movement.Split split -> split.slices(x).stream().map(Movement.Slice::target).toList();
            case Spatial spatial -> List.of(SpatialShapes.output(spatial, inputs));
            case Joining.Concat concat -> List.of(joined(concat.axis(), inputs));
            case Joining.Sum() -> List.of(inputs.stream().reduce(Dimensions::broadcast).orElseThrow());
            case Selection.ArgMax max -> List.of(resized(x, max.axis(), 1, max.keepAxis()));
            case Selection.TopK top -> {
                if (top.k() < 1 || top.k() > x.at(top.axis())) {
                    throw new NetworkException("k is " + top.k() + " but axis " + top.axis() + " of shape " + x
                            + " has " + x.at(top.axis()) + " elements");
                }
                Dimensions kept = resized(x, top.axis(), top.k(), true);
                yield List.of(kept, kept);
            }
            case Selection.Softmax s -> List.of(x);
        };
    }

    private static void requireFits(Quantizer quantizer, Dimensions x) {
        switch (quantizer) {
            case Quantizer.IntegerQuant quant -> {
                requireBroadcast("scale", quant.scale(), x);
                requireBroadcast("zero point", quant.zeroPoint(), x);
            }
            case Quantizer.BipolarQuant quant -> requireBroadcast("scale", quant.scale(), x);
            case Quantizer.Truncation t -> { }
            case Quantizer.BitMasked m -> { }
            case Quantizer.MultiThreshold m -> {
                if (m.axis() >= x.rank() || m.rows() != 1 && m.rows() != x.at(m.axis())) {
                    throw new NetworkException("thresholds for " + m.rows() + " channels do not match axis " + m.axis()
                            + " of shape " + x);
                }
            }
        }
    }

    private static void requireBroadcast(String what, Tensor parameter, Dimensions x) {
        if (!parameter.shape().broadcast(x).equals(x)) {
            throw new NetworkException(what + " of shape " + parameter.shape() + " does not broadcast to the input's "
                    + x);
        }
    }

    /** Rank-2 matrices; leading axes of the first operand are kept, as numpy does. */
    private static Dimensions product(Dimensions a, Dimensions b) {
        if (a.rank() < 2 || b.rank() != 2) {
            throw new NetworkException("operands of shape " + a + " and " + b
                    + "; a matrix product takes a second operand of rank 2 and a first of rank 2 or more");
        }
        if (a.at(a.rank() - 1) != b.at(0)) {
            throw new NetworkException("shapes " + a + " and " + b + " cannot be multiplied: " + a.at(a.rank() - 1)
                    + " columns, " + b.at(0) + " rows");
        }
        return resized(a, a.rank() - 1, b.at(1), true);
    }

    private static Dimensions gemm(Linear.Gemm gemm, List<Dimensions> inputs) {
        Dimensions a = inputs.get(0);
        Dimensions b = inputs.get(1);
        if (a.rank() != 2 || b.rank() != 2) {
            throw new NetworkException("operands of shape " + a + " and " + b + "; both must be matrices");
        }
        Dimensions result = product(gemm.transposeA() ? a.transposed(List.of(1, 0)) : a,
                gemm.transposeB() ? b.transposed(List.of(1, 0)) : b);
        if (inputs.size() > 2 && !inputs.get(2).broadcast(result).equals(result)) {
            throw new NetworkException("bias of shape " + inputs.get(2) + " does not broadcast to " + result);
        }
        return result;
    }

    private static Dimensions resized(Dimensions x, int axis, int size, boolean keep) {
        List<Integer> sizes = new ArrayList<>(x.sizes());
        if (keep) {
            sizes.set(axis, size);
        } else {
            sizes.remove(axis);
        }
        return new Dimensions(sizes);
    }

    private static Dimensions joined(int axis, List<Dimensions> inputs) {
        Dimensions first = inputs.getFirst();
        long size = 0;
        for (Dimensions input : inputs) {
            if (input.rank() != first.rank() || !input.resized(axis, 1).equals(first.resized(axis, 1))) {
                throw new NetworkException("joins shapes " + first + " and " + input + " along axis " + axis
                        + "; they must agree along every other axis");
            }
            size += input.at(axis);
        }
        return first.resized(axis, (int) Math.min(size, Integer.MAX_VALUE));
    }
}
