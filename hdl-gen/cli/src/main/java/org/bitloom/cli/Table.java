package org.bitloom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text in columns as wide as they need to be; numbers stand at the right. */
final class Table {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        this(List.of(heads));
    }

    Table(List<String> heads) {
        this.heads = List.copyOf(heads);
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    void row(List<String> cells) {
        if (cells.size() != heads.size()) {
            throw new IllegalArgumentException(cells.size() + " cells in a table of " + heads.size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    void print(PrintWriter out) {
        line(heads, out);
        rows.forEach(row -> line(row, out));
    }

    private void line(List<String> cells, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            int column = i;
            int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
            int padding = Math.max(width, heads.get(i).length()) - cells.get(i).length();
            boolean numbers = rows.stream().allMatch(row -> row.get(column).matches("[0-9,]*"));
            line.append("  ")
                    .repeat(' ', numbers ? padding : 0)
                    .append(cells.get(i))
                    .repeat(' ', numbers ? 0 : padding);
        }
        out.println(line.toString().stripTrailing());
    }
}
