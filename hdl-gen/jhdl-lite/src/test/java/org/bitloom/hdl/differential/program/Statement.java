package org.bitloom.hdl.differential.program;

import java.util.ArrayList;
import java.util.List;

/** A statement of a program; statements run in order, those in branches where their condition holds. */
sealed interface Statement {
    /** Drives a wire or an input of an instance, or gives a register its next value; the last one that runs counts. */
    record Assign(int target, Expression value) implements Statement {}

    record Write(int memory, Expression address, Expression data) implements Statement {}

    /** Claims that {@code low ≤ high}. */
    record Claim(Expression low, Expression high) implements Statement {}

    /** {@code bodies} has one more element than {@code conditions} where there is an {@code otherwise}. */
    record When(List<Expression> conditions, List<List<Statement>> bodies) implements Statement {
        public When {
            conditions = List.copyOf(conditions);
            bodies = List.copyOf(bodies);
        }
    }

    /** Branches by number; {@code bodies} has one more element than {@code labels} where there is an otherwise. */
    record Select(Expression index, List<Integer> labels, List<List<Statement>> bodies) implements Statement {
        public Select {
            labels = List.copyOf(labels);
            bodies = List.copyOf(bodies);
        }
    }

    /** Bodies of branches, if it has any. */
    default List<List<Statement>> branches() {
        return switch (this) {
            case When w -> w.bodies;
            case Select s -> s.bodies;
            case Assign _, Write _, Claim _ -> List.of();
        };
    }

    default boolean assigns(int target) {
        return this instanceof Assign a && a.target == target
                || branches().stream().flatMap(List::stream).anyMatch(inner -> inner.assigns(target));
    }

    /** As lines of something like Java. */
    static List<String> lines(List<Statement> statements, String indent) {
        List<String> lines = new ArrayList<>();
        for (Statement statement : statements) {
            switch (statement) {
                case Assign a -> lines.add(indent + "t" + a.target + " := " + a.value);
                case Write w -> lines.add(indent + "m" + w.memory + "[" + w.address + "] := " + w.data);
                case Claim c -> lines.add(indent + "ensure " + c.low + " <= " + c.high);
                case When w -> {
                    for (int i = 0; i < w.bodies.size(); i++) {
                        String head = i < w.conditions.size() ? "when " + w.conditions.get(i) : "otherwise";
                        lines.add(indent + (i > 0 && i < w.conditions.size() ? "else " : "") + head);
                        lines.addAll(lines(w.bodies.get(i), indent + "  "));
                    }
                }
                case Select s -> {
                    lines.add(indent + "select " + s.index);
                    for (int i = 0; i < s.bodies.size(); i++) {
                        lines.add(indent + (i < s.labels.size() ? "is " + s.labels.get(i) : "otherwise"));
                        lines.addAll(lines(s.bodies.get(i), indent + "  "));
                    }
                }
            }
        }
        return lines;
    }
}
