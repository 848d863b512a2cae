package org.bitloom.network.model;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The meaning of each operator in float32: every elementary operation of the definition is rounded once, in the order
 * of the definition; sums of products are accumulated in order of the inner index.
 */
final class Kernels {
    private Kernels() {
    }

    static List<Tensor> apply(Operator operator, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        return switch (operator) {
            case Arithmetic arithmetic -> List.of(arithmetic(arithmetic, x, inputs.get(1)));
            case Activation activation -> List.of(activation(activation, x));
            case Linear.MatMul m -> List.of(product(x, inputs.get(1)));
            case Linear.Gemm gemm -> List.of(gemm(gemm, inputs));
            case Linear.BatchNormalization norm -> List.of(batchNormalization(norm, x));
            case Quantizer quantizer -> List.of(QuantizerKernels.apply(quantizer, x));
            case Movement.Reshape reshape -> List.of(x.reshaped(reshape.target()));
            case Movement.Transpose transpose -> List.of(transposed(x, transpose.permutation()));
            case Movement.Slice slice -> List.of(sliced(x, slice));
            case Movement.Split split -> split.slices(x.shape()).stream().map(slice -> sliced(x, slice)).toList();
            case Spatial spatial -> List.of(SpatialKernels.apply(spatial, inputs));
            case Joining.Concat concat -> List.of(joined(concat, inputs));
            case Joining.Sum() -> List.of(inputs.stream().reduce((a, b) -> arithmetic(Arithmetic.ADD, a, b))
                    .orElseThrow());
            case Selection selection -> SelectionKernels.apply(selection, x);
        };
    }

    private static Tensor arithmetic(Arithmetic operation, Tensor a, Tensor b) {
        Dimensions shape = a.shape().broadcast(b.shape());
        int[] left = a.shape().broadcastIndexes(shape);
        int[] right = b.shape().broadcastIndexes(shape);
        float[] result = new float[shape.size()];
        for (int i = 0; i < result.length; i++) {
            float l = a.at(left[i]);
            float r = b.at(right[i]);
            result[i] = switch (operation) {
                case ADD -> l + r;
                case SUBTRACT -> l - r;
                case MULTIPLY -> l * r;
                case DIVIDE -> l / r;
                case POWER -> (float) Math.pow(l, r);
            };
        }
        return Tensor.owning(shape, result);
    }

    private static Tensor activation(Activation activation, Tensor x) {
        DoubleUnaryOperator f = switch (activation) {
            case Activation.Identity i -> v -> v;
            case Activation.Negate n -> v -> -v;
            case Activation.Relu r -> v -> v > 0 || Double.isNaN(v) ? v : 0;
            case Activation.Sign s -> Math::signum;
            case Activation.SquareRoot s -> Math::sqrt;
            case Activation.Sigmoid s -> v -> 1 / (1 + Math.exp(-v));
            case Activation.HyperbolicTangent t -> Math::tanh;
            case Activation.Clip clip -> v -> Math.min(Math.max(v, clip.min()), clip.max());
        };
        float[] result = new float[x.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) f.applyAsDouble(x.at(i));
        }
        return Tensor.owning(x.shape(), result);
    }

    private static Tensor product(Tensor a, Tensor b) {
        Dimensions shape = ShapeRules.outputs(new Linear.MatMul(), List.of(a.shape(), b.shape())).getFirst();
        int inner = b.shape().at(0);
        int columns = b.shape().at(1);
        float[] right = b.values();
        float[] result = new float[shape.size()];
        for (int row = 0; row < a.size() / Math.max(inner, 1); row++) {
            int start = row * columns;
            for (int k = 0; k < inner; k++) {
                float left = a.at(row * inner + k);
                int from = k * columns;
                for (int column = 0; column < columns; column++) {
                    result[start + column] += left * right[from + column];
                }
            }
        }
        return Tensor.owning(shape, result);
    }

    private static Tensor gemm(Linear.Gemm gemm, List<Tensor> inputs) {
        Tensor a = gemm.transposeA() ? transposed(inputs.get(0), List.of(1, 0)) : inputs.get(0);
        Tensor b = gemm.transposeB() ? transposed(inputs.get(1), List.of(1, 0)) : inputs.get(1);
        Tensor result = product(a, b);
        if (gemm.alpha() != 1) {
            result = arithmetic(Arithmetic.MULTIPLY, result, Tensor.scalar(gemm.alpha()));
        }
        if (inputs.size() > 2) {
            Tensor bias = inputs.get(2);
            if (gemm.beta() != 1) {
                bias = arithmetic(Arithmetic.MULTIPLY, bias, Tensor.scalar(gemm.beta()));
            }
            result = arithmetic(Arithmetic.ADD, result, bias);
        }
        return result;
    }

    private static Tensor batchNormalization(Linear.BatchNormalization norm, Tensor x) {
        int inner = x.shape().stride(1);
        float[] result = new float[x.size()];
        for (int i = 0; i < result.length; i++) {
            int channel = i / inner % norm.channels();
            float deviation = (float) Math.sqrt(norm.variance().at(channel) + norm.epsilon());
            result[i] = (x.at(i) - norm.mean().at(channel)) / deviation * norm.gamma().at(channel)
                    + norm.beta().at(channel);
        }
        return Tensor.owning(x.shape(), result);
    }

    private static Tensor transposed(Tensor x, List<Integer> permutation) {
        return x.picked(x.shape().transposed(permutation), x.shape().transposedIndexes(permutation));
    }

    private static Tensor sliced(Tensor x, Movement.Slice slice) {
        return x.picked(slice.target(), x.shape().slicedIndexes(slice.starts(), slice.target()));
    }

    /** Along the axis runs of the inputs' elements take turns. */
    private static Tensor joined(Joining.Concat concat, List<Tensor> inputs) {
        Dimensions shape = ShapeRules.outputs(concat, inputs.stream().map(Tensor::shape).toList()).getFirst();
        float[] result = new float[shape.size()];
        int start = 0;
        int step = shape.at(concat.axis()) * shape.stride(concat.axis());
        for (Tensor input : inputs) {
            int run = input.shape().at(concat.axis()) * input.shape().stride(concat.axis());
            for (int i = 0; i < input.size(); i++) {
                result[i / run * step + start + i % run] = input.at(i);
            }
            start += run;
        }
        return Tensor.owning(shape, result);
    }
}
