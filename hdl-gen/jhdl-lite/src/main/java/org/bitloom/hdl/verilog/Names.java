package org.bitloom.hdl.verilog;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.bitloom.hdl.ir.Keywords;

/**
 * Hands out the identifiers of one scope. Each is legal in Verilog, SystemVerilog and VHDL, at most {@value #LONGEST}
 * characters long, and differs from the others by more than case.
 */
final class Names {
    static final int LONGEST = 60;

    private final Set<String> taken = new HashSet<>();
    private final Set<String> parameters = new HashSet<>();

    /** Parameters, in capitals, stand beside signals of the same name in small letters, as is the custom. */
    void takeParameter(String name) {
        parameters.add(name);
    }

    private boolean isFree(String name) {
        return !parameters.contains(name) && taken.add(name.toLowerCase(Locale.ROOT));
    }

    /** The wanted name where it is legal and free, else one close to it. */
    String take(String wanted) {
        String base = legal(wanted);
        if (isFree(base)) {
            return base;
        }
        for (int i = 1; ; i++) {
            String suffix = "_" + i;
            String name = shortened(base, LONGEST - suffix.length()) + suffix;
            if (isFree(name)) {
                return name;
            }
        }
    }

    private static String legal(String wanted) {
        StringBuilder name = new StringBuilder(wanted.length());
        for (int i = 0; i < wanted.length(); i++) {
            char c = wanted.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean digit = c >= '0' && c <= '9';
            if (name.isEmpty() && digit) {
                name.append('n');
            }
            if (letter || digit) {
                name.append(c);
            } else if (!name.isEmpty() && name.charAt(name.length() - 1) != '_') {
                name.append('_');
            }
        }
        String legal = shortened(name.toString(), LONGEST);
        return legal.isEmpty() ? "signal_0" : Keywords.contains(legal) ? legal + "_0" : legal;
    }

    private static String shortened(String name, int length) {
        int end = Math.min(name.length(), length);
        while (end > 0 && name.charAt(end - 1) == '_') {
            end--;
        }
        return name.substring(0, end);
    }
}
