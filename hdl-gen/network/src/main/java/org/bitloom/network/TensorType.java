package org.bitloom.network;

/** Shape and element type of what flows along one edge of a network. */
public record TensorType(Shape shape, ValueType type) {
    /** Bits of the whole tensor. */
    public long bits() {
        return (long) shape.size() * type.bits();
    }

    /** {@code 28x28x1 of unsigned 8 bit}. */
    @Override
    public String toString() {
        return shape + " of " + type;
    }
}
