package org.bitloom.hdl;

import java.util.function.BiConsumer;

/**
 * The type of a single signal: how wide it is and what its bits mean.
 *
 * @param <S> class of its signals
 */
public sealed interface Type<S extends Signal<S>> extends Shape<S> {
    S signal(Elaboration owner, int node);

    /** The type with the same meaning and another width. */
    Type<S> ofWidth(int width);

    /** A signal of no component, to be looked at for its type only. */
    default S unbound() {
        return signal(Elaboration.NONE, 0);
    }

    @Override
    default S build(Maker maker) {
        return maker.leaf("", this);
    }

    @Override
    default void forEach(S value, BiConsumer<String, Signal<?>> visitor) {
        visitor.accept("", value);
    }

    static Type<Bool> bool() {
        return new OfBool();
    }

    static Type<Bits> bits(int width) {
        return new OfBits(width);
    }

    static Type<UInt> uint(int width) {
        return new OfUInt(width);
    }

    static Type<SInt> sint(int width) {
        return new OfSInt(width);
    }

    /** One bit: true or false. */
    record OfBool() implements Type<Bool> {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public Bool signal(Elaboration owner, int node) {
            return new Bool(owner, node);
        }

        @Override
        public Type<Bool> ofWidth(int width) {
            return this;
        }
    }

    /** Bits without a number in them. */
    record OfBits(int width) implements Type<Bits> {
        public OfBits {
            requirePositive(width);
        }

        @Override
        public Bits signal(Elaboration owner, int node) {
            return new Bits(owner, node, this);
        }

        @Override
        public Type<Bits> ofWidth(int width) {
            return new OfBits(width);
        }
    }

    /** An unsigned number, 0 to 2^width − 1. */
    record OfUInt(int width) implements Type<UInt> {
        public OfUInt {
            requirePositive(width);
        }

        @Override
        public UInt signal(Elaboration owner, int node) {
            return new UInt(owner, node, this);
        }

        @Override
        public Type<UInt> ofWidth(int width) {
            return new OfUInt(width);
        }
    }

    /** A signed number in two's complement, −2^(width−1) to 2^(width−1) − 1. */
    record OfSInt(int width) implements Type<SInt> {
        public OfSInt {
            requirePositive(width);
        }

        @Override
        public SInt signal(Elaboration owner, int node) {
            return new SInt(owner, node, this);
        }

        @Override
        public Type<SInt> ofWidth(int width) {
            return new OfSInt(width);
        }
    }

    private static void requirePositive(int width) {
        if (width < 1) {
            throw new IllegalArgumentException("a signal has at least one bit, not " + width);
        }
    }
}
