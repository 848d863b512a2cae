package org.bitloom.sim;

/** A program that has to be installed first. */
public final class ToolMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit status of a command that ends for this reason. */
    public static final int EXIT_STATUS = 3;

    private final String tool;
    private final String purpose;
    private final String installCommand;

    /**
     * @param tool           the program's name, as it is called
     * @param purpose        what it is needed for, as an infinitive phrase ("to simulate with Verilator")
     * @param installCommand what to type to get it
     */
    public ToolMissingException(String tool, String purpose, String installCommand) {
        super(tool + " is not installed; it is needed " + purpose + ". Install it with: " + installCommand);
        this.tool = tool;
        this.purpose = purpose;
        this.installCommand = installCommand;
    }

    public String tool() {
        return tool;
    }

    public String purpose() {
        return purpose;
    }

    public String installCommand() {
        return installCommand;
    }
}
