package org.bitloom.hdl.sim;

import java.util.List;

/** A simulation whose inside can be looked at: the ports and all named values of all instances. */
public interface ObservedSimulation extends Simulation {
    /**
     * A value with a name.
     *
     * @param scope path of its instance, the top's first: the design's name, then names of instances
     */
    record Signal(List<String> scope, String name, int width) {
        public Signal {
            scope = List.copyOf(scope);
        }
    }

    /** All of them, parents before their children. */
    List<Signal> signals();

    /** Copies a value, as it is with the present inputs and state, to {@code limbs[offset…]}. */
    void read(int signal, long[] limbs, int offset);
}
