package org.bitloom.hdl.stream;

import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Shape;

/** The slave's end: the component reads valid and data and drives ready; whoever holds it drives valid and data. */
public final class StreamIn<T> extends StreamPort<T> {
    StreamIn(Shape<T> shape, Bool valid, Bool ready, T data) {
        super(shape, valid, ready, data);
    }
}
