package org.bitloom.hdl.stream;

import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Shape;

/** The master's end: the component drives valid and data and reads ready; whoever holds it drives ready. */
public final class StreamOut<T> extends StreamPort<T> {
    StreamOut(Shape<T> shape, Bool valid, Bool ready, T data) {
        super(shape, valid, ready, data);
    }
}
