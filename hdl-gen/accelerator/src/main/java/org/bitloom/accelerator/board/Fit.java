package org.bitloom.accelerator.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.bitloom.hdl.cost.Resources;

/**
 * Whether parts fit together into a board's device.
 *
 * @param total    what all parts take
 * @param overflow the resource that is exceeded most, by its share; empty where everything fits
 */
public record Fit(Board board, Resources total, Optional<Overflow> overflow) {
    /** A part with a name that users know: a layer. */
    public record Part(String name, Resources cost) {}

    /**
     * @param resource  what there is too little of, in words
     * @param needed    what all parts take of it
     * @param available what may be taken of the device
     * @param there     what the device has
     * @param part      the part that takes most of it
     * @param partNeeds what that one takes
     */
    public record Overflow(String resource, int needed, int available, int there, String part, int partNeeds) {
        public int excess() {
            return needed - available;
        }

        private double share() {
            return available == 0 ? Double.POSITIVE_INFINITY : (double) needed / available;
        }
    }

    private record Kind(String name, ToIntFunction<Resources> amount) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("LUT", Resources::lut),
            new Kind("flip-flops", Resources::ff),
            new Kind("block memories", Resources::bram),
            new Kind("DSP blocks", Resources::dsp));

    public static Fit of(Board board, List<Part> parts) {
        return of(board, 1, parts);
    }

    /** @param lutShare share of the LUTs that may be taken, so that wires find their ways */
    public static Fit of(Board board, double lutShare, List<Part> parts) {
        Resources all = board.capacity();
        Resources limit = new Resources((int) (all.lut() * lutShare), all.ff(), all.bram(), all.dsp(), 0);
        Resources total = parts.stream().map(Part::cost).reduce(Resources.NONE, Resources::plus);
        List<Overflow> overflows = new ArrayList<>();
        for (Kind kind : KINDS) {
            int needed = kind.amount().applyAsInt(total);
            int available = kind.amount().applyAsInt(limit);
            int there = kind.amount().applyAsInt(all);
            if (needed > available) {
                Part greatest = parts.stream()
                        .max(Comparator.comparingInt(part -> kind.amount().applyAsInt(part.cost())))
                        .orElseThrow();
                overflows.add(new Overflow(
                        kind.name(), needed, available, there, greatest.name(), kind.amount().applyAsInt(greatest.cost())));
            }
        }
        return new Fit(board, total, overflows.stream().max(Comparator.comparingDouble(Overflow::share)));
    }

    public boolean fits() {
        return overflow.isEmpty();
    }

    /** One sentence. */
    public String message() {
        return overflow.map(o -> "it does not fit %s: %,d %s are needed, %,d more than the %,d %s; layer %s alone takes %,d"
                        .formatted(board, o.needed(), o.resource(), o.excess(), o.available(),
                                o.available() == o.there() ? "there are" : "that may be taken of %,d".formatted(o.there()),
                                o.part(), o.partNeeds()))
                .orElseGet(() -> "it fits " + board);
    }
}
