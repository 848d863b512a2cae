package org.bitloom.hdl.stream;

/** The timing of a block from one stream to one other, which offers words by its state alone. */
public interface StreamTiming extends Timing {
    /** A word stands at the output in this cycle. */
    boolean offers();

    /** A word at the input would be taken in this cycle. */
    boolean accepts(boolean outputReady);

    /** Goes on to the next cycle. */
    void clock(boolean inputValid, boolean outputReady);

    @Override
    default int valid(int inputValid) {
        return offers() ? 1 : 0;
    }

    @Override
    default int ready(int inputValid, int outputReady) {
        return accepts(outputReady != 0) ? 1 : 0;
    }

    @Override
    default void clock(int inputValid, int outputReady) {
        clock(inputValid != 0, outputReady != 0);
    }
}
