package org.bitloom.hdl;

import java.util.Locale;
import org.bitloom.hdl.ir.Node.BitOperator;

/**
 * A value in a component under construction. Immutable: operators give new values. A signal declared as wire, output or
 * state can be given a value, with {@link #drive} or {@link #next}.
 *
 * @param <S> the class itself
 */
public abstract sealed class Signal<S extends Signal<S>> permits Bool, Bits, Numeric {
    private final Elaboration owner;
    private final int node;

    Signal(Elaboration owner, int node) {
        this.owner = owner;
        this.node = node;
    }

    public abstract Type<S> type();

    /** Bits. */
    public final int width() {
        return type().width();
    }

    /** Gives the signal this name in the Verilog, whatever its Java variable is called. */
    @SuppressWarnings("unchecked")
    public final S named(String name) {
        owner.rename(this, name);
        return (S) this;
    }

    /** Connects the value to this wire, output or input of an instance; under a {@code when}, while that holds. */
    public final void drive(S value) {
        context().assign(this, value, Elaboration.Verb.DRIVE);
    }

    /** @throws ElaborationException (at the end) where the number does not fit */
    public final void drive(long value) {
        drive(literal(value));
    }

    /** The value of this register after the next clock edge; under a {@code when}, if that holds, else it stays. */
    public final void next(S value) {
        context().assign(this, value, Elaboration.Verb.NEXT);
    }

    public final void next(long value) {
        next(literal(value));
    }

    public final Bool eq(S other) {
        Elaboration context = context();
        int width = Math.max(width(), other.width());
        return context.value(
                Type.bool(), context.builder().equal(context.operators().widened(this, width), context.operators().widened(other, width)));
    }

    public final Bool eq(long value) {
        return eq(constant(value));
    }

    public final Bool ne(S other) {
        Elaboration context = context();
        int width = Math.max(width(), other.width());
        int equal = context.builder().equal(context.operators().widened(this, width), context.operators().widened(other, width));
        return context.value(Type.bool(), context.builder().not(equal));
    }

    public final Bool ne(long value) {
        return ne(constant(value));
    }

    /** The value at the clock edge before, 0 in the first cycle after reset: for claims about two cycles. */
    @SuppressWarnings("unchecked")
    public final S past() {
        return context().past((S) this);
    }

    /** The same bits without their meaning. */
    public final Bits asBits() {
        Elaboration context = context();
        return context.value(Type.bits(width()), context.resolve(this));
    }

    /** A constant of this signal's type; a mistake is noted where it does not fit. */
    final S literal(long value) {
        return context().operators().literal(type(), value);
    }

    /** A constant to compare with or add to, as wide as it needs to be. */
    final S constant(long value) {
        int needed =
                switch (type()) {
                    case Type.OfBool _, Type.OfBits _ -> width();
                    case Type.OfUInt _ -> Math.max(1, 64 - Long.numberOfLeadingZeros(value));
                    case Type.OfSInt _ -> 65 - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
                };
        return context().operators().literal(type().ofWidth(needed), value);
    }

    final S bitwise(BitOperator operator, S other) {
        Elaboration context = context();
        context.operators().requireSameWidth(this, other, operator.name().toLowerCase(Locale.ROOT));
        return context.value(
                type(),
                context.builder().bitwise(operator, context.resolve(this), context.operators().widened(other, width())));
    }

    final S inverted() {
        Elaboration context = context();
        return context.value(type(), context.builder().not(context.resolve(this)));
    }

    /** Whether a narrower value of this type is filled up with its sign. */
    final boolean isSigned() {
        return type() instanceof Type.OfSInt;
    }

    final Elaboration owner() {
        return owner;
    }

    final int node() {
        return node;
    }

    /** The component in whose constructor this signal can be used now: its own, or that which holds the instance. */
    final Elaboration context() {
        return owner.context();
    }
}
