package org.bitloom.network.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a file states about a value: its element type and shape, where it states them.
 *
 * @param type  empty when the value is not a tensor, or its element type is not one of {@link ElementType}
 * @param shape empty when the file says nothing, not even the rank
 */
public record OnnxValue(String name, Optional<ElementType> type, Optional<List<Dimension>> shape) {

    public OnnxValue {
        shape = shape.map(List::copyOf);
    }

    /** A tensor of known shape. */
    public static OnnxValue of(String name, ElementType type, long... shape) {
        return new OnnxValue(name, Optional.of(type), Optional.of(
                Arrays.stream(shape).<Dimension>mapToObj(Dimension.Fixed::new).toList()));
    }

    /** One dimension of a shape. */
    public sealed interface Dimension {
        record Fixed(long size) implements Dimension {
        }

        /** A size that is only known at run time; the name may be empty. */
        record Symbolic(String name) implements Dimension {
        }
    }
}
