package org.bitloom.hdl;

/** A memory that is only read. Its contents come from its component's constructor or with each instance. */
public final class Rom<T> extends Memory<T, Rom<T>> {
    Rom(Shape<T> shape, OpenMemory open) {
        super(shape, open);
    }

    @Override
    Rom<T> self() {
        return this;
    }
}
