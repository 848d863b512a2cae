package org.bitloom.network.model;

/** Element-wise operators of two inputs, with broadcasting, each rounded once to float32. */
public enum Arithmetic implements Operator {
    ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER
}
