package org.bitloom.hdl;

import org.bitloom.hdl.ir.Node.BitOperator;

/** One bit: true or false. */
public final class Bool extends Signal<Bool> {
    Bool(Elaboration owner, int node) {
        super(owner, node);
    }

    @Override
    public Type<Bool> type() {
        return Type.bool();
    }

    public Bool and(Bool other) {
        return bitwise(BitOperator.AND, other);
    }

    public Bool or(Bool other) {
        return bitwise(BitOperator.OR, other);
    }

    public Bool xor(Bool other) {
        return bitwise(BitOperator.XOR, other);
    }

    public Bool not() {
        return inverted();
    }

    /** 0 or 1. */
    public UInt asUInt() {
        Elaboration context = context();
        return context.value(Type.uint(1), context.resolve(this));
    }

    /** {@code count} copies side by side. */
    public Bits repeat(int count) {
        Elaboration context = context();
        return context.value(Type.bits(count), context.builder().extend(true, context.resolve(this), count));
    }
}
