package org.bitloom.sim;

/** What a testbench catches a design at. Every simulator reports the same faults in the same words. */
enum StreamFault {
    HANG("went %s cycles without accepting or giving a word"),
    WITHDRAWN("took back an output word that it had offered and that was not yet accepted (%s)"),
    CHANGED("changed an output word that it had offered and that was not yet accepted (%s)"),
    SURPLUS("gave an output word after the last one (%s)"),
    UNKNOWN("has an unknown value on %s");

    private final String deed;

    StreamFault(String deed) {
        this.deed = deed;
    }

    /**
     * @param detail what fills the sentence: cycles, a data word in hexadecimal, or a port and its value
     * @param cycle  when it was noticed
     */
    String message(RtlDesign design, Stimulus stimulus, String detail, long cycle, long accepted, long given) {
        long inputs = (long) stimulus.frames() * design.input().wordsPerFrame();
        long outputs = (long) stimulus.frames() * design.output().wordsPerFrame();
        String message = "Module " + design.top() + " " + deed.formatted(detail) + ", at cycle " + cycle + ", with "
                + accepted + " of " + inputs + " input words accepted and " + given + " of " + outputs
                + " output words given.";
        return stimulus.vcd() == null ? message + " To see it, run again with --vcd." : message;
    }
}
