package org.bitloom.accelerator;

/** A network cannot become the hardware that was asked for; the message names the layer and what to do. */
public final class AcceleratorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AcceleratorException(String message) {
        super(message);
    }

    public AcceleratorException(String message, Throwable cause) {
        super(message, cause);
    }
}
