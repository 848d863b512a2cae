package org.bitloom.network.integer;

import java.util.Locale;
import java.util.regex.Pattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;

/** The names of value types and classifier rules in a network file. */
final class TypeNames {
    private static final Pattern INTEGER = Pattern.compile("[us][1-9][0-9]?");

    private TypeNames() { }

    static String nameOf(ValueType type) {
        return switch (type) {
            case ValueType.Bipolar() -> "bipolar";
            case ValueType.Unsigned(int bits) -> "u" + bits;
            case ValueType.Signed(int bits) -> "s" + bits;
        };
    }

    static ValueType typeOf(String name) {
        if (name.equals("bipolar")) {
            return ValueType.bipolar();
        }
        if (!INTEGER.matcher(name).matches()) {
            throw new NetworkException("unknown type; expected \"bipolar\", \"u\" or \"s\" and a number of bits");
        }
        int bits = Integer.parseInt(name.substring(1));
        return name.startsWith("u") ? ValueType.unsigned(bits) : ValueType.signed(bits);
    }

    static String nameOf(Classifier.Rule rule) {
        return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Classifier.Rule ruleOf(String name) {
        for (Classifier.Rule rule : Classifier.Rule.values()) {
            if (nameOf(rule).equals(name)) {
                return rule;
            }
        }
        throw new NetworkException("unknown classifier rule; expected first-maximum, highest-set or index");
    }
}
