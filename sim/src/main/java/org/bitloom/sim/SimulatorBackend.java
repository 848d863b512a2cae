package org.bitloom.sim;

/** A simulator that can run an emitted design. */
public interface SimulatorBackend {
    /** The name users give on the command line. */
    String name();

    /**
     * Runs the design until every input word is accepted and every output word of {@code stimulus.frames()} is given.
     *
     * @throws ToolMissingException when a program that this simulator needs is not installed
     * @throws SimulationException  when the design does not build, misses a memory file, hangs, breaks the stream
     *                              protocol or gives an unknown value
     */
    default Trace run(RtlDesign design, Stimulus stimulus, Progress progress) {
        return run(design, stimulus, Watch.NOTHING, progress);
    }

    /** The same, with a look at streams inside the design. */
    Trace run(RtlDesign design, Stimulus stimulus, Watch watch, Progress progress);
}
