package org.bitloom.hdl.sim;

/**
 * Where in the state a value lies.
 *
 * @param located whether the word at the index only says where
 * @param limbs   how many
 */
record Location(int at, boolean located, int limbs) {
    int begin(long[] state) {
        return located ? (int) state[at] : at;
    }

    void copy(long[] state, long[] to, int offset) {
        System.arraycopy(state, begin(state), to, offset, limbs);
    }
}
