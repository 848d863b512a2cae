package org.bitloom.network.protobuf;

import org.jspecify.annotations.Nullable;

/** Text from a file, made safe for a message of one line. */
public final class SafeText {
    private static final int LONGEST = 120;

    private SafeText() {
    }

    public static String quoted(String text) {
        return "'" + printable(text) + "'";
    }

    /** Control and direction marks replaced, length bounded. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            int kind = Character.getType(c);
            boolean hidden = kind == Character.CONTROL || kind == Character.FORMAT || kind == Character.SURROGATE
                    || kind == Character.LINE_SEPARATOR || kind == Character.PARAGRAPH_SEPARATOR;
            safe.appendCodePoint(hidden ? '?' : c);
        });
        return safe.length() < text.length() ? safe + "…" : safe.toString();
    }

    /** What an exception says, up to its first full stop. */
    public static String firstSentence(@Nullable String message) {
        String text = message == null ? "unreadable" : printable(message);
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceAll("\\.$", "");
    }
}
