package org.bitloom.sim;

import java.util.regex.Pattern;

/**
 * One stream of a design's top module: the ports {@code <name>_valid}, {@code <name>_ready} and {@code <name>_data}.
 *
 * @param name          the ports' common prefix, a plain Verilog identifier without a double underscore
 * @param bits          width of {@code <name>_data}, at least 1
 * @param wordsPerFrame number of words that make one frame, at least 1
 */
public record StreamPort(String name, int bits, int wordsPerFrame) {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z](_?[A-Za-z0-9])*");

    public StreamPort {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a stream: use letters, digits and"
                    + " single underscores between them");
        }
        if (bits < 1 || wordsPerFrame < 1) {
            throw new IllegalArgumentException("stream " + name + ": " + bits + " bits and " + wordsPerFrame
                    + " words a frame; both must be at least 1");
        }
    }

    String valid() {
        return name + "_valid";
    }

    String ready() {
        return name + "_ready";
    }

    String data() {
        return name + "_data";
    }
}
