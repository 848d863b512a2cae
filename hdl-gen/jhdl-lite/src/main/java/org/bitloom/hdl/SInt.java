package org.bitloom.hdl;

import org.bitloom.hdl.ir.Node.ShiftKind;

/** A signed number in two's complement. Operators give results that hold every possible value. */
public final class SInt extends Signal<SInt> {
    private final Type<SInt> type;

    SInt(Elaboration owner, int node, Type<SInt> type) {
        super(owner, node);
        this.type = type;
    }

    @Override
    public Type<SInt> type() {
        return type;
    }

    /** One bit wider than the wider operand. */
    public SInt plus(SInt other) {
        Elaboration context = context();
        int width = Math.max(width(), other.width()) + 1;
        return context.value(
                Type.sint(width), context.builder().add(context.widened(this, width), context.widened(other, width)));
    }

    public SInt plus(long value) {
        return plus(constant(value));
    }

    /** One bit wider than the wider operand. */
    public SInt minus(SInt other) {
        Elaboration context = context();
        int width = Math.max(width(), other.width()) + 1;
        return context.value(
                Type.sint(width),
                context.builder().subtract(context.widened(this, width), context.widened(other, width)));
    }

    public SInt minus(long value) {
        return minus(constant(value));
    }

    /** One bit wider, for the least number has no opposite of the same width. */
    public SInt negate() {
        return literal(0).minus(this);
    }

    /** The widths add up. */
    public SInt times(SInt other) {
        Elaboration context = context();
        return context.value(
                Type.sint(width() + other.width()),
                context.builder().multiply(true, context.resolve(this), context.resolve(other)));
    }

    public Bool lt(SInt other) {
        Elaboration context = context();
        return context.value(Type.bool(), context.less(this, other));
    }

    public Bool lt(long value) {
        return lt(constant(value));
    }

    public Bool ge(SInt other) {
        Elaboration context = context();
        return context.value(Type.bool(), context.builder().not(context.less(this, other)));
    }

    public Bool ge(long value) {
        return ge(constant(value));
    }

    public Bool gt(SInt other) {
        return other.lt(this);
    }

    public Bool gt(long value) {
        return gt(constant(value));
    }

    public Bool le(SInt other) {
        return other.ge(this);
    }

    public Bool le(long value) {
        return le(constant(value));
    }

    public Bool isNegative() {
        Elaboration context = context();
        return context.value(Type.bool(), context.slice(this, width() - 1, width() - 1));
    }

    /** Times 2^amount; the width grows by the amount. */
    public SInt shl(int amount) {
        Elaboration context = context();
        return context.value(Type.sint(width() + amount), context.shiftedUp(this, amount));
    }

    /** Times 2^amount; the width grows by the greatest amount, so keep the amount narrow. */
    public SInt shl(UInt amount) {
        Elaboration context = context();
        int width = context.shiftedWidth(this, amount);
        return context.value(
                Type.sint(width),
                context.builder().shift(ShiftKind.LEFT, context.widened(this, width), context.resolve(amount)));
    }

    /** Divided by 2^amount, rounded down (towards −∞); narrower by the amount, at least one bit. */
    public SInt shr(int amount) {
        Elaboration context = context();
        int node = context.shiftedDown(this, amount);
        return context.value(Type.sint(context.builder().width(node)), node);
    }

    /** Divided by 2^amount, rounded down; 0 or −1 where the amount reaches the width. */
    public SInt shr(UInt amount) {
        Elaboration context = context();
        return context.value(
                type,
                context.builder().shift(ShiftKind.RIGHT_ARITHMETIC, context.resolve(this), context.resolve(amount)));
    }

    /** The lowest bits, read as a signed number of their own. */
    public SInt low(int width) {
        Elaboration context = context();
        return context.value(Type.sint(width), context.slice(this, width - 1, 0));
    }

    /** The same number in fewer bits, which are known to hold it; simulation checks that while the condition holds. */
    public SInt fit(int width) {
        Elaboration context = context();
        return context.value(Type.sint(width), context.fitted(this, width));
    }

    /** {@link #fit(int)} to the width of another signal. */
    public SInt fit(SInt like) {
        Elaboration context = context();
        return context.value(like.type, context.fitted(this, like.width()));
    }

    /** The same number, or the nearest of the given width where it does not fit. */
    public SInt saturate(int width) {
        Elaboration context = context();
        return context.value(Type.sint(width), context.saturated(this, width));
    }

    public SInt extend(int width) {
        Elaboration context = context();
        return context.value(Type.sint(width), context.widened(this, width));
    }
}
