package org.bitloom.hdl.stream;

/** The timing of a block from one stream to one other, which offers words by its state alone. */
public interface StreamTiming extends Timing {
    /** A word stands at the output in this cycle. */
    boolean offers();

    /** A word at the input would be taken in this cycle. */
    boolean accepts(boolean outputReady);

    /** Goes on to the next cycle; whether the state has changed, or may have. */
    boolean clock(boolean inputValid, boolean outputReady);

    @Override
    default int valid(int inputValid) {
        return offers() ? 1 : 0;
    }

    @Override
    default int ready(int inputValid, int outputReady) {
        return accepts(outputReady != 0) ? 1 : 0;
    }

    @Override
    default boolean clock(int inputValid, int outputReady) {
        return clock(inputValid != 0, outputReady != 0);
    }
}
