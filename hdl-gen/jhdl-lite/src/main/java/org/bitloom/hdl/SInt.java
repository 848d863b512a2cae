package org.bitloom.hdl;

/** A signed number in two's complement, −2^(width−1) to 2^(width−1) − 1. */
public final class SInt extends Numeric<SInt> {
    SInt(Elaboration owner, int node, Type<SInt> type) {
        super(owner, node, type);
    }

    /** One bit wider, for the least number has no opposite of the same width. */
    public SInt negate() {
        return literal(0).minus(this);
    }

    public Bool isNegative() {
        Elaboration context = context();
        return context.value(Type.bool(), context.operators().slice(this, width() - 1, width() - 1));
    }
}
