package org.bitloom.network;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The extents of a tensor, channel last: {@code [features]} or {@code [height, width, channels]}. Every extent is at
 * least 1 and the number of elements fits an {@code int}.
 */
public record Shape(List<Integer> dimensions) {
    private static final int MAX_RANK = 8;

    public Shape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty() || dimensions.size() > MAX_RANK) {
            throw new NetworkException("a shape has 1 to " + MAX_RANK + " dimensions, not " + dimensions.size());
        }
        long size = 1;
        for (int extent : dimensions) {
            if (extent < 1) {
                throw new NetworkException("shape " + dimensions + ": every dimension must be at least 1");
            }
            size *= extent;
            if (size > Integer.MAX_VALUE) {
                throw new NetworkException("shape " + dimensions + ": more than 2^31 - 1 elements");
            }
        }
    }

    public static Shape of(int... dimensions) {
        return new Shape(IntStream.of(dimensions).boxed().toList());
    }

    /** Number of elements. */
    public int size() {
        return dimensions.stream().reduce(1, (a, b) -> a * b);
    }

    public int rank() {
        return dimensions.size();
    }

    /** The last dimension: the one a per-channel threshold belongs to. */
    public int channels() {
        return dimensions.getLast();
    }

    /** Rows of an image; only for shapes of rank 3. */
    public int height() {
        return image().get(0);
    }

    /** Columns of an image; only for shapes of rank 3. */
    public int width() {
        return image().get(1);
    }

    private List<Integer> image() {
        if (rank() != 3) {
            throw new IllegalStateException(this + " is not [height, width, channels]");
        }
        return dimensions;
    }

    /** {@code 28x28x1}. */
    @Override
    public String toString() {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
