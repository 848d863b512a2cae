package org.bitloom.cli;

/** What the command's exit status means; scripts rely on these numbers, and the launcher uses the same. */
final class ExitStatus {
    static final int OK = 0;

    /** A simulation or a check ran to its end and found a difference. */
    static final int MISMATCH = 1;

    /** The command line, a file or a model is wrong; the message says what to do. */
    static final int BAD_INPUT = 2;

    /** An external tool is not installed; the message says how to get it. */
    static final int TOOL_MISSING = 3;

    /** A defect of Bitloom itself (EX_SOFTWARE of sysexits.h). */
    static final int DEFECT = 70;

    private ExitStatus() {}
}
