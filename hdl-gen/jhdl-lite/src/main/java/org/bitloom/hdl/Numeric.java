package org.bitloom.hdl;

import org.bitloom.hdl.ir.Node.ShiftKind;

/**
 * A number, unsigned or signed. Operators give results that hold every possible value; narrowing is said aloud.
 *
 * @param <S> the class itself
 */
public abstract sealed class Numeric<S extends Numeric<S>> extends Signal<S> permits UInt, SInt {
    private final Type<S> type;

    Numeric(Elaboration owner, int node, Type<S> type) {
        super(owner, node);
        this.type = type;
    }

    @Override
    public final Type<S> type() {
        return type;
    }

    /** One bit wider than the wider operand. */
    public final S plus(S other) {
        Elaboration context = context();
        int width = Math.max(width(), other.width()) + 1;
        return context.value(
                type.ofWidth(width), context.builder().add(context.operators().widened(this, width), context.operators().widened(other, width)));
    }

    public final S plus(long value) {
        return plus(constant(value));
    }

    /** The exact difference, which may be negative: signed, one bit wider than the wider operand. */
    public final SInt minus(S other) {
        Elaboration context = context();
        int width = Math.max(width(), other.width()) + 1;
        return context.value(
                Type.sint(width),
                context.builder().subtract(context.operators().widened(this, width), context.operators().widened(other, width)));
    }

    public final SInt minus(long value) {
        return minus(constant(value));
    }

    /** The widths add up. */
    public final S times(S other) {
        Elaboration context = context();
        return context.value(
                type.ofWidth(width() + other.width()),
                context.builder().multiply(isSigned(), context.resolve(this), context.resolve(other)));
    }

    public final Bool lt(S other) {
        Elaboration context = context();
        return context.value(Type.bool(), context.operators().less(this, other));
    }

    public final Bool lt(long value) {
        return lt(constant(value));
    }

    public final Bool ge(S other) {
        Elaboration context = context();
        return context.value(Type.bool(), context.builder().not(context.operators().less(this, other)));
    }

    public final Bool ge(long value) {
        return ge(constant(value));
    }

    public final Bool gt(S other) {
        Elaboration context = context();
        return context.value(Type.bool(), context.operators().less(other, this));
    }

    public final Bool gt(long value) {
        return gt(constant(value));
    }

    public final Bool le(S other) {
        Elaboration context = context();
        return context.value(Type.bool(), context.builder().not(context.operators().less(other, this)));
    }

    public final Bool le(long value) {
        return le(constant(value));
    }

    /** Times 2^amount; the width grows by the amount. */
    public final S shl(int amount) {
        Elaboration context = context();
        return context.value(type.ofWidth(width() + amount), context.operators().shiftedUp(this, amount));
    }

    /** Times 2^amount; the width grows by the greatest amount, so keep the amount narrow. */
    public final S shl(UInt amount) {
        Elaboration context = context();
        int width = context.operators().shiftedWidth(this, amount);
        return context.value(
                type.ofWidth(width),
                context.builder().shift(ShiftKind.LEFT, context.operators().widened(this, width), context.resolve(amount)));
    }

    /** Divided by 2^amount, rounded down (towards −∞); narrower by the amount, at least one bit. */
    public final S shr(int amount) {
        Elaboration context = context();
        int node = context.operators().shiftedDown(this, amount);
        return context.value(type.ofWidth(context.builder().width(node)), node);
    }

    /** Divided by 2^amount, rounded down; 0 (for a negative number −1) where the amount reaches the width. */
    public final S shr(UInt amount) {
        Elaboration context = context();
        ShiftKind kind = isSigned() ? ShiftKind.RIGHT_ARITHMETIC : ShiftKind.RIGHT_LOGICAL;
        return context.value(type, context.builder().shift(kind, context.resolve(this), context.resolve(amount)));
    }

    /** The lowest bits, read as a number of their own: modulo 2^width. */
    public final S low(int width) {
        Elaboration context = context();
        return context.value(type.ofWidth(width), context.operators().slice(this, width - 1, 0));
    }

    /** The same number in fewer bits, which are known to hold it; simulation checks that while the condition holds. */
    public final S fit(int width) {
        Elaboration context = context();
        return context.value(type.ofWidth(width), context.operators().fitted(this, width));
    }

    /** {@link #fit(int)} to the width of another signal. */
    public final S fit(S like) {
        Elaboration context = context();
        return context.value(like.type(), context.operators().fitted(this, like.width()));
    }

    /** The same number, or the nearest of the given width where it does not fit. */
    public final S saturate(int width) {
        Elaboration context = context();
        return context.value(type.ofWidth(width), context.operators().saturated(this, width));
    }

    public final S extend(int width) {
        Elaboration context = context();
        return context.value(type.ofWidth(width), context.operators().widened(this, width));
    }
}
