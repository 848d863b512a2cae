package org.bitloom.hdl;

import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;

/**
 * Words that are read by address.
 *
 * @param <T> what a word is
 * @param <M> the class itself
 */
public abstract sealed class Memory<T, M extends Memory<T, M>> permits Rom, Ram {
    private final Shape<T> shape;
    private final OpenMemory open;

    Memory(Shape<T> shape, OpenMemory open) {
        this.shape = shape;
        this.open = open;
    }

    /** How the memory shall be built; left to the synthesizer unless said. */
    public M style(MemoryStyle style) {
        open.nameHere();
        open.style = style;
        return self();
    }

    /**
     * The initial words. In the constructor of the component that holds the memory they are part of it; given from
     * outside they belong to that one instance, and all instances share one module.
     */
    public M contents(MemoryContents words) {
        open.nameHere();
        open.load(words);
        return self();
    }

    /** The word at an address, in the same cycle. Costs LUTs; block memories cannot do it. */
    public T read(UInt address) {
        Elaboration owner = open.owner;
        int node = owner.builder().memoryRead(open.index);
        open.read = true;
        owner.builder().defineRead(node, addressOf(address, "read"), false, Netlist.ALWAYS);
        return unpacked(owner, node);
    }

    /**
     * The word at an address, taken at each clock edge at which {@code enable} holds and kept until the next: one cycle
     * of latency, and what block memories do.
     */
    public T read(UInt address, Bool enable) {
        Elaboration owner = open.owner;
        int node = owner.builder().memoryRead(open.index);
        open.read = true;
        owner.builder().defineRead(node, addressOf(address, "read"), true, owner.resolve(enable));
        return unpacked(owner, node);
    }

    private T unpacked(Elaboration owner, int node) {
        return shape instanceof Type<?> type
                ? single(owner, type, node)
                : shape.unpack(Type.bits(shape.width()).signal(owner, node));
    }

    @SuppressWarnings("unchecked")
    private T single(Elaboration owner, Type<?> type, int node) {
        return (T) signal(owner, type, node);
    }

    private static <S extends Signal<S>> S signal(Elaboration owner, Type<S> type, int node) {
        return owner.value(type, node);
    }

    final int addressOf(UInt address, String call) {
        int needed = Math.max(1, 32 - Integer.numberOfLeadingZeros(open.depth - 1));
        if (address.width() > needed) {
            open.owner.problem(
                    call,
                    "an address of " + address.width() + " bits reaches beyond the " + open.depth + " words of "
                            + open.label(),
                    "narrow it to " + needed + " bits, with .low(" + needed + ") or .fit(" + needed + ")");
            return open.owner.operators().slice(address, needed - 1, 0);
        }
        return open.owner.resolve(address);
    }

    final Shape<T> shape() {
        return shape;
    }

    final OpenMemory open() {
        return open;
    }

    abstract M self();
}
