package org.bitloom.hdl.stream;

import java.util.function.BiConsumer;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Interface;
import org.bitloom.hdl.Shape;
import org.bitloom.hdl.Signal;
import org.bitloom.hdl.Type;

/** The interfaces of streams, for {@code slave(stream(…))} and {@code master(stream(…))}. */
public final class Streams {
    private Streams() {}

    /** Ports {@code x_valid}, {@code x_ready} and {@code x_data}, or a port for each signal of the word. */
    public static <T> Interface<StreamIn<T>, StreamOut<T>> stream(Shape<T> word) {
        Shape<T> named = word instanceof Type<?> ? data(word) : word;
        return new Interface<>() {
            @Override
            public StreamIn<T> slave(Ports ports) {
                Bool valid = ports.input("valid", Type.bool());
                Bool ready = ports.control("ready");
                return new StreamIn<>(word, valid, ready, ports.input("", named));
            }

            @Override
            public StreamOut<T> master(Ports ports) {
                Bool valid = ports.control("valid");
                Bool ready = ports.input("ready", Type.bool());
                return new StreamOut<>(word, valid, ready, ports.output("", named));
            }
        };
    }

    /** A word with a flag that marks the last of a frame. */
    public static <T> Shape<Framed<T>> framed(Shape<T> word) {
        return new Shape<>() {
            @Override
            public Framed<T> build(Maker maker) {
                return new Framed<>(maker.part("data", word), maker.leaf("last", Type.bool()));
            }

            @Override
            public void forEach(Framed<T> value, BiConsumer<String, Signal<?>> visitor) {
                word.forEach(value.data(), visitor);
                visitor.accept("last", value.last());
            }

            @Override
            public int width() {
                return word.width() + 1;
            }
        };
    }

    /** A word of each of two streams. */
    public static <T, U> Shape<Joined<T, U>> joined(Shape<T> first, Shape<U> second) {
        return new Shape<>() {
            @Override
            public Joined<T, U> build(Maker maker) {
                return new Joined<>(maker.part("first", first), maker.part("second", second));
            }

            @Override
            public void forEach(Joined<T, U> value, BiConsumer<String, Signal<?>> visitor) {
                first.forEach(value.first(), visitor);
                second.forEach(value.second(), visitor);
            }

            @Override
            public int width() {
                return first.width() + second.width();
            }
        };
    }

    /** A word of each of two streams. */
    public record Joined<T, U>(T first, U second) {}

    /** @param last this word ends its frame */
    public record Framed<T>(T data, Bool last) {}

    /** A single signal that is called {@code data}. */
    private static <T> Shape<T> data(Shape<T> word) {
        return new Shape<>() {
            @Override
            public T build(Maker maker) {
                return maker.part("data", word);
            }

            @Override
            public void forEach(T value, BiConsumer<String, Signal<?>> visitor) {
                word.forEach(value, visitor);
            }

            @Override
            public int width() {
                return word.width();
            }
        };
    }
}
