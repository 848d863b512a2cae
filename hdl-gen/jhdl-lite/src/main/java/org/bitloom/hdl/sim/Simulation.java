package org.bitloom.hdl.sim;

import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;

/**
 * A running design. Set inputs, look at outputs (which follow the inputs at once), then let the clock rise. Ports are
 * named by their index in the top module's {@link org.bitloom.hdl.ir.Netlist#inputs()} and {@code outputs()}; values
 * pass as little-endian 64-bit limbs. Registers and memories without a given start hold random words of the seed.
 *
 * <p>A read beyond the depth of a memory shows 0, a write there is dropped. At a clock edge outside reset it is also
 * reported: a write that is enabled, a clocked read that is enabled, any read that is not clocked.
 */
public interface Simulation {
    Design design();

    /** Holds reset active, or releases it, from now on. */
    void reset(boolean active);

    /** Sets an input port from {@code limbs[offset…]}; bits above the port's width are ignored. */
    void set(int input, long[] limbs, int offset);

    /** Sets an input port of at most 64 bits. */
    void set(int input, long value);

    /** Copies an output port, as it is with the present inputs and state, to {@code limbs[offset…]}. */
    void get(int output, long[] limbs, int offset);

    /** An output port of at most 64 bits, or the lowest 64 of a wider one. */
    long get(int output);

    /**
     * One rising clock edge.
     *
     * @throws CheckFailedException where an assertion does not hold, or a memory is used beyond its depth or with a
     *     collision that was declared impossible
     */
    void clock();

    /** Clock edges so far. */
    long cycle();

    default void set(int input, BitVector value) {
        set(input, value.limbs(), 0);
    }

    default BitVector output(int output) {
        int width = design().top().module().outputs().get(output).width();
        long[] limbs = new long[BitVector.limbCount(width)];
        get(output, limbs, 0);
        return BitVector.of(width, limbs);
    }
}
