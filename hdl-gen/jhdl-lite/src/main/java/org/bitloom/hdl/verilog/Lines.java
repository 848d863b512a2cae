package org.bitloom.hdl.verilog;

import java.util.List;
import org.bitloom.hdl.ir.Netlist;

/** The text of a module as it grows: indented lines, broken where they are too long. */
final class Lines {
    private static final int COLUMNS = 110;

    private final StringBuilder text = new StringBuilder();

    Lines line(int indent, String line) {
        text.append("    ".repeat(indent)).append(line).append('\n');
        return this;
    }

    /** A line that may be broken: choices under the sign that they follow, everything else where it fits. */
    Lines statement(int indent, String before, String expression, String after) {
        String start = "    ".repeat(indent) + before;
        int breaks = count(expression);
        if (breaks <= 1 && start.length() + expression.length() + after.length() <= COLUMNS) {
            text.append(start).append(expression.replace(Expressions.BREAK, ' ')).append(after).append('\n');
            return this;
        }
        text.append(start);
        String margin = " ".repeat(start.length() - 2);
        int column = start.length();
        int from = 0;
        for (int end = expression.indexOf(Expressions.BREAK); end >= 0; end = expression.indexOf(Expressions.BREAK, from)) {
            folded(expression.substring(from, end), column, column + 4);
            text.append('\n').append(margin);
            from = end + 1;
        }
        folded(expression.substring(from) + after, column, column + (breaks == 0 ? 0 : 4));
        text.append('\n');
        return this;
    }

    private static int count(String expression) {
        int breaks = 0;
        for (int i = 0; i < expression.length(); i++) {
            if (expression.charAt(i) == Expressions.BREAK) {
                breaks++;
            }
        }
        return breaks;
    }

    private void folded(String piece, int column, int hanging) {
        int limit = Math.max(COLUMNS - column, 60);
        int from = 0;
        while (piece.length() - from > limit) {
            int at = breakAt(piece, from, limit);
            if (at < 0) {
                break;
            }
            text.append(piece, from, at).append('\n').append(" ".repeat(Math.min(hanging, 60)));
            from = at + 1;
        }
        text.append(piece, from, piece.length());
    }

    /** The last space among those least deep in brackets, in the second half of the line if there is one. */
    private static int breakAt(String piece, int from, int limit) {
        int best = -1;
        int least = Integer.MAX_VALUE;
        int depth = 0;
        for (int i = from; i < piece.length() && (i <= from + limit || best < 0); i++) {
            switch (piece.charAt(i)) {
                case '(', '{', '[' -> depth++;
                case ')', '}', ']' -> depth--;
                case ' ' -> {
                    if (depth <= least && i > from + limit / 3 || best < 0 && i > from + limit / 3) {
                        best = i;
                        least = depth;
                    }
                }
                default -> {}
            }
        }
        return best;
    }

    /** One empty line, unless there is one or the text has just begun. */
    Lines gap() {
        int end = text.length();
        if (end > 1 && !(text.charAt(end - 1) == '\n' && text.charAt(end - 2) == '\n')) {
            text.append('\n');
        }
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    Lines section(Lines other) {
        if (!other.isEmpty()) {
            gap();
            text.append(other.text);
        }
        return this;
    }

    Lines append(Lines other) {
        text.append(other.text);
        return this;
    }

    /** A comment of as many lines as it needs; none for no text. */
    Lines comment(int indent, String comment) {
        StringBuilder line = new StringBuilder("//");
        for (String word : ascii(comment).strip().split("\\s+")) {
            if (!word.isEmpty()) {
                if (line.length() > 2 && line.length() + word.length() + 4 * indent > COLUMNS) {
                    line(indent, line.toString());
                    line.setLength(2);
                }
                line.append(' ').append(word);
            }
        }
        return line.length() > 2 ? line(indent, line.toString()) : this;
    }

    /** Verilog files are plain ASCII: the signs of a Java comment as a programmer would type them. */
    private static String ascii(String comment) {
        StringBuilder plain = new StringBuilder();
        comment.codePoints().forEach(sign -> plain.append(switch (sign) {
            case '·', '×' -> "*";
            case '−', '–' -> "-";
            case '≤' -> "<=";
            case '≥' -> ">=";
            case '→' -> "->";
            case 'Σ' -> "sum of ";
            case '…' -> "...";
            case '’', '‘' -> "'";
            default -> sign < 0x80 ? Character.toString(sign) : "?";
        }));
        return plain.toString();
    }

    /** Declarations of signals, their names in one column. */
    Lines declarations(String kind, List<Integer> nodes, Netlist netlist, Signals signals) {
        int widest = 0;
        for (int node : nodes) {
            widest = Math.max(widest, range(netlist.node(node).width()).length());
        }
        for (int node : nodes) {
            line(1, kind + pad(range(netlist.node(node).width()), widest) + signals.name(node) + ";");
        }
        return this;
    }

    /** The range of a declaration with the space behind it; nothing for one bit. */
    static String range(int width) {
        return width == 1 ? "" : "[" + (width - 1) + ":0] ";
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
