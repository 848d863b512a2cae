package org.bitloom.network;

/**
 * What a user did that this module cannot accept: a bad file, an unsupported operator, an impossible network. The
 * message is complete in itself: the file or layer, what is wrong, and the way out.
 */
public final class NetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NetworkException(String message) {
        super(message);
    }

    public NetworkException(String message, Throwable cause) {
        super(message, cause);
    }

    /** {@code place: problem; remedy}. */
    public static NetworkException at(Object place, String problem, String remedy) {
        return new NetworkException(place + ": " + problem + "; " + remedy);
    }
}
