package org.bitloom.sim;

import java.util.List;

/**
 * Streams inside a design that a run looks at, and who is told.
 *
 * @param streams  all of the same top module
 * @param listener told of each word in the order of the cycles
 */
public record Watch(List<InnerStream> streams, Listener listener) {
    public static final Watch NOTHING = new Watch(List.of(), (stream, cycle, limbs, unknown) -> {});

    /** Is told of each word that moves. */
    public interface Listener {
        /**
         * @param stream  index in {@link Watch#streams()}
         * @param cycle   counted as in {@link Trace}
         * @param limbs   the data that is there, least significant limb first; good until the call returns
         * @param unknown the bits that are neither 0 nor 1; always zeros in a simulator of two states
         */
        void word(int stream, long cycle, long[] limbs, long[] unknown);
    }

    public Watch {
        streams = List.copyOf(streams);
    }

    boolean isEmpty() {
        return streams.isEmpty();
    }
}
