package org.bitloom.network.caffe;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Tensor;

/** A blob's contents with its shape, given by BlobShape or by the old num, channels, height and width. */
final class CaffeBlob {
    private static final List<String> OLD_AXES = List.of("num", "channels", "height", "width");

    private CaffeBlob() {
    }

    static Tensor tensor(Message blob) {
        Dimensions shape = shape(blob);
        List<float[]> parts = new ArrayList<>(blob.all("data", float[].class));
        if (parts.isEmpty()) {
            parts.addAll(blob.all("double_data", float[].class));
        }
        long count = parts.stream().mapToLong(part -> part.length).sum();
        if (count != shape.size()) {
            throw new NetworkException("has a blob of shape " + shape + " that holds " + count
                    + " numbers; the file is damaged, save it again");
        }
        float[] values = new float[shape.size()];
        int start = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, values, start, part.length);
            start += part.length;
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new NetworkException("has a blob that holds " + value + "; all numbers must be finite: the training "
                        + "has diverged, or the file is damaged");
            }
        }
        return Tensor.of(shape, values);
    }

    private static Dimensions shape(Message blob) {
        List<Long> sizes = blob.has("shape") ? blob.message("shape").all("dim", Long.class)
                : OLD_AXES.stream().map(axis -> blob.integer(axis, 0)).toList();
        return dimensions(sizes);
    }

    /** A shape that a file states. */
    static Dimensions dimensions(List<Long> sizes) {
        for (long size : sizes) {
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw new NetworkException("has the dimension " + size + " in the shape " + sizes.subList(0,
                        Math.min(8, sizes.size())) + "; the file is damaged, save it again");
            }
        }
        return new Dimensions(sizes.stream().map(Long::intValue).toList());
    }
}
