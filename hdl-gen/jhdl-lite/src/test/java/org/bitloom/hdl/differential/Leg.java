package org.bitloom.hdl.differential;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One way to run trials, all to give the outputs that were expected. */
interface Leg {
    String name();

    /** Why it cannot run here: the tool that is missing. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /** Whether it takes designs of this size. */
    default boolean takes(Profile profile) {
        return true;
    }

    /** How many trials one run should have, so that the tool's start is paid once for many. */
    default int batch() {
        return 1;
    }

    /** Runs all; returns what differs, by index. */
    Map<Integer, Difference> run(List<Trial> trials);
}
