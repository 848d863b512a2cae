package org.bitloom.compression;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Tensor;

/** Scales, offsets and batch-norm: they change what integers stand for and cost no layer. */
final class ParameterFolder {
    private ParameterFolder() {
    }

    static Value arithmetic(Arithmetic operation, Value left, Value right) {
        if (left instanceof Margin || right instanceof Margin) {
            throw Margin.misplaced();
        }
        if (left instanceof Stream && right instanceof Stream) {
            throw new NetworkException("combines two values that both depend on the input by more than a sum (a gate, an "
                    + "attention), which cannot be folded; only sums (residual connections) and Concat can be");
        }
        if (left instanceof Lattice lattice && !(right instanceof Stream)) {
            return scaled(operation, lattice, constants(right));
        }
        if (right instanceof Lattice lattice && !(left instanceof Stream) && operation == Arithmetic.MULTIPLY) {
            return scaled(operation, lattice, constants(left));
        }
        if (left instanceof Stream stream) {
            return streamFirst(operation, stream, right.shape(), constants(right));
        }
        if (right instanceof Stream stream) {
            return switch (operation) {
                case ADD, MULTIPLY -> streamFirst(operation, stream, left.shape(), constants(left));
                case SUBTRACT -> streamFirst(Arithmetic.ADD, stream.map(r -> r.times(Rational.of(-1))), left.shape(),
                        constants(left));
                case DIVIDE, POWER -> throw notALine();
            };
        }
        throw new NetworkException("changes quantized constants; quantize the final weights instead");
    }

    private static NetworkException notALine() {
        return new NetworkException("is not a scale or an offset: dividing by data and raising it to a power cannot be "
                + "folded; replace it by a quantized activation");
    }

    static Stream streamFirst(Arithmetic operation, Stream stream, Dimensions shape, Rational[] constants) {
        if (!shape.broadcast(stream.shape()).equals(stream.shape())) {
            throw new NetworkException("repeats its input from shape " + stream.shape() + " to "
                    + shape.broadcast(stream.shape()) + "; only parameters may be broadcast");
        }
        BiFunction<Response, Rational, Response> change = switch (operation) {
            case ADD -> Response::plus;
            case SUBTRACT -> (r, c) -> r.plus(c.negated());
            case MULTIPLY -> Response::times;
            case DIVIDE -> (r, c) -> r.times(inverse(c));
            case POWER -> (r, c) -> {
                if (!c.equals(Rational.ONE)) {
                    throw notALine();
                }
                return r;
            };
        };
        return stream.map(shape.broadcastIndexes(stream.shape()), constants, change);
    }

    private static Rational inverse(Rational divisor) {
        if (divisor.signum() == 0) {
            throw new NetworkException("divides by the constant 0; check the model's parameters");
        }
        return Rational.ONE.over(divisor);
    }

    /** Quantized weights times one number stay quantized weights. */
    private static Lattice scaled(Arithmetic operation, Lattice lattice, Rational[] factors) {
        boolean scales = operation == Arithmetic.MULTIPLY || operation == Arithmetic.DIVIDE;
        if (!scales || factors.length != 1) {
            throw new NetworkException("changes quantized weights by more than one common scale; give the scales to "
                    + "their quantizer");
        }
        return lattice.times(operation == Arithmetic.MULTIPLY ? factors[0] : inverse(factors[0]));
    }

    static Rational[] constants(Value value) {
        return switch (value) {
            case Value.Known(Tensor tensor) -> Lattice.rationals(tensor);
            case Lattice lattice -> lattice.values();
            case Stream s -> throw new IllegalStateException();
            case Margin m -> throw Margin.misplaced();
            case Value.ClassIndex c -> throw new NetworkException("computes with the index of a class; the index must "
                    + "be the model's output");
        };
    }

    static Stream normalized(Linear.BatchNormalization norm, Stream x) {
        Rational[] gamma = Lattice.rationals(norm.gamma());
        Rational[] beta = Lattice.rationals(norm.beta());
        Rational[] mean = Lattice.rationals(norm.mean());
        Rational epsilon = Rational.of(norm.epsilon());
        Rational[] variance = Lattice.rationals(norm.variance());
        int stride = x.shape().stride(1);
        int[] channelOf = new int[x.size()];
        Arrays.setAll(channelOf, i -> i / stride % gamma.length);
        Integer[] channels = new Integer[gamma.length];
        Arrays.setAll(channels, i -> i);
        return x.map(channelOf, channels, (response, channel) -> response.plus(mean[channel].negated())
                .overRoot(variance[channel].plus(epsilon)).times(gamma[channel]).plus(beta[channel]));
    }
}
