package org.bitloom.hdl.sim;

/**
 * A compiled design; the generated class extends it. All state is in the array, so that one program can drive any
 * number of simulations. The first words of the array tell of failed checks.
 */
abstract class Program {
    /** Where the first failed check stands: base of its occurrence and its rank in the module; greatest: none. */
    static final int FAILURE = 0;
    /** How many limbs the address has that the failure is about. */
    static final int ADDRESS_SIZE = 1;
    static final int ADDRESS = 2;
    static final long NO_FAILURE = Long.MAX_VALUE;

    /** Does phase {@code phase} of the top module. */
    abstract void run(long[] s, int phase);

    static void fail(long[] s, int base, int rank) {
        fail(s, base, rank, 0L);
    }

    static void fail(long[] s, int base, int rank, long address) {
        long place = (long) base << 32 | rank;
        if (place < s[FAILURE]) {
            s[FAILURE] = place;
            s[ADDRESS_SIZE] = 1;
            s[ADDRESS] = address;
        }
    }

    static void fail(long[] s, int base, int rank, int address, int limbs) {
        long place = (long) base << 32 | rank;
        if (place < s[FAILURE]) {
            s[FAILURE] = place;
            s[ADDRESS_SIZE] = limbs;
            System.arraycopy(s, address, s, ADDRESS, limbs);
        }
    }
}
