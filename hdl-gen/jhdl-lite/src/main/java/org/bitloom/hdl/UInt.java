package org.bitloom.hdl;

import org.bitloom.hdl.ir.Node.ShiftKind;

/** An unsigned number. Operators give results that hold every possible value; narrowing is said aloud. */
public final class UInt extends Signal<UInt> {
    private final Type<UInt> type;

    UInt(Elaboration owner, int node, Type<UInt> type) {
        super(owner, node);
        this.type = type;
    }

    @Override
    public Type<UInt> type() {
        return type;
    }

    /** One bit wider than the wider operand. */
    public UInt plus(UInt other) {
        Elaboration context = context();
        int width = Math.max(width(), other.width()) + 1;
        return context.value(
                Type.uint(width), context.builder().add(context.widened(this, width), context.widened(other, width)));
    }

    public UInt plus(long value) {
        return plus(constant(value));
    }

    /** The exact difference, which may be negative: signed, one bit wider than the wider operand. */
    public SInt minus(UInt other) {
        Elaboration context = context();
        int width = Math.max(width(), other.width()) + 1;
        return context.value(
                Type.sint(width),
                context.builder().subtract(context.widened(this, width), context.widened(other, width)));
    }

    public SInt minus(long value) {
        return minus(constant(value));
    }

    /** The widths add up. */
    public UInt times(UInt other) {
        Elaboration context = context();
        return context.value(
                Type.uint(width() + other.width()),
                context.builder().multiply(false, context.resolve(this), context.resolve(other)));
    }

    public Bool lt(UInt other) {
        Elaboration context = context();
        return context.value(Type.bool(), context.less(this, other));
    }

    public Bool lt(long value) {
        return lt(constant(value));
    }

    public Bool ge(UInt other) {
        Elaboration context = context();
        return context.value(Type.bool(), context.builder().not(context.less(this, other)));
    }

    public Bool ge(long value) {
        return ge(constant(value));
    }

    public Bool gt(UInt other) {
        return other.lt(this);
    }

    public Bool gt(long value) {
        return gt(constant(value));
    }

    public Bool le(UInt other) {
        return other.ge(this);
    }

    public Bool le(long value) {
        return le(constant(value));
    }

    /** Times 2^amount; the width grows by the amount. */
    public UInt shl(int amount) {
        Elaboration context = context();
        return context.value(Type.uint(width() + amount), context.shiftedUp(this, amount));
    }

    /** Times 2^amount; the width grows by the greatest amount, so keep the amount narrow. */
    public UInt shl(UInt amount) {
        Elaboration context = context();
        int width = context.shiftedWidth(this, amount);
        return context.value(
                Type.uint(width),
                context.builder().shift(ShiftKind.LEFT, context.widened(this, width), context.resolve(amount)));
    }

    /** Divided by 2^amount, rounded down; narrower by the amount, at least one bit. */
    public UInt shr(int amount) {
        Elaboration context = context();
        int node = context.shiftedDown(this, amount);
        return context.value(Type.uint(context.builder().width(node)), node);
    }

    /** Divided by 2^amount, rounded down; 0 where the amount reaches the width. */
    public UInt shr(UInt amount) {
        Elaboration context = context();
        return context.value(
                type,
                context.builder().shift(ShiftKind.RIGHT_LOGICAL, context.resolve(this), context.resolve(amount)));
    }

    /** The lowest bits: the number modulo 2^width. */
    public UInt low(int width) {
        Elaboration context = context();
        return context.value(Type.uint(width), context.slice(this, width - 1, 0));
    }

    /** The same number in fewer bits, which are known to hold it; simulation checks that while the condition holds. */
    public UInt fit(int width) {
        Elaboration context = context();
        return context.value(Type.uint(width), context.fitted(this, width));
    }

    /** {@link #fit(int)} to the width of another signal. */
    public UInt fit(UInt like) {
        Elaboration context = context();
        return context.value(like.type, context.fitted(this, like.width()));
    }

    /** The same number, or the greatest of the given width where it is greater. */
    public UInt saturate(int width) {
        Elaboration context = context();
        return context.value(Type.uint(width), context.saturated(this, width));
    }

    public UInt extend(int width) {
        Elaboration context = context();
        return context.value(Type.uint(width), context.widened(this, width));
    }

    /** The same number with a sign, one bit wider. */
    public SInt asSInt() {
        Elaboration context = context();
        return context.value(Type.sint(width() + 1), context.widened(this, width() + 1));
    }

    public Bool at(int bit) {
        Elaboration context = context();
        return context.value(Type.bool(), context.slice(this, bit, bit));
    }
}
