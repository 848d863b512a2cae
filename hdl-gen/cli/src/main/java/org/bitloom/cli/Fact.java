package org.bitloom.cli;

import java.io.PrintWriter;
import java.util.List;

/** Something that is said of a result: a word for what it is, and a line of text. A fact without a word goes on the one before. */
record Fact(String name, String text) {
    void print(PrintWriter out) {
        out.printf("%-9s %s%n", name, text);
    }

    List<String> cells() {
        return List.of(name, text);
    }
}
