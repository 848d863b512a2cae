package org.bitloom.hdl.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Shape;

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
            outs.add(unpacked(out));
        }
        return List.copyOf(outs);
    }

    private StreamPort<T> through(StreamIn<Bits> in, StreamOut<Bits> out) {
        send(in);
        return unpacked(out);
    }

    private void send(StreamIn<Bits> in) {
        in.valid().drive(valid);
        in.data().drive(shape.pack(data));
        ready.drive(in.ready());
    }

    private StreamPort<T> unpacked(StreamOut<Bits> out) {
        return new StreamOut<>(shape, out.valid(), out.ready(), shape.unpack(out.data()));
    }
}
