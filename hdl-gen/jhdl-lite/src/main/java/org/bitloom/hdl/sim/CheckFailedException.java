package org.bitloom.hdl.sim;

/** A check of the design failed while it ran; the message names the instance, the cycle and the Java line. */
public final class CheckFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckFailedException(String message) {
        super(message);
    }
}
