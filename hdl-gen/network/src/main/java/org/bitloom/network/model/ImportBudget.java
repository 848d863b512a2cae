package org.bitloom.network.model;

import java.util.List;
import org.bitloom.network.NetworkException;

/**
 * What a graph may cost while it is imported. A few bytes of file can ask for any amount of memory or time through
 * broadcasting, products of constants and long chains; sizes are compared with these bounds before they are computed.
 */
public final class ImportBudget {
    private static final int MAX_VALUE_ELEMENTS = 1 << 26;
    private static final long MAX_TOTAL_ELEMENTS = 1L << 28;
    private static final long MAX_PRODUCTS = 1L << 33;

    private long elements;

    /** Accounts for one more value of the graph. */
    public void add(Dimensions shape) {
        requireSize(shape);
        elements += shape.size();
        if (elements > MAX_TOTAL_ELEMENTS) {
            throw new NetworkException("brings the values of the graph to more than " + MAX_TOTAL_ELEMENTS
                    + " elements; a model of this size is not supported");
        }
    }

    public static void requireSize(Dimensions shape) {
        if (shape.size() > MAX_VALUE_ELEMENTS) {
            throw new NetworkException("makes a tensor of shape " + shape + "; at most " + MAX_VALUE_ELEMENTS
                    + " elements are supported");
        }
    }

    public static void requireWork(Operator operator, List<Tensor> inputs) {
        if (operator instanceof Spatial spatial) {
            Dimensions output = ShapeRules.outputs(operator, inputs.stream().map(Tensor::shape).toList()).getFirst();
            long channels = operator instanceof Spatial.Convolution ? inputs.get(1).shape().at(1) : 1;
            long taps = (long) spatial.rows().kernel() * spatial.columns().kernel();
            if (Math.multiplyExact(output.size() * channels, taps) > MAX_PRODUCTS) {
                throw new NetworkException("works on constants of shape " + inputs.getFirst().shape()
                        + ", which takes too long; fold them before the export");
            }
        }
        if (operator instanceof Linear.MatMul || operator instanceof Linear.Gemm) {
            long products = Math.multiplyExact((long) inputs.get(0).size(), (long) inputs.get(1).size());
            if (products / Math.max(1, inputs.get(1).shape().at(0)) > MAX_PRODUCTS) {
                throw new NetworkException("multiplies constants of shapes " + inputs.get(0).shape() + " and "
                        + inputs.get(1).shape() + ", which takes too long; fold them before the export");
            }
        }
    }
}
