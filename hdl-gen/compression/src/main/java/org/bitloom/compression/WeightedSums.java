package org.bitloom.compression;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Sums of products {@code y[n] = Σ x[k] · w[n, k]} in integers. Input k stands for {@code a[k] · q[k] + b[k]}, weight
 * (n, k) for {@code s[n, k] · m[n, k]}. Where all products a·s of a row are one number g, the sum over q·m is the
 * integer layer and {@code y[n] = g · sum + Σ b·s·m}. Where they differ, their greatest common divisor is g and the
 * quotients enter the integer weights.
 */
final class WeightedSums {
    private static final long LARGEST_RESCALED_WEIGHT = (1 << 15) - 1;

    private final Row terms;
    private final Lattice weights;
    private final int[][] matrix;
    private final Response[] responses;

    /** Which input meets which weight in a row, and in which column of the integer matrix: those left out are 0. */
    interface Terms {
        int rows();

        int columns();

        /** Products that one row adds up. */
        int count();

        /** Says for each product of a row the element of the weights, the column, and what the input stands for. */
        void row(int row, Row terms);
    }

    /** The products of one row, by number. */
    static final class Row {
        final int[] weights;
        final int[] columns;
        final Response[] inputs;

        private Row(int count) {
            weights = new int[count];
            columns = new int[count];
            inputs = new Response[count];
        }
    }

    private WeightedSums(Terms terms, Lattice weights) {
        this.terms = new Row(terms.count());
        this.weights = weights;
        this.matrix = new int[terms.rows()][terms.columns()];
        this.responses = new Response[terms.rows()];
    }

    /** The integer weights, and what each row's sum stands for. */
    record Product(Weights weights, Response[] responses) {
    }

    /** @param inputs what all inputs stand for, each at least once */
    static Product of(Terms terms, Lattice weights, Response[] inputs) {
        for (Response response : inputs) {
            requireQuantized(response);
        }
        WeightedSums sums = new WeightedSums(terms, weights);
        Map<Response.Line, Response> shared = new HashMap<>();
        boolean oneSlope = shareOneSlope(inputs);
        boolean centred = Arrays.stream(inputs).allMatch(r -> r.line().offset().rational().signum() == 0);
        for (int row = 0; row < terms.rows(); row++) {
            terms.row(row, sums.terms);
            Rational slope = oneSlope && sums.sharesOneScale() ? sums.sameScales(row) : sums.commonDivisor(row);
            Response response = Response.line(slope, centred ? Rational.ZERO : sums.offset());
            sums.responses[row] = shared.computeIfAbsent(response.line(), line -> response);
        }
        return new Product(pack(sums.matrix, weights.pattern()), sums.responses);
    }

    static void requireQuantized(Response response) {
        if (!response.isLine() || !response.line().slope().isRational() || !response.line().offset().isRational()) {
            throw new NetworkException("its input is not quantized: there is an activation or a batch normalization "
                    + "since the last quantizer; put a quantizer (Brevitas: QuantReLU, QuantIdentity) before it");
        }
    }

    private static boolean shareOneSlope(Response[] inputs) {
        for (Response response : inputs) {
            if (response != inputs[0] && !slope(response).equals(slope(inputs[0]))) {
                return false;
            }
        }
        return true;
    }

    private static Rational slope(Response response) {
        return response.line().slope().rational();
    }

    private boolean sharesOneScale() {
        Rational first = weights.scale(terms.weights[0]);
        for (int element : terms.weights) {
            Rational scale = weights.scale(element);
            if (scale != first && !scale.equals(first)) {
                return false;
            }
        }
        return true;
    }

    private Rational sameScales(int row) {
        for (int k = 0; k < terms.weights.length; k++) {
            matrix[row][terms.columns[k]] = weights.integers()[terms.weights[k]];
        }
        return slope(terms.inputs[0]).times(weights.scale(terms.weights[0]));
    }

    private Rational commonDivisor(int row) {
        Rational[] coefficients = new Rational[terms.weights.length];
        BigInteger above = BigInteger.ZERO;
        BigInteger below = BigInteger.ONE;
        for (int k = 0; k < coefficients.length; k++) {
            int element = terms.weights[k];
            Rational c = slope(terms.inputs[k]).times(weights.scale(element))
                    .times(Rational.of(weights.integers()[element]));
            coefficients[k] = c;
            above = above.gcd(c.numerator());
            below = below.divide(below.gcd(c.denominator())).multiply(c.denominator());
        }
        // gcd of fractions in lowest terms: gcd of the numerators over lcm of the denominators.
        Rational divisor = above.signum() == 0 ? Rational.ONE : new Rational(above, below);
        for (int k = 0; k < coefficients.length; k++) {
            BigInteger quotient = coefficients[k].over(divisor).numerator();
            if (quotient.abs().bitLength() > Long.SIZE - Long.numberOfLeadingZeros(LARGEST_RESCALED_WEIGHT)) {
                throw new NetworkException("its inputs or weights have scales that differ within one sum and are no small "
                        + "multiples of a common one; use one scale for the input and one for each output's weights");
            }
            matrix[row][terms.columns[k]] = quotient.intValueExact();
        }
        return divisor;
    }

    /** {@code Σ b·s·m}: what the inputs' offsets add. */
    private Rational offset() {
        Rational sum = Rational.ZERO;
        @Nullable Response last = null;
        long integers = 0;
        Rational lastScale = Rational.ZERO;
        for (int k = 0; k < terms.weights.length; k++) {
            int element = terms.weights[k];
            Response response = terms.inputs[k];
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

    /**
     * Values of the bit pattern where there is one and they all are; one bit a weight where every one is −1 or +1; else
     * the smallest signed integers.
     */
    static Weights pack(int[][] matrix, @Nullable BitPattern pattern) {
        if (pattern != null && Arrays.stream(matrix).flatMapToInt(Arrays::stream).allMatch(pattern::contains)) {
            return Weights.BitMasked.of(pattern, matrix.length, matrix[0].length, (row, column) -> matrix[row][column]);
        }
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
            return Weights.Binary.of(matrix.length, matrix[0].length, (row, column) -> matrix[row][column]);
        }
        ValueType type = ValueType.holding(Math.min(min, -1), max);
        int[] values = Arrays.stream(matrix).flatMapToInt(Arrays::stream).toArray();
        return new Weights.IntegerMatrix(type, matrix.length, matrix[0].length, values);
    }
}
