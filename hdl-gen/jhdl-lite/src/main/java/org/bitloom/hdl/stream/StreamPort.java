package org.bitloom.hdl.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Shape;
import org.bitloom.hdl.Type;
import org.bitloom.hdl.stream.Streams.Joined;

/**
 * One end of a stream. Each verb adds a small component beside the stream and returns the stream behind it.
 *
 * @param <T> what a word is
 */
public abstract sealed class StreamPort<T> permits StreamIn, StreamOut {
    private final Shape<T> shape;
    private final Bool valid;
    private final Bool ready;
    private final T data;

    StreamPort(Shape<T> shape, Bool valid, Bool ready, T data) {
        this.shape = shape;
        this.valid = valid;
        this.ready = ready;
        this.data = data;
    }

    /** The master has a word. */
    public Bool valid() {
        return valid;
    }

    /** The slave takes a word. */
    public Bool ready() {
        return ready;
    }

    public T data() {
        return data;
    }

    public Shape<T> shape() {
        return shape;
    }

    /** A word moves at this clock edge. */
    public Bool fire() {
        return valid.and(ready);
    }

    /**
     * Whether the rule of streams is kept: a word that was offered stays, unchanged, until it is taken. To be ensured of
     * what a component gives and assumed of what it is given; costs no hardware.
     */
    public Bool isSteady() {
        Bool waiting = valid.and(ready.not()).past();
        Bits waitingWord = shape.pack(data).past();
        return waiting.not().or(valid.and(shape.pack(data).eq(waitingWord)));
    }

    /** The same stream with another word made of each; no registers, no cycles. */
    public <U> StreamPort<U> map(Shape<U> word, Function<T, U> change) {
        return new StreamOut<>(word, valid, ready, change.apply(data));
    }

    /** Connects this stream to the end that takes it; no registers, no cycles. */
    public void into(StreamPort<T> slave) {
        slave.valid.drive(valid);
        shape.drive(slave.data, data);
        ready.drive(slave.ready);
    }

    /** Through a {@link Fifo} of {@code depth} words; cuts valid, data and ready; one cycle of latency. */
    public StreamPort<T> queue(int depth) {
        Fifo fifo = Component.instanceBeside(valid, Fifo::new, new Fifo.Config(shape.width(), depth));
        return through(fifo.in, fifo.out);
    }

    /** Through a {@link RegisterSlice}; cuts valid, data and ready; one cycle of latency, two words of registers. */
    public StreamPort<T> registered() {
        RegisterSlice slice =
                Component.instanceBeside(valid, RegisterSlice::new, new RegisterSlice.Config(shape.width()));
        return through(slice.in, slice.out);
    }

    /** Copies of this stream; a word is taken when every copy has been taken. See {@link Fork}. */
    public List<StreamPort<T>> fork(int copies) {
        Fork fork = Component.instanceBeside(valid, Fork::new, new Fork.Config(shape.width(), copies));
        send(fork.in);
        List<StreamPort<T>> outs = new ArrayList<>();
        for (StreamOut<Bits> out : fork.outs) {
            outs.add(unpacked(shape, out));
        }
        return List.copyOf(outs);
    }

    /** Pairs of words, one of each stream; a pair is taken from both at once. See {@link Join}; no registers, no latency. */
    public <U> StreamPort<Joined<T, U>> join(StreamPort<U> other) {
        Join join = Component.instanceBeside(valid, Join::new, new Join.Config(shape.width(), other.shape.width()));
        send(join.first);
        other.send(join.second);
        return unpacked(Streams.joined(shape, other.shape), join.out);
    }

    /**
     * The same bits in words of another shape, the earlier in the lower bits: several words in one, one in several, or
     * any other ratio. Without frames; a {@link LaneConverter}, or nothing where the widths are equal.
     */
    public <U> StreamPort<U> converted(Shape<U> word) {
        if (word.width() == shape.width()) {
            return new StreamOut<>(word, valid, ready, word.unpack(shape.pack(data)));
        }
        return through(LaneConverter.Config.unframed(shape.width(), word.width()), word);
    }

    /**
     * Frames of {@code frameLanes} lanes, in words of {@code outLanes}; all lanes have {@code laneBits}. See
     * {@link LaneConverter}; nothing where the words stay as they are.
     */
    public StreamPort<Bits> regrouped(int laneBits, int outLanes, int frameLanes) {
        int inLanes = shape.width() / laneBits;
        if (inLanes * laneBits != shape.width()) {
            throw new IllegalArgumentException(
                    "words of " + shape.width() + " bits do not consist of lanes of " + laneBits);
        }
        Type<Bits> word = Type.bits(outLanes * laneBits);
        LaneConverter.Config config = new LaneConverter.Config(laneBits, inLanes, outLanes, frameLanes);
        return config.isIdentity() ? converted(word) : through(config, word);
    }

    private <U> StreamPort<U> through(LaneConverter.Config config, Shape<U> word) {
        LaneConverter converter = Component.instanceBeside(valid, LaneConverter::new, config);
        send(converter.in);
        return unpacked(word, converter.out);
    }

    private StreamPort<T> through(StreamIn<Bits> in, StreamOut<Bits> out) {
        send(in);
        return unpacked(shape, out);
    }

    private void send(StreamIn<Bits> in) {
        in.valid().drive(valid);
        in.data().drive(shape.pack(data));
        ready.drive(in.ready());
    }

    private static <U> StreamPort<U> unpacked(Shape<U> shape, StreamOut<Bits> out) {
        return new StreamOut<>(shape, out.valid(), out.ready(), shape.unpack(out.data()));
    }
}
