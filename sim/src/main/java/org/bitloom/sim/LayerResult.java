package org.bitloom.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bitloom.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * One layer's values in a simulation beside the golden model's.
 *
 * @param layer      index in the network
 * @param name       the layer's name
 * @param shape      of its values in a frame
 * @param frames     frames that passed whole
 * @param values     values compared
 * @param absent     values that passed but cannot be compared, as some of their bits are not in the Verilog
 * @param mismatches values that differ
 * @param first      the first of them, or null
 * @param note       why nothing could be compared, or null
 */
public record LayerResult(
        int layer,
        String name,
        Shape shape,
        int frames,
        long values,
        long absent,
        long mismatches,
        @Nullable Mismatch first,
        @Nullable String note) {
    /**
     * A value that is not the golden one.
     *
     * @param position [y, x, channel] in an image, [index] in a vector
     * @param cycle    in which its word passed; cycle 0 is the first after reset
     * @param actual   null where a bit of it is unknown
     */
    public record Mismatch(int frame, List<Integer> position, long cycle, long expected, @Nullable Long actual) {
        public Mismatch {
            position = List.copyOf(position);
        }

        @Override
        public String toString() {
            String place = position.size() == 3
                    ? "(y %d, x %d, channel %d)".formatted(position.get(0), position.get(1), position.get(2))
                    : "(index " + position.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
            return "frame %d, %s, cycle %d: %s instead of %d"
                    .formatted(frame, place, cycle, actual == null ? "an unknown value" : actual.toString(), expected);
        }
    }

    /** Where value {@code index} stands in a tensor. */
    static List<Integer> position(Shape shape, int index) {
        List<Integer> position = new ArrayList<>();
        int rest = index;
        for (int extent : shape.dimensions().reversed()) {
            position.addFirst(rest % extent);
            rest /= extent;
        }
        return position;
    }
}
