package org.bitloom.sim;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A simulation that gave no trace. The message says all that a user needs; the log is what the tool itself wrote. */
public final class SimulationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String NAMES_LOG = System.lineSeparator() + "The tool's log: ";

    private final transient @Nullable Path log;

    public SimulationException(String message) {
        this(message, null);
    }

    /** A failure of which the tool kept a log; the message names the file. */
    public SimulationException(String message, @Nullable Path log) {
        super(log == null ? message : message + NAMES_LOG + log);
        this.log = log;
    }

    /** The same failure with one more sentence, before the name of the log. */
    SimulationException with(String sentence) {
        String message = String.valueOf(getMessage());
        String said = log == null ? message : message.substring(0, message.lastIndexOf(NAMES_LOG));
        return new SimulationException(said + System.lineSeparator() + sentence, log);
    }

    /** The tool's log file, or null when no tool was at fault. */
    public @Nullable Path log() {
        return log;
    }
}
