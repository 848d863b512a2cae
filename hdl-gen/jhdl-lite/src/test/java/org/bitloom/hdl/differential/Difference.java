package org.bitloom.hdl.differential;

/**
 * What one simulation made of a trial, where it is not what was expected.
 *
 * @param simulator which simulation
 * @param kind      a wrong value, or which error; shrinking keeps it
 * @param text      the first wrong value with its cycle, or the error message
 */
record Difference(String simulator, String kind, String text) {
    static final String WRONG_VALUE = "wrong value";

    boolean isLike(Difference other) {
        return simulator.equals(other.simulator) && kind.equals(other.kind);
    }
}
