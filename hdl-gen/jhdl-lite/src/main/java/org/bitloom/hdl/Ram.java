package org.bitloom.hdl;

import java.math.BigInteger;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Collision;

/** A memory that is written at clock edges. What it holds before is unknown unless contents are given. */
public final class Ram<T> extends Memory<T, Ram<T>> {
    Ram(Shape<T> shape, OpenMemory open) {
        super(shape, open);
    }

    /**
     * Writes at the next clock edge; under a {@code when}, if that holds. A clocked read of the same word at the same
     * edge shows the old word.
     */
    public void write(UInt address, T data) {
        Elaboration owner = open().owner;
        int condition = owner.activeCondition();
        int enable = condition == Netlist.ALWAYS ? owner.builder().constant(BitVector.of(1, BigInteger.ONE)) : condition;
        open().written = true;
        owner.builder()
                .memoryWrite(open().index, addressOf(address, "write"), owner.resolve(shape().pack(data)), enable);
    }

    /** Claims that no word is ever read (clocked) and written at the same edge; saves bypass logic; simulation checks. */
    public Ram<T> neverCollides() {
        open().nameHere();
        open().collision = Collision.NEVER;
        return this;
    }

    @Override
    Ram<T> self() {
        return this;
    }
}
