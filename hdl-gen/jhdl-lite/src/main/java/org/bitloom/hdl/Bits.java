package org.bitloom.hdl;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.Node.BitOperator;
import org.bitloom.hdl.ir.Node.Reduction;
import org.bitloom.hdl.ir.Node.ShiftKind;

/** Bits without a number in them. Operands of one operator have the same width; nothing is filled up silently. */
public final class Bits extends Signal<Bits> {
    private final Type<Bits> type;

    Bits(Elaboration owner, int node, Type<Bits> type) {
        super(owner, node);
        this.type = type;
    }

    /** Parts side by side, the most significant first. */
    public static Bits concat(List<Bits> parts) {
        return Elaboration.concat(parts);
    }

    @Override
    public Type<Bits> type() {
        return type;
    }

    public Bits and(Bits other) {
        return bitwise(BitOperator.AND, other);
    }

    public Bits or(Bits other) {
        return bitwise(BitOperator.OR, other);
    }

    public Bits xor(Bits other) {
        return bitwise(BitOperator.XOR, other);
    }

    /** Ones where both agree. */
    public Bits xnor(Bits other) {
        return bitwise(BitOperator.XNOR, other);
    }

    public Bits not() {
        return inverted();
    }

    /** How many bits are one; as wide as the number of bits needs. */
    public UInt popCount() {
        Elaboration context = context();
        int count = context.builder().popCount(context.resolve(this));
        return context.value(Type.uint(context.builder().width(count)), count);
    }

    public Bool any() {
        return reduce(Reduction.OR);
    }

    public Bool all() {
        return reduce(Reduction.AND);
    }

    /** Whether the number of ones is odd. */
    public Bool parity() {
        return reduce(Reduction.XOR);
    }

    /** Bit {@code index}, 0 the least significant. */
    public Bool at(int index) {
        Elaboration context = context();
        return context.value(Type.bool(), context.operators().slice(this, index, index));
    }

    /** The bit of a variable index; false beyond the width. */
    public Bool at(UInt index) {
        Elaboration context = context();
        int shifted = context.builder()
                .shift(ShiftKind.RIGHT_LOGICAL, context.resolve(this), context.resolve(index));
        return context.value(Type.bool(), context.builder().slice(shifted, 0, 0));
    }

    /** Bits {@code high} down to {@code low}, both included. */
    public Bits slice(int high, int low) {
        Elaboration context = context();
        return context.value(Type.bits(Math.max(1, high - low + 1)), context.operators().slice(this, high, low));
    }

    public Bits low(int width) {
        return slice(width - 1, 0);
    }

    public Bits high(int width) {
        return slice(width() - 1, width() - width);
    }

    /** This above {@code lower}. */
    public Bits cat(Bits lower) {
        return concat(List.of(this, lower));
    }

    /** With zeros above, to the given width. */
    public Bits padded(int width) {
        Elaboration context = context();
        return context.value(Type.bits(width), context.builder().extend(false, context.resolve(this), width));
    }

    /** Pieces of equal width, the least significant first. */
    public List<Bits> split(int width) {
        List<Bits> pieces = new ArrayList<>();
        for (int low = 0; low < width(); low += width) {
            pieces.add(slice(low + width - 1, low));
        }
        return List.copyOf(pieces);
    }

    public UInt asUInt() {
        Elaboration context = context();
        return context.value(Type.uint(width()), context.resolve(this));
    }

    public SInt asSInt() {
        Elaboration context = context();
        return context.value(Type.sint(width()), context.resolve(this));
    }

    private Bool reduce(Reduction reduction) {
        Elaboration context = context();
        return context.value(Type.bool(), context.builder().reduce(reduction, context.resolve(this)));
    }
}
