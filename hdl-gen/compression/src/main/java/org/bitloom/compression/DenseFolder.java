package org.bitloom.compression;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Weights;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product {@code y[n] = Σ x[k] · w[k, n]} in integers. Input k stands for {@code a[k] · q[k] + b[k]}, weight
 * (k, n) for {@code s[k, n] · m[k, n]}. Where all products a·s of a row are one number g, the sum over q·m is the
 * integer layer and {@code y[n] = g · sum + Σ b·s·m}. Where they differ, their greatest common divisor is g and the
 * quotients enter the integer weights.
 */
final class DenseFolder {
    private static final long LARGEST_RESCALED_WEIGHT = (1 << 15) - 1;

    private final Stream input;
    private final Lattice weights;
    private final int inner;
    private final int outputs;
    /** Integer weights, one row an output, columns in the order of the integer layer that feeds this one. */
    private final int[][] matrix;
    private final Response[] responses;

    private DenseFolder(Stream input, Lattice weights) {
        this.input = input;
        this.weights = weights;
        this.inner = weights.shape().at(0);
        this.outputs = weights.shape().at(1);
        this.matrix = new int[outputs][inner];
        this.responses = new Response[outputs];
    }

    /** The integer weights of a product and what its sums stand for. */
    record Product(Weights weights, Response[] responses) {
    }

    static Product fold(Stream input, Lattice weights) {
        DenseFolder folder = new DenseFolder(input, weights);
        folder.requireLines();
        Map<Response.Line, Response> shared = new HashMap<>();
        boolean oneScale = folder.inputsShareOneSlope();
        for (int row = 0; row < folder.outputs; row++) {
            Rational slope = oneScale && folder.rowSharesOneScale(row) ? folder.sameScales(row)
                    : folder.commonDivisor(row);
            Response response = Response.line(slope, folder.offset(row));
            folder.responses[row] = shared.computeIfAbsent(response.line(), line -> response);
        }
        return new Product(folder.pack(), folder.responses);
    }

    private void requireLines() {
        for (Response response : input.responses()) {
            if (!response.isLine() || !response.line().slope().isRational() || !response.line().offset().isRational()) {
                throw new NetworkException("its input is not quantized: there is an activation or a batch normalization "
                        + "since the last quantizer; put a quantizer (Brevitas: QuantReLU, QuantIdentity) before it");
            }
        }
    }

    private Rational slope(int k) {
        return input.responses()[k].line().slope().rational();
    }

    private boolean inputsShareOneSlope() {
        Response first = input.responses()[0];
        for (int k = 1; k < inner; k++) {
            if (input.responses()[k] != first && !slope(k).equals(slope(0))) {
                return false;
            }
        }
        return true;
    }

    private boolean rowSharesOneScale(int row) {
        Rational first = weights.scale(row);
        for (int k = 1; k < inner; k++) {
            Rational scale = weights.scale(k * outputs + row);
            if (scale != first && !scale.equals(first)) {
                return false;
            }
        }
        return true;
    }

    private Rational sameScales(int row) {
        for (int k = 0; k < inner; k++) {
            matrix[row][input.places()[k]] = weights.integers()[k * outputs + row];
        }
        return slope(0).times(weights.scale(row));
    }

    private Rational commonDivisor(int row) {
        Rational[] coefficients = new Rational[inner];
        BigInteger above = BigInteger.ZERO;
        BigInteger below = BigInteger.ONE;
        for (int k = 0; k < inner; k++) {
            int element = k * outputs + row;
            Rational c = slope(k).times(weights.scale(element)).times(Rational.of(weights.integers()[element]));
            coefficients[k] = c;
            above = above.gcd(c.numerator());
            below = below.divide(below.gcd(c.denominator())).multiply(c.denominator());
        }
        // gcd of fractions in lowest terms: gcd of the numerators over lcm of the denominators.
        Rational divisor = above.signum() == 0 ? Rational.ONE : new Rational(above, below);
        for (int k = 0; k < inner; k++) {
            BigInteger quotient = coefficients[k].over(divisor).numerator();
            if (quotient.abs().bitLength() > Long.SIZE - Long.numberOfLeadingZeros(LARGEST_RESCALED_WEIGHT)) {
                throw new NetworkException("its inputs or weights have scales that differ within one sum and are no small "
                        + "multiples of a common one; use one scale for the input and one for each output's weights");
            }
            matrix[row][input.places()[k]] = quotient.intValueExact();
        }
        return divisor;
    }

    /** {@code Σ b·s·m}: what the inputs' offsets add. */
    private Rational offset(int row) {
        Rational sum = Rational.ZERO;
        @Nullable Response last = null;
        long integers = 0;
        Rational lastScale = Rational.ZERO;
        for (int k = 0; k < inner; k++) {
            int element = k * outputs + row;
            Response response = input.responses()[k];
            Rational scale = weights.scale(element);
            if (last != null && (response != last || scale != lastScale)) {
                sum = sum.plus(term(last, lastScale, integers));
                integers = 0;
            }
            last = response;
            lastScale = scale;
            integers += weights.integers()[element];
        }
        return last == null ? sum : sum.plus(term(last, lastScale, integers));
    }

    private static Rational term(Response response, Rational scale, long integers) {
        Rational offset = response.line().offset().rational();
        return offset.signum() == 0 ? Rational.ZERO : offset.times(scale).times(Rational.of(integers));
    }

    private Weights pack() {
        int min = Integer.MAX_VALUE;
        int max = Integer.MIN_VALUE;
        boolean binary = true;
        for (int[] row : matrix) {
            for (int value : row) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                binary &= value == 1 || value == -1;
            }
        }
        if (binary) {
            return Weights.Binary.of(outputs, inner, (row, column) -> matrix[row][column]);
        }
        ValueType type = ValueType.holding(Math.min(min, -1), max);
        int[] values = Arrays.stream(matrix).flatMapToInt(Arrays::stream).toArray();
        return new Weights.IntegerMatrix(type, outputs, inner, values);
    }
}
