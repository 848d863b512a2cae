package org.bitloom.network.integer;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.bitloom.network.NetworkException;

/**
 * Gives layers names that are plain identifiers and differ in more than case, whatever the source called them: a name
 * ends up in Verilog, scripts, file names and HTML, so nothing but {@code [A-Za-z][A-Za-z0-9_]*} may pass.
 */
public final class LayerNames {
    static final int MAX_LENGTH = 64;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0," + (MAX_LENGTH - 1) + "}");

    private final Set<String> taken = new HashSet<>();

    /** An identifier like the proposed name that this object has not given before. */
    public String unique(String proposed) {
        String base = identifier(proposed);
        String name = base;
        for (int number = 1; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            String suffix = "_" + number;
            name = base.substring(0, Math.min(base.length(), MAX_LENGTH - suffix.length())) + suffix;
        }
        return name;
    }

    /** The proposed name with everything but ASCII letters and digits turned into single underscores. */
    public static String identifier(String proposed) {
        String plain = proposed.substring(0, Math.min(proposed.length(), 4 * MAX_LENGTH))
                .replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
        if (plain.isEmpty()) {
            return "layer";
        }
        String started = Character.isDigit(plain.charAt(0)) ? "n" + plain : plain;
        return started.substring(0, Math.min(started.length(), MAX_LENGTH));
    }

    static boolean isIdentifier(String name) {
        return IDENTIFIER.matcher(name).matches();
    }

    static void requireIdentifier(String name) {
        if (!isIdentifier(name)) {
            throw new NetworkException("the name \"" + identifier(name) + "…\" is not an identifier of ASCII letters, "
                    + "digits and underscores, at most " + MAX_LENGTH + " long");
        }
    }
}
