package org.bitloom.network.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.ImportBudget;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Tensor;

/** Ordinary operators whose inputs are all known, computed at import: floats as the evaluator does, integers exactly. */
final class ConstantFolding {
    private ConstantFolding() {
    }

    /** The result; empty where the operator stays a node: quantizers of constants are the weights themselves. */
    static Optional<Constant> fold(Operator operator, List<Constant> inputs) {
        if (operator instanceof Quantizer) {
            return Optional.empty();
        }
        if (operator instanceof Movement.Split) {
            throw new NetworkException("cuts a constant in parts, which is not supported; export the parts");
        }
        if (inputs.stream().allMatch(Constant.Floats.class::isInstance)) {
            List<Tensor> tensors = inputs.stream().map(c -> ((Constant.Floats) c).tensor()).toList();
            ImportBudget.requireWork(operator, tensors);
            return Optional.of(new Constant.Floats(requireFinite(ModelEvaluator.apply(operator, tensors).getFirst())));
        }
        Constant x = inputs.getFirst();
        return Optional.of(switch (operator) {
            case Movement.Reshape reshape -> {
                int[] places = new int[x.shape().size()];
                Arrays.setAll(places, i -> i);
                yield x.picked(reshape.target(), places);
            }
            case Movement.Transpose t -> x.picked(x.shape().transposed(t.permutation()),
                    x.shape().transposedIndexes(t.permutation()));
            case Movement.Slice s -> x.picked(s.target(), x.shape().slicedIndexes(s.starts(), s.target()));
            case Activation.Identity i -> x;
            case Arithmetic arithmetic when inputs.stream().allMatch(Constant.Integers.class::isInstance) ->
                    arithmetic(arithmetic, (Constant.Integers) x, (Constant.Integers) inputs.get(1));
            default -> throw new NetworkException("works on integers, or mixes them with floats; "
                    + "only shape arithmetic is supported");
        });
    }

    private static Tensor requireFinite(Tensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            if (!Float.isFinite(tensor.at(i))) {
                throw new NetworkException("of constants is " + tensor.at(i) + "; parameters must be finite numbers");
            }
        }
        return tensor;
    }

    private static Constant arithmetic(Arithmetic operation, Constant.Integers a, Constant.Integers b) {
        Dimensions shape = a.shape().broadcast(b.shape());
        ImportBudget.requireSize(shape);
        int[] left = a.shape().broadcastIndexes(shape);
        int[] right = b.shape().broadcastIndexes(shape);
        long[] result = new long[shape.size()];
        try {
            for (int i = 0; i < result.length; i++) {
                long l = a.values()[left[i]];
                long r = b.values()[right[i]];
                result[i] = switch (operation) {
                    case ADD -> Math.addExact(l, r);
                    case SUBTRACT -> Math.subtractExact(l, r);
                    case MULTIPLY -> Math.multiplyExact(l, r);
                    case DIVIDE -> Math.divideExact(l, r);
                    case POWER -> throw new NetworkException("raises integers to a power, which is not supported");
                };
            }
        } catch (ArithmeticException e) {
            throw new NetworkException("of constants overflows or divides by 0; export the model again", e);
        }
        return new Constant.Integers(shape, result);
    }
}
