package org.bitloom.hdl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What a value of type T is made of: one signal, or a bundle of named signals. A shape can build a T out of new signals
 * and visit the signals of a T, always in the same order.
 */
public interface Shape<T> {
    /** Builds a T; asks the maker for each of its signals, in order. */
    T build(Maker maker);

    /** Visits the signals of a T in the order in which they were built. */
    void forEach(T value, BiConsumer<String, Signal<?>> visitor);

    /** Bits in all. */
    int width();

    /** Provides the signals of a T that is being built. */
    interface Maker {
        /** @param name name of the part inside the bundle; empty for a value that is a single signal */
        <S extends Signal<S>> S leaf(String name, Type<S> type);

        /** A part that is itself a bundle. */
        default <B> B part(String name, Shape<B> shape) {
            Maker outer = this;
            return shape.build(new Maker() {
                @Override
                public <S extends Signal<S>> S leaf(String inner, Type<S> type) {
                    return outer.leaf(inner.isEmpty() ? name : name + "_" + inner, type);
                }
            });
        }
    }

    /** The shape of a bundle, from the function that builds it. */
    static <B extends Bundle> Shape<B> of(Function<Maker, B> build) {
        int[] width = {0};
        B _ = build.apply(new Maker() {
            @Override
            public <S extends Signal<S>> S leaf(String name, Type<S> type) {
                width[0] += type.width();
                return type.unbound();
            }
        });
        return new Shape<>() {
            @Override
            public B build(Maker maker) {
                return build.apply(maker);
            }

            @Override
            public void forEach(B value, BiConsumer<String, Signal<?>> visitor) {
                value.forEach(visitor);
            }

            @Override
            public int width() {
                return width[0];
            }
        };
    }

    /** All bits of a value side by side, its first signal lowest. */
    default Bits pack(T value) {
        List<Signal<?>> highestFirst = new ArrayList<>();
        forEach(value, (_, signal) -> highestFirst.addFirst(signal));
        return Elaboration.concat(highestFirst);
    }

    /** The value whose bits stand side by side as {@link #pack} left them. */
    default T unpack(Bits packed) {
        Elaboration context = packed.context();
        String name = context.variableHere();
        int[] low = {0};
        return build(new Maker() {
            @Override
            public <S extends Signal<S>> S leaf(String leaf, Type<S> type) {
                int node = context.operators().slice(packed, low[0] + type.width() - 1, low[0]);
                low[0] += type.width();
                return context.part(type, node, name, leaf);
            }
        });
    }

    /** Drives each signal of a wire or port with that of a value. */
    default void drive(T target, T value) {
        Elaboration.eachPair(this, target, value, Elaboration.Verb.DRIVE);
    }

    /** Gives each signal of a register that of a value after the next clock edge. */
    default void next(T register, T value) {
        Elaboration.eachPair(this, register, value, Elaboration.Verb.NEXT);
    }
}
