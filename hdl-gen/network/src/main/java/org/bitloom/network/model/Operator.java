package org.bitloom.network.model;

/**
 * What a node computes. A closed set, one file a family; parameters that must be constants are part of the record and
 * checked in its constructor, so only data flows along a model's edges. Inputs are float32 tensors.
 */
public sealed interface Operator permits Arithmetic, Activation, Linear, Spatial, Quantizer, Movement, Joining,
        Selection {
    /** Whether the second input is weights where it is constant: of a convolution or matrix product. */
    default boolean takesWeights() {
        return this instanceof Spatial.Convolution || this instanceof Linear.Gemm || this instanceof Linear.MatMul;
    }
}
