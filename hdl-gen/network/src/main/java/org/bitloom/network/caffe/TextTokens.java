package org.bitloom.network.caffe;

import org.bitloom.network.NetworkException;
import org.bitloom.network.protobuf.SafeText;

/** The tokens of protobuf's text form, one at a time: names and numbers, strings, and single marks. */
final class TextTokens {
    /** What a token is. */
    enum Kind {
        WORD, STRING, MARK, END
    }

    private static final int LONGEST = 4_096;

    private final String text;
    private int next;
    private int line = 1;
    private Kind kind = Kind.END;
    private String token = "";

    TextTokens(String text) {
        this.text = text;
        advance();
    }

    Kind kind() {
        return kind;
    }

    /** Whether the current token is this mark. */
    boolean at(String mark) {
        return kind == Kind.MARK && token.equals(mark);
    }

    /** The current token, which is passed. */
    String take() {
        String taken = token;
        advance();
        return taken;
    }

    /** Passes the mark where it stands here. */
    boolean pass(String mark) {
        boolean here = at(mark);
        if (here) {
            advance();
        }
        return here;
    }

    String word(String what) {
        if (kind != Kind.WORD) {
            throw problem(what + " is due");
        }
        return take();
    }

    /** What is wrong at the current token. */
    NetworkException problem(String what) {
        String found = kind == Kind.END ? "the end of the file" : SafeText.quoted(token);
        return NetworkException.at("line " + line, what + ", found " + found,
                "give the text of a network (protobuf text, .prototxt)");
    }

    private void advance() {
        skipBlanks();
        if (next == text.length()) {
            kind = Kind.END;
            token = "";
            return;
        }
        char first = text.charAt(next);
        if (first == '"' || first == '\'') {
            kind = Kind.STRING;
            token = string(first);
        } else if (isWord(first)) {
            int start = next;
            while (next < text.length() && isWord(text.charAt(next))) {
                next++;
            }
            kind = Kind.WORD;
            token = bounded(text.substring(start, next));
        } else {
            kind = Kind.MARK;
            token = String.valueOf(first);
            next++;
        }
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '+';
    }

    private void skipBlanks() {
        while (next < text.length()) {
            char c = text.charAt(next);
            if (c == '#') {
                while (next < text.length() && text.charAt(next) != '\n') {
                    next++;
                }
            } else if (Character.isWhitespace(c) || c == '\uFEFF') {
                line += c == '\n' ? 1 : 0;
                next++;
            } else {
                return;
            }
        }
    }

    /** A backslash keeps the character after it; Caffe's names and paths need no other escape. */
    private String string(char quote) {
        StringBuilder content = new StringBuilder();
        next++;
        while (next < text.length() && text.charAt(next) != quote && text.charAt(next) != '\n') {
            if (text.charAt(next) == '\\' && next + 1 < text.length()) {
                next++;
            }
            content.append(text.charAt(next++));
        }
        if (next == text.length() || text.charAt(next) != quote) {
            throw NetworkException.at("line " + line, "a string does not end", "close its quotation mark");
        }
        next++;
        return bounded(content.toString());
    }

    private String bounded(String word) {
        if (word.length() > LONGEST) {
            throw NetworkException.at("line " + line, "a name of " + word.length() + " characters",
                    "names of at most " + LONGEST + " are read");
        }
        return word;
    }
}
