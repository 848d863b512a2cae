package org.bitloom.hdl.stream;

/**
 * When a block takes words in and gives words out, cycle by cycle and exactly, without any data: the block's control
 * alone. One object follows one instance through time. What it offers depends on its state only; what it accepts may
 * depend on whether its own output is taken in the same cycle.
 */
public interface Timing {
    /** A word stands at the output in this cycle. */
    boolean offers();

    /** A word at the input would be taken in this cycle. */
    boolean accepts(boolean outputReady);

    /** Goes on to the next cycle. */
    void clock(boolean inputValid, boolean outputReady);

    /** Whether nothing is inside. */
    boolean idle();

    /** The state as numbers: two equal states behave equally for ever. */
    long fingerprint();
}
