package org.bitloom.sim;

/**
 * A design that is clocked from Java: the pins of its top module. Outputs are read after {@link #settle()} and belong
 * to the inputs set before it.
 */
public interface ClockedDesign {
    void reset(boolean asserted);

    /**
     * Drives the input stream.
     *
     * @param limbs  holds the data word, least significant limb first, from {@code offset} on; garbage when not valid
     */
    void input(boolean valid, long[] limbs, int offset);

    /** Drives the output stream's ready. */
    void outputReady(boolean ready);

    /** Lets the inputs just driven take effect on the outputs. */
    void settle();

    boolean inputReady();

    boolean outputValid();

    /** Copies the output stream's data into {@code limbs}, from {@code offset} on. */
    void outputData(long[] limbs, int offset);

    /** One rising clock edge. */
    void clock();
}
