package org.bitloom.hdl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns names of Java variables into identifiers that are legal and unique in one module. */
final class Names {
    private Names() {}

    /** Non-empty parts, joined by underscores. */
    static String join(String... parts) {
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            if (!part.isEmpty()) {
                name.append(name.isEmpty() ? "" : "_").append(part);
            }
        }
        return name.toString();
    }

    /** {@code XnorNeuron} as {@code xnor_neuron}. */
    static String snake(String camel) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)
                    && i > 0
                    && (Character.isLowerCase(camel.charAt(i - 1))
                            || Character.isDigit(camel.charAt(i - 1))
                            || i + 1 < camel.length() && Character.isLowerCase(camel.charAt(i + 1)))) {
                name.append('_');
            }
            name.append(Character.toLowerCase(c));
        }
        return legal(name.toString());
    }

    /** Letters, digits and single underscores, a letter first. */
    static String legal(String name) {
        StringBuilder legal = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean ok = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' && !legal.isEmpty();
            if (ok) {
                legal.append(c);
            } else if (!legal.isEmpty() && legal.charAt(legal.length() - 1) != '_') {
                legal.append('_');
            }
        }
        while (!legal.isEmpty() && legal.charAt(legal.length() - 1) == '_') {
            legal.setLength(legal.length() - 1);
        }
        return legal.isEmpty() ? "signal" : legal.substring(0, Math.min(legal.length(), 48));
    }

    /**
     * Unique names for wishes, in their order. Fixed names stay as they are; a wish that occurs once stays; one that
     * occurs more often gets {@code _0, _1, …}. Names that differ only in case count as equal.
     */
    static List<String> unique(List<String> fixed, List<String> wishes) {
        Set<String> taken = new HashSet<>();
        fixed.forEach(name -> taken.add(key(name)));
        Map<String, Integer> occurrences = new HashMap<>();
        wishes.forEach(wish -> occurrences.merge(key(legal(wish)), 1, Integer::sum));
        Map<String, Integer> next = new HashMap<>();
        List<String> names = new ArrayList<>();
        Set<String> single = new HashSet<>();
        occurrences.forEach((name, count) -> {
            if (count == 1 && !taken.contains(name)) {
                single.add(name);
            }
        });
        taken.addAll(single);
        for (String wish : wishes) {
            String base = legal(wish);
            if (single.contains(key(base))) {
                names.add(base);
                continue;
            }
            String name;
            do {
                name = base + "_" + (next.merge(key(base), 1, Integer::sum) - 1);
            } while (!taken.add(key(name)));
            names.add(name);
        }
        return names;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
