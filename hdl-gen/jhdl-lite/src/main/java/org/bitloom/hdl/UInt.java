package org.bitloom.hdl;

/** An unsigned number, 0 to 2^width − 1. */
public final class UInt extends Numeric<UInt> {
    UInt(Elaboration owner, int node, Type<UInt> type) {
        super(owner, node, type);
    }

    /** The same number with a sign, one bit wider. */
    public SInt asSInt() {
        Elaboration context = context();
        return context.value(Type.sint(width() + 1), context.operators().widened(this, width() + 1));
    }

    public Bool at(int bit) {
        Elaboration context = context();
        return context.value(Type.bool(), context.operators().slice(this, bit, bit));
    }
}
