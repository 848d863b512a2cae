package org.bitloom.hdl;

import java.util.function.BiConsumer;

/** A value made of several signals, usually a record. See {@link Shape#of}. */
public interface Bundle {
    /** Visits each signal with its name, in the order in which the shape builds them. */
    void forEach(BiConsumer<String, Signal<?>> visitor);
}
