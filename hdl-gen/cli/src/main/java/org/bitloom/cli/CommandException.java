package org.bitloom.cli;

/** An error of the command's user that a verb finds itself: one clear message, and the exit status that goes with it. */
final class CommandException extends RuntimeException {
    private final int status;

    private CommandException(int status, String message) {
        super(message);
        this.status = status;
    }

    static CommandException badInput(String message) {
        return new CommandException(ExitStatus.BAD_INPUT, message);
    }

    static CommandException toolMissing(String message) {
        return new CommandException(ExitStatus.TOOL_MISSING, message);
    }

    int status() {
        return status;
    }
}
