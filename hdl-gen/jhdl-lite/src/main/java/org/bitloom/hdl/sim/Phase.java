package org.bitloom.hdl.sim;

import java.util.BitSet;
import java.util.List;

/**
 * A part of a module's work in a cycle, called as a whole. In the order in which they can be called: for each set of
 * outputs the values that exactly these outputs need, larger sets first, so that a phase asks for no input that one of
 * its outputs does not need anyhow (this is why a ready signal backwards and a valid signal forwards never wait for
 * each other); then, if asked for, all values that have a name; then the checks; then the clock edge, with everything
 * that only the next state needs.
 *
 * @param inputs   ports that it reads
 * @param needs    earlier phases whose values it uses
 * @param vertices what is computed here, in order
 * @param method   name of its method
 */
record Phase(int index, Kind kind, BitSet inputs, BitSet needs, List<Integer> vertices, String method) {
    enum Kind {
        OUTPUT,
        OBSERVE,
        CHECK,
        CLOCK
    }
}
