package org.bitloom.hdl.stream;

import java.util.function.LongConsumer;

/**
 * When a block takes words in and gives words out, cycle by cycle and exactly, without any data: the block's control
 * alone. One object follows one instance through time. The streams of a side are the bits of a number, the first in bit
 * 0, so a block has at most 32 inputs and 32 outputs.
 *
 * <p>Valid goes forward and ready goes back: whether a block offers a word may depend on its state and on what it is
 * offered in the same cycle, and whether it takes one also on what is taken from it.
 */
public interface Timing {
    /** The outputs at which a word stands in this cycle. */
    int valid(int inputValid);

    /** The inputs at which a word would be taken in this cycle. */
    int ready(int inputValid, int outputReady);

    /** Goes on to the next cycle; whether the state has changed, or may have. */
    boolean clock(int inputValid, int outputReady);

    /** For so many cycles from this one on it neither offers nor takes a word, whatever comes; 0 where it may. */
    default int rest() {
        return 0;
    }

    /** Goes on by so many cycles of its {@link #rest}. */
    default void skip(int cycles) {
        throw new IllegalStateException("it does not rest");
    }

    /** Gives the state as numbers: two blocks of one kind in equal states behave equally for ever. */
    void state(LongConsumer numbers);
}
