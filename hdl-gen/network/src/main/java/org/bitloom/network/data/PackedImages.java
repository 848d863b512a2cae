package org.bitloom.network.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;

/** Images that lie one after the other in memory, channel last, all values of one type. */
record PackedImages(Shape shape, int count, ElementType type, byte[] data) implements Images {
    @Override
    public long[] image(int index) {
        Objects.checkIndex(index, count);
        return type.decode(data, index * shape.size(), shape.size());
    }

    /** Refuses items that are not of the shape: [height, width] is one channel, a flat side takes any of its size. */
    static void requireShape(Path path, List<Long> item, Shape wanted) {
        List<Long> dimensions = wanted.dimensions().stream().map(Integer::longValue).toList();
        boolean grey = wanted.rank() == 3 && wanted.channels() == 1 && item.equals(dimensions.subList(0, 2));
        boolean flat = (wanted.rank() == 1 || item.size() == 1) && !item.isEmpty() && size(item) == wanted.size();
        if (!grey && !flat && !item.equals(dimensions)) {
            throw NetworkException.at(path, "its images are "
                    + item.stream().map(String::valueOf).collect(Collectors.joining("x")) + ", but the network takes "
                    + wanted, "give images of that shape, channel last");
        }
    }

    /** Product of extents of at least 0, or a number beyond every limit where it does not fit. */
    static long size(List<Long> dimensions) {
        long size = 1;
        for (long extent : dimensions) {
            long high = Math.multiplyHigh(size, extent);
            size = high != 0 || size * extent < 0 ? Long.MAX_VALUE : size * extent;
        }
        return size;
    }
}
