package org.bitloom.hdl.verilog;

import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;

/** The text of values. Every operand is written at exactly the width of its operation. */
final class Expressions {
    /** Where a chain of choices may be broken into lines. */
    static final char BREAK = '\n';

    /** How tightly an expression's outermost operator binds. */
    private enum Binding {
        CHOICE,
        OR_ELSE,
        AND_ALSO,
        BIT_OR,
        BIT_XOR,
        BIT_AND,
        COMPARISON,
        SHIFT,
        SUM,
        PRODUCT,
        PREFIX,
        ATOM
    }

    private final Netlist netlist;
    private final Signals signals;
    private final Coverage coverage;

    Expressions(Netlist netlist, Signals signals, Coverage coverage) {
        this.netlist = netlist;
        this.signals = signals;
        this.coverage = coverage;
    }

    /** The value as it is read: the name of its signal, or its expression. */
    String value(int id) {
        StringBuilder text = new StringBuilder();
        read(id, text, false);
        return text.toString();
    }

    /** The value on one line. */
    String joined(int id) {
        return value(id).replace(BREAK, ' ');
    }

    /** The value as a number. */
    String number(int id) {
        StringBuilder text = new StringBuilder();
        read(id, text, true);
        return text.toString();
    }

    /** The expression that defines the value. */
    String definition(int id) {
        StringBuilder text = new StringBuilder();
        define(id, text, false);
        return text.toString();
    }

    private void read(int id, StringBuilder text, boolean number) {
        if (signals.isSignal(id)) {
            coverage.readAll(id);
            text.append(signals.name(id));
        } else {
            define(id, text, number);
        }
    }

    private Binding binding(int id) {
        return signals.isSignal(id) ? Binding.ATOM : operatorBinding(id);
    }

    private Binding operatorBinding(int id) {
        Node node = netlist.node(id);
        boolean bit = node.width() == 1;
        return switch (node) {
            case Node.Not n -> isComparison(n.operand()) ? Binding.COMPARISON : Binding.PREFIX;
            case Node.Bitwise n -> switch (n.operator()) {
                case AND -> bit ? Binding.AND_ALSO : Binding.BIT_AND;
                case OR -> bit ? Binding.OR_ELSE : Binding.BIT_OR;
                case XOR -> Binding.BIT_XOR;
                case XNOR -> bit ? Binding.COMPARISON : Binding.PREFIX;
            };
            case Node.Reduce _ -> Binding.PREFIX;
            case Node.Add _, Node.Subtract _, Node.Sum _ -> Binding.SUM;
            case Node.Multiply _ -> Binding.PRODUCT;
            case Node.Equal _, Node.Less _ -> Binding.COMPARISON;
            case Node.Mux _ -> Binding.CHOICE;
            case Node.Shift _ -> Binding.SHIFT;
            case Node.Constant _, Node.Input _, Node.Wire _, Node.Register _, Node.MemoryRead _, Node.Delayed _,
                 Node.InstanceOutput _, Node.Slice _, Node.Concat _, Node.Extend _, Node.PopCount _, Node.Select _ ->
                Binding.ATOM;
        };
    }

    /** Whether "not" of it is another comparison. */
    private boolean isComparison(int id) {
        return !signals.isSignal(id) && (netlist.node(id) instanceof Node.Equal || netlist.node(id) instanceof Node.Less);
    }

    private void define(int id, StringBuilder text, boolean number) {
        switch (netlist.node(id)) {
            case Node.Constant n -> text.append(Literals.of(n.value(), number));
            case Node.Not n -> {
                if (isComparison(n.operand())) {
                    compare(n.operand(), true, text);
                } else {
                    text.append(n.width() == 1 ? '!' : '~');
                    operand(n.operand(), Binding.ATOM, text, false);
                }
            }
            case Node.Bitwise n -> bitwise(id, n, text);
            case Node.Reduce n -> {
                text.append(switch (n.reduction()) {
                    case AND -> '&';
                    case OR -> '|';
                    case XOR -> '^';
                });
                operand(n.operand(), Binding.ATOM, text, false);
            }
            case Node.Add n -> {
                operand(n.left(), Binding.SUM, text, true);
                text.append(" + ");
                operand(n.right(), sameOperator(n.right(), Node.Add.class) ? Binding.SUM : Binding.PRODUCT, text, true);
            }
            case Node.Subtract n -> {
                operand(n.left(), Binding.SUM, text, true);
                text.append(" - ");
                operand(n.right(), Binding.PRODUCT, text, true);
            }
            case Node.Sum n -> {
                String separator = "";
                for (int term : n.terms()) {
                    text.append(separator);
                    extended(term, n.signed(), n.width(), text);
                    separator = " + ";
                }
            }
            case Node.Multiply n -> {
                factor(n.left(), n, text);
                text.append(" * ");
                factor(n.right(), n, text);
            }
            case Node.Equal _, Node.Less _ -> compare(id, false, text);
            case Node.Mux n -> choice(n, text);
            case Node.Shift n -> shift(n, text);
            case Node.Slice n -> bits(n.operand(), n.high(), n.low(), text);
            case Node.Concat n -> {
                text.append('{');
                parts(n, text);
                text.append('}');
            }
            case Node.Extend n -> extended(n.operand(), n.signed(), n.width(), text);
            case Node.PopCount _, Node.Select _, Node.Input _, Node.Wire _, Node.Register _, Node.MemoryRead _,
                 Node.Delayed _, Node.InstanceOutput _ ->
                throw new IllegalStateException("no expression for " + netlist.node(id) + " in " + netlist.name());
        }
    }

    private boolean sameOperator(int id, Class<? extends Node> kind) {
        return !signals.isSignal(id) && kind.isInstance(netlist.node(id));
    }

    /** An operand, in parentheses unless it binds at least as tightly as {@code least}. */
    private void operand(int id, Binding least, StringBuilder text, boolean number) {
        Binding own = binding(id);
        if (own.compareTo(least) >= 0) {
            read(id, text, number);
            return;
        }
        text.append('(');
        int start = text.length();
        read(id, text, number);
        join(text, start);
        text.append(')');
    }

    private static void join(StringBuilder text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == BREAK) {
                text.setCharAt(i, ' ');
            }
        }
    }

    private void bitwise(int id, Node.Bitwise n, StringBuilder text) {
        if (n.operator() == Node.BitOperator.XNOR) {
            boolean bit = n.width() == 1;
            text.append(bit ? "" : "~(");
            operand(n.left(), Binding.PREFIX, text, false);
            text.append(bit ? " == " : " ^ ");
            operand(n.right(), Binding.PREFIX, text, false);
            text.append(bit ? "" : ")");
            return;
        }
        boolean bit = n.width() == 1;
        String operator = switch (n.operator()) {
            case AND -> bit ? " && " : " & ";
            case OR -> bit ? " || " : " | ";
            case XOR -> " ^ ";
            case XNOR -> throw new IllegalStateException("written above");
        };
        side(id, n, n.left(), text);
        text.append(operator);
        side(id, n, n.right(), text);
    }

    /** Comparisons need no parentheses beside && and ||, nor does the same operator; all else that is mixed gets them. */
    private void side(int id, Node.Bitwise n, int side, StringBuilder text) {
        boolean chained = !signals.isSignal(side)
                && netlist.node(side) instanceof Node.Bitwise inner
                && inner.operator() == n.operator();
        operand(side, chained ? operatorBinding(id) : n.width() == 1 ? Binding.COMPARISON : Binding.PREFIX, text, false);
    }

    private void compare(int id, boolean negated, StringBuilder text) {
        switch (netlist.node(id)) {
            case Node.Equal n -> {
                boolean swap = isConstant(n.left());
                operand(swap ? n.right() : n.left(), Binding.SHIFT, text, true);
                text.append(negated ? " != " : " == ");
                operand(swap ? n.left() : n.right(), Binding.SHIFT, text, true);
            }
            case Node.Less n -> {
                boolean swap = isConstant(n.left());
                comparand(swap ? n.right() : n.left(), n.signed(), text);
                text.append(swap ? negated ? " <= " : " > " : negated ? " >= " : " < ");
                comparand(swap ? n.left() : n.right(), n.signed(), text);
            }
            default -> throw new IllegalStateException("not a comparison");
        }
    }

    private boolean isConstant(int id) {
        return netlist.node(id) instanceof Node.Constant;
    }

    private void comparand(int id, boolean signed, StringBuilder text) {
        if (!signed) {
            operand(id, Binding.SHIFT, text, true);
        } else if (netlist.node(id) instanceof Node.Constant constant) {
            text.append(Literals.signed(constant.value()));
        } else {
            text.append("$signed(");
            read(id, text, true);
            text.append(')');
        }
    }

    private void choice(Node.Mux n, StringBuilder text) {
        operand(n.condition(), Binding.PREFIX, text, false);
        text.append(" ? ");
        operand(n.whenTrue(), Binding.OR_ELSE, text, true);
        text.append(BREAK).append(": ");
        read(n.whenFalse(), text, true);
    }

    private void shift(Node.Shift n, StringBuilder text) {
        boolean arithmetic = n.kind() == Node.ShiftKind.RIGHT_ARITHMETIC;
        text.append(arithmetic ? "$signed(" : "");
        operand(n.operand(), Binding.PREFIX, text, false);
        text.append(arithmetic ? ")" : "");
        text.append(switch (n.kind()) {
            case LEFT -> " << ";
            case RIGHT_LOGICAL -> " >> ";
            case RIGHT_ARITHMETIC -> " >>> ";
        });
        operand(n.amount(), Binding.PREFIX, text, true);
    }

    private void factor(int id, Node.Multiply n, StringBuilder text) {
        text.append(n.signed() ? "$signed(" : "");
        extended(id, n.signed(), n.width(), text);
        text.append(n.signed() ? ")" : "");
    }

    private void parts(Node.Concat n, StringBuilder text) {
        String separator = "";
        for (int i = 0; i < n.parts().size(); ) {
            int part = n.parts().get(i);
            int times = 1;
            while (i + times < n.parts().size() && n.parts().get(i + times) == part) {
                times++;
            }
            text.append(separator);
            separator = ", ";
            if (times > 1) {
                text.append('{').append(times).append('{');
            }
            part(part, text);
            text.append(times > 1 ? "}}" : "");
            i += times;
        }
    }

    /** One part of a concatenation; what is one itself needs no braces. */
    private void part(int id, StringBuilder text) {
        Node node = netlist.node(id);
        if (!signals.isSignal(id) && node instanceof Node.Concat inner) {
            parts(inner, text);
        } else if (!signals.isSignal(id) && node instanceof Node.Extend inner && !inner.signed()) {
            int more = node.width() - netlist.node(inner.operand()).width();
            text.append(more == 1 ? "1'b0" : more + "'d0").append(", ");
            part(inner.operand(), text);
        } else {
            int start = text.length();
            read(id, text, false);
            join(text, start);
        }
    }

    /** The value at a greater width, filled up with zeros or its sign. */
    private void extended(int id, boolean signed, int width, StringBuilder text) {
        Node node = netlist.node(id);
        if (!signals.isSignal(id) && node instanceof Node.Extend inner && (!inner.signed() || signed)) {
            extended(inner.operand(), inner.signed(), width, text);
            return;
        }
        int more = width - node.width();
        if (more == 0) {
            operand(id, Binding.PRODUCT, text, true);
            return;
        }
        if (node instanceof Node.Constant constant) {
            text.append(Literals.of(
                    BitVector.of(width, signed ? constant.value().toSigned() : constant.value().toUnsigned()),
                    true));
            return;
        }
        text.append('{');
        if (!signed) {
            text.append(more == 1 ? "1'b0" : more + "'d0").append(", ");
        } else if (node.width() == 1 && binding(id) == Binding.ATOM) {
            text.append(more + 1).append('{');
            read(id, text, false);
            text.append("}}");
            return;
        } else {
            text.append(more == 1 ? "" : "{" + more + "{");
            sign(id, node, text);
            text.append(more == 1 ? ", " : "}}, ");
        }
        part(id, text);
        text.append('}');
    }

    private void sign(int id, Node node, StringBuilder text) {
        if (node.width() == 1) {
            read(id, text, false);
        } else if (signals.isSignal(id)) {
            bits(id, node.width() - 1, node.width() - 1, text);
        } else {
            Node.Slice slice = (Node.Slice) node;
            bits(slice.operand(), slice.high(), slice.high(), text);
        }
    }

    /** A part of a signal. */
    void bits(int signal, int high, int low, StringBuilder text) {
        coverage.read(signal, high, low);
        text.append(signals.name(signal));
        if (netlist.node(signal).width() > 1) {
            text.append('[').append(high);
            if (high != low) {
                text.append(':').append(low);
            }
            text.append(']');
        }
    }
}
