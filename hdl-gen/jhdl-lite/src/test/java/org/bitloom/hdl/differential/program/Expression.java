package org.bitloom.hdl.differential.program;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value of a program. For numbers the operators are exact; {@code width} is what the front end promises for the
 * result.
 *
 * @param number a literal, a constant operand, an amount, or the index of a variable
 */
record Expression(Operator operator, Kind kind, int width, List<Expression> arguments, BigInteger number) {
    enum Operator {
        /** Variable {@code number}. */
        READ,
        LITERAL,
        PLUS,
        PLUS_CONSTANT,
        MINUS,
        NEGATE,
        TIMES,
        SHIFT_UP,
        SHIFT_UP_BY,
        SHIFT_DOWN,
        SHIFT_DOWN_BY,
        SUM,
        POP_COUNT,
        /** Reads the same bits as another kind; of an unsigned as a signed number it is the same number. */
        CONVERT,
        EXTEND,
        LOW,
        SATURATE,
        FIT,
        MUX,
        PICK,
        AND,
        OR,
        XOR,
        XNOR,
        NOT,
        SLICE,
        CONCAT,
        REPEAT,
        EQUAL,
        EQUAL_CONSTANT,
        NOT_EQUAL,
        LESS,
        LESS_CONSTANT,
        AT_MOST,
        GREATER,
        AT_LEAST,
        BIT,
        BIT_AT,
        ANY,
        ALL,
        PARITY,
        IS_NEGATIVE
    }

    Expression {
        arguments = List.copyOf(arguments);
    }

    Expression first() {
        return arguments.get(0);
    }

    Expression second() {
        return arguments.get(1);
    }

    @Override
    public String toString() {
        return switch (operator) {
            case READ -> "v" + number;
            case LITERAL -> kind + "<" + width + ">(" + number + ")";
            default -> operator + "<" + width + ">("
                    + arguments.stream().map(Expression::toString).collect(Collectors.joining(", "))
                    + (number.signum() == 0 ? "" : "; " + number) + ")";
        };
    }
}
