package org.bitloom.hdl.differential.program;

import static org.bitloom.hdl.differential.program.Kind.BITS;
import static org.bitloom.hdl.differential.program.Kind.BOOL;
import static org.bitloom.hdl.differential.program.Kind.SINT;
import static org.bitloom.hdl.differential.program.Kind.UINT;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.hdl.differential.Choices;
import org.bitloom.hdl.differential.Profile;
import org.bitloom.hdl.differential.RandomBits;
import org.bitloom.hdl.differential.program.Expression.Operator;
import org.bitloom.hdl.differential.program.Program.Variable;

/** Random expressions of a wanted kind and width over variables that may be read. */
final class ExpressionGenerator {
    private static final int DEPTH = 3;

    private final Choices choices;
    private final Profile profile;
    private final List<Variable> variables;

    /** @param variables grows as the program is made */
    ExpressionGenerator(Choices choices, Profile profile, List<Variable> variables) {
        this.choices = choices;
        this.profile = profile;
        this.variables = variables;
    }

    /** @param limit only variables of at most this level are read */
    Expression any(Kind kind, int width, int limit) {
        return any(kind, width, limit, profile.synthesis() ? DEPTH - 1 : DEPTH);
    }

    static Expression read(List<Variable> variables, int index) {
        Variable variable = variables.get(index);
        return new Expression(
                Operator.READ, variable.kind(), variable.width(), List.of(), BigInteger.valueOf(index));
    }

    static Expression literal(Kind kind, int width, long value) {
        return new Expression(Operator.LITERAL, kind, width, List.of(), BigInteger.valueOf(value));
    }

    static Expression mux(Expression condition, Expression whenTrue, Expression whenFalse) {
        return make(Operator.MUX, whenTrue.kind(), Math.max(whenTrue.width(), whenFalse.width()),
                condition, whenTrue, whenFalse);
    }

    static Expression make(Operator operator, Kind kind, int width, Expression... arguments) {
        return new Expression(operator, kind, width, List.of(arguments), BigInteger.ZERO);
    }

    private static Expression make(Operator operator, Kind kind, int width, long number, Expression... arguments) {
        return new Expression(operator, kind, width, List.of(arguments), BigInteger.valueOf(number));
    }

    private Expression any(Kind kind, int width, int limit, int depth) {
        return choices.span(() -> {
            boolean leaf = depth == 0 || !choices.chance(70);
            return fitted(leaf ? leaf(kind, width, limit) : made(kind, width, limit, depth - 1), width);
        });
    }

    private Expression made(Kind kind, int width, int limit, int depth) {
        return switch (kind) {
            case BOOL -> condition(limit, depth);
            case BITS -> bits(width, limit, depth);
            case UINT -> unsigned(limit, depth);
            case SINT -> signed(limit, depth);
        };
    }

    /** An operand of a number: any width. */
    private Expression number(Kind kind, int limit, int depth) {
        return any(kind, profile.width(choices), limit, depth);
    }

    private Expression factor(Kind kind, int limit, int depth) {
        return any(kind, Math.min(profile.multiplier(), profile.width(choices)), limit, depth);
    }

    // ---- leaves

    private Expression leaf(Kind kind, int width, int limit) {
        if (choices.chance(15)) {
            return literal(kind, width);
        }
        List<Integer> readable = IntStream.range(0, variables.size())
                .filter(i -> variables.get(i).level() <= limit)
                .boxed()
                .toList();
        return converted(read(variables, readable.get(choices.below(readable.size()))), kind);
    }

    private Expression literal(Kind kind, int width) {
        int seed = choices.below(1 << 16);
        BigInteger value = switch (kind) {
            case BITS -> RandomBits.of(width, seed).toUnsigned();
            case BOOL -> BigInteger.valueOf(seed % 2);
            case UINT -> RandomBits.of(Math.min(width, 62), seed).toUnsigned();
            case SINT -> RandomBits.of(Math.min(width, 62), seed).toSigned();
        };
        return new Expression(Operator.LITERAL, kind, width, List.of(), value);
    }

    /** The same bits as another kind. */
    private Expression converted(Expression value, Kind kind) {
        if (value.kind() == kind) {
            return value;
        }
        Expression bits = value.kind() == BITS ? value : make(Operator.CONVERT, BITS, value.width(), value);
        return switch (kind) {
            case BITS -> bits;
            case BOOL -> make(Operator.BIT, BOOL, 1, choices.below(value.width()), bits);
            case UINT -> value.kind() == BOOL
                    ? make(Operator.CONVERT, UINT, 1, value)
                    : make(Operator.CONVERT, UINT, value.width(), bits);
            case SINT -> value.kind() == UINT
                    ? make(Operator.CONVERT, SINT, value.width() + 1, value)
                    : make(Operator.CONVERT, SINT, value.width(), bits);
        };
    }

    private Expression fitted(Expression value, int width) {
        Kind kind = value.kind();
        if (kind == BOOL) {
            return value;
        }
        if (kind == BITS) {
            return value.width() > width
                    ? make(Operator.SLICE, BITS, width, choices.below(value.width() - width + 1), value)
                    : value.width() == width ? value : make(Operator.EXTEND, BITS, width, value);
        }
        if (value.width() > width) {
            return make(choices.chance(30) ? Operator.SATURATE : Operator.LOW, kind, width, value);
        }
        if (value.width() == width && choices.chance(5)) {
            return make(Operator.FIT, kind, width, make(Operator.EXTEND, kind, width + 3, value));
        }
        return value.width() == width ? value : make(Operator.EXTEND, kind, width, value);
    }

    // ---- kinds

    private Expression unsigned(int limit, int depth) {
        return switch (choices.weighted(5, 5, 10, 3, 5, 4, 4, 3, 3, 4, 6)) {
            case 0 -> sumOf(UINT, limit, depth);
            case 1 -> {
                Expression left = number(UINT, limit, depth);
                Expression right = number(UINT, limit, depth);
                yield make(Operator.PLUS, UINT, Math.max(left.width(), right.width()) + 1, left, right);
            }
            case 2 -> mux(condition(limit, depth), number(UINT, limit, depth), number(UINT, limit, depth));
            case 3 -> {
                Expression left = number(UINT, limit, depth);
                int constant = choices.below(300);
                int width = Math.max(left.width(), bitsFor(constant)) + 1;
                yield make(Operator.PLUS_CONSTANT, UINT, width, constant, left);
            }
            case 4 -> {
                Expression left = factor(UINT, limit, depth);
                Expression right = factor(UINT, limit, depth);
                yield make(Operator.TIMES, UINT, left.width() + right.width(), left, right);
            }
            case 5 -> shiftUp(UINT, limit, depth);
            case 6 -> shiftDown(UINT, limit, depth);
            case 7 -> pick(UINT, limit, depth);
            case 8 -> {
                Expression bits = number(BITS, limit, depth);
                yield make(Operator.POP_COUNT, UINT, bitsFor(bits.width()), bits);
            }
            case 9 -> make(Operator.CONVERT, UINT, 1, condition(limit, depth));
            default -> converted(number(BITS, limit, depth), UINT);
        };
    }

    private Expression signed(int limit, int depth) {
        return switch (choices.weighted(5, 5, 5, 3, 5, 4, 4, 3, 3, 4, 6)) {
            case 0 -> sumOf(SINT, limit, depth);
            case 1 -> {
                Expression left = number(SINT, limit, depth);
                Expression right = number(SINT, limit, depth);
                Operator operator = choices.chance(50) ? Operator.MINUS : Operator.PLUS;
                yield make(operator, SINT, Math.max(left.width(), right.width()) + 1, left, right);
            }
            case 2 -> {
                Expression left = number(UINT, limit, depth);
                Expression right = number(UINT, limit, depth);
                yield make(Operator.MINUS, SINT, Math.max(left.width(), right.width()) + 1, left, right);
            }
            case 3 -> {
                Expression left = number(SINT, limit, depth);
                int constant = choices.below(300) - 150;
                int width = Math.max(left.width(), bitsFor(constant < 0 ? ~constant : constant, 0) + 1) + 1;
                yield make(Operator.PLUS_CONSTANT, SINT, width, constant, left);
            }
            case 4 -> {
                Expression left = factor(SINT, limit, depth);
                Expression right = factor(SINT, limit, depth);
                yield make(Operator.TIMES, SINT, left.width() + right.width(), left, right);
            }
            case 5 -> shiftUp(SINT, limit, depth);
            case 6 -> shiftDown(SINT, limit, depth);
            case 7 -> pick(SINT, limit, depth);
            case 8 -> {
                Expression operand = number(SINT, limit, depth);
                yield make(Operator.NEGATE, SINT, operand.width() + 1, operand);
            }
            case 9 -> mux(condition(limit, depth), number(SINT, limit, depth), number(SINT, limit, depth));
            default -> converted(number(choices.chance(50) ? BITS : UINT, limit, depth), SINT);
        };
    }

    private Expression bits(int width, int limit, int depth) {
        return switch (choices.weighted(10, 3, 5, 6, 3, 4, 3, 4)) {
            case 0 -> {
                Operator[] operators = {Operator.AND, Operator.OR, Operator.XOR, Operator.XNOR};
                Operator operator = operators[choices.below(operators.length)];
                yield make(operator, BITS, width, any(BITS, width, limit, depth), any(BITS, width, limit, depth));
            }
            case 1 -> make(Operator.NOT, BITS, width, any(BITS, width, limit, depth));
            case 2 -> number(BITS, limit, depth);
            case 3 -> {
                List<Expression> parts = new ArrayList<>();
                int count = choices.between(1, 4);
                for (int i = 0; i < count; i++) {
                    Kind kind = Kind.values()[choices.below(4)];
                    parts.add(any(kind, kind == BOOL ? 1 : choices.between(1, 1 + width / count), limit, depth));
                }
                int total = parts.stream().mapToInt(Expression::width).sum();
                yield new Expression(Operator.CONCAT, BITS, total, parts, BigInteger.ZERO);
            }
            case 4 -> make(Operator.REPEAT, BITS, width, condition(limit, depth));
            case 5 -> converted(number(choices.chance(50) ? UINT : SINT, limit, depth), BITS);
            case 6 -> pick(BITS, limit, depth);
            default -> mux(
                    condition(limit, depth), any(BITS, width, limit, depth), any(BITS, width, limit, depth));
        };
    }

    private Expression condition(int limit, int depth) {
        if (depth == 0) {
            return leaf(BOOL, 1, limit);
        }
        int inner = depth - 1;
        return switch (choices.weighted(6, 6, 8, 4, 3, 3, 3, 5, 3)) {
            case 0 -> leaf(BOOL, 1, limit);
            case 1 -> {
                Operator[] operators = {Operator.AND, Operator.OR, Operator.XOR};
                Operator operator = operators[choices.below(operators.length)];
                yield make(operator, BOOL, 1, any(BOOL, 1, limit, inner), any(BOOL, 1, limit, inner));
            }
            case 2 -> {
                Operator[] operators = {
                    Operator.EQUAL, Operator.NOT_EQUAL, Operator.LESS, Operator.AT_MOST, Operator.GREATER,
                    Operator.AT_LEAST
                };
                Kind kind = choices.chance(50) ? SINT : UINT;
                yield make(
                        operators[choices.below(operators.length)],
                        BOOL, 1, number(kind, limit, inner), number(kind, limit, inner));
            }
            case 3 -> {
                Kind kind = choices.chance(50) ? SINT : UINT;
                int constant = kind == SINT ? choices.below(40) - 20 : choices.below(40);
                Operator operator = choices.chance(50) ? Operator.EQUAL_CONSTANT : Operator.LESS_CONSTANT;
                yield make(operator, BOOL, 1, constant, number(kind, limit, inner));
            }
            case 4 -> {
                Operator[] operators = {Operator.ANY, Operator.ALL, Operator.PARITY};
                yield make(operators[choices.below(operators.length)], BOOL, 1, number(BITS, limit, inner));
            }
            case 5 -> {
                Expression operand = number(choices.chance(50) ? UINT : BITS, limit, inner);
                yield make(Operator.BIT, BOOL, 1, choices.below(operand.width()), operand);
            }
            case 6 -> make(
                    Operator.BIT_AT, BOOL, 1,
                    number(BITS, limit, inner), any(UINT, choices.between(1, 9), limit, inner));
            case 7 -> make(Operator.NOT, BOOL, 1, any(BOOL, 1, limit, inner));
            default -> make(Operator.IS_NEGATIVE, BOOL, 1, number(SINT, limit, inner));
        };
    }

    // ---- operators of both numbers

    private Expression sumOf(Kind kind, int limit, int depth) {
        int count = choices.between(1, 6);
        List<Expression> terms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            terms.add(number(kind, limit, depth));
        }
        int widest = terms.stream().mapToInt(Expression::width).max().orElseThrow();
        return new Expression(Operator.SUM, kind, widest + bitsFor(count - 1, 0), terms, BigInteger.ZERO);
    }

    private Expression shiftUp(Kind kind, int limit, int depth) {
        Expression operand = number(kind, limit, depth);
        if (choices.chance(50)) {
            int amount = choices.below(20);
            return make(Operator.SHIFT_UP, kind, operand.width() + amount, amount, operand);
        }
        Expression amount = any(UINT, choices.between(1, 5), limit, depth);
        return make(Operator.SHIFT_UP_BY, kind, operand.width() + (1 << amount.width()) - 1, operand, amount);
    }

    private Expression shiftDown(Kind kind, int limit, int depth) {
        Expression operand = number(kind, limit, depth);
        if (choices.chance(50)) {
            int amount = choices.below(70);
            return make(Operator.SHIFT_DOWN, kind, Math.max(1, operand.width() - amount), amount, operand);
        }
        Expression amount = choices.chance(80)
                ? any(UINT, choices.between(1, 9), limit, depth)
                : number(UINT, limit, depth);
        return make(Operator.SHIFT_DOWN_BY, kind, operand.width(), operand, amount);
    }

    private Expression pick(Kind kind, int limit, int depth) {
        List<Expression> arguments = new ArrayList<>();
        arguments.add(any(UINT, choices.between(1, 4), limit, depth));
        int count = choices.between(1, 6);
        int width = profile.width(choices);
        for (int i = 0; i < count; i++) {
            arguments.add(kind == BITS ? any(kind, width, limit, depth) : number(kind, limit, depth));
        }
        int widest = arguments.stream().skip(1).mapToInt(Expression::width).max().orElseThrow();
        return new Expression(Operator.PICK, kind, widest, arguments, BigInteger.ZERO);
    }

    private static int bitsFor(int greatest) {
        return bitsFor(greatest, 1);
    }

    private static int bitsFor(int greatest, int least) {
        return Math.max(least, 32 - Integer.numberOfLeadingZeros(greatest));
    }
}
