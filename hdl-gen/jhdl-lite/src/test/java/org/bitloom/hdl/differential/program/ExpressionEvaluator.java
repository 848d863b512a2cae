package org.bitloom.hdl.differential.program;

import java.math.BigInteger;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The value of an expression in plain integers. Bits count as the unsigned number that they spell, a Bool as 0 or 1.
 *
 * @param variables the value of a variable, by its index
 */
record ExpressionEvaluator(IntFunction<BigInteger> variables) {
    BigInteger of(Expression e) {
        List<BigInteger> a = e.arguments().stream().map(this::of).toList();
        int number = e.number().bitLength() < 31 ? e.number().intValue() : 0;
        return switch (e.operator()) {
            case READ -> variables.apply(number);
            case LITERAL -> e.number();
            case PLUS -> a.get(0).add(a.get(1));
            case PLUS_CONSTANT -> a.get(0).add(e.number());
            case MINUS -> a.get(0).subtract(a.get(1));
            case NEGATE -> a.get(0).negate();
            case TIMES -> a.get(0).multiply(a.get(1));
            case SHIFT_UP -> a.get(0).shiftLeft(number);
            case SHIFT_UP_BY -> a.get(0).shiftLeft(a.get(1).intValueExact());
            case SHIFT_DOWN -> a.get(0).shiftRight(number);
            case SHIFT_DOWN_BY -> a.get(0).shiftRight(a.get(1).min(BigInteger.valueOf(100_000)).intValue());
            case SUM -> a.stream().reduce(BigInteger.ZERO, BigInteger::add);
            case POP_COUNT -> BigInteger.valueOf(a.get(0).bitCount());
            case CONVERT -> converted(e, a.get(0));
            case EXTEND, FIT -> a.get(0);
            case LOW -> e.kind() == Kind.SINT ? signed(a.get(0), e.width()) : modulo(a.get(0), e.width());
            case SATURATE -> e.kind() == Kind.SINT
                    ? a.get(0).max(power(e.width() - 1).negate()).min(power(e.width() - 1).subtract(BigInteger.ONE))
                    : a.get(0).min(power(e.width()).subtract(BigInteger.ONE));
            case MUX -> a.get(0).signum() != 0 ? a.get(1) : a.get(2);
            case PICK -> a.get(1 + a.get(0).min(BigInteger.valueOf(a.size() - 2)).intValue());
            case AND -> a.get(0).and(a.get(1));
            case OR -> a.get(0).or(a.get(1));
            case XOR -> a.get(0).xor(a.get(1));
            case XNOR -> ones(e.width()).andNot(a.get(0).xor(a.get(1)));
            case NOT -> ones(e.width()).subtract(a.get(0));
            case SLICE -> modulo(a.get(0).shiftRight(number), e.width());
            case CONCAT -> {
                BigInteger bits = BigInteger.ZERO;
                for (int i = 0; i < a.size(); i++) {
                    int width = e.arguments().get(i).width();
                    bits = bits.multiply(power(width)).add(modulo(a.get(i), width));
                }
                yield bits;
            }
            case REPEAT -> a.get(0).signum() != 0 ? ones(e.width()) : BigInteger.ZERO;
            case EQUAL -> bool(a.get(0).equals(a.get(1)));
            case EQUAL_CONSTANT -> bool(a.get(0).equals(e.number()));
            case NOT_EQUAL -> bool(!a.get(0).equals(a.get(1)));
            case LESS -> bool(a.get(0).compareTo(a.get(1)) < 0);
            case LESS_CONSTANT -> bool(a.get(0).compareTo(e.number()) < 0);
            case AT_MOST -> bool(a.get(0).compareTo(a.get(1)) <= 0);
            case GREATER -> bool(a.get(0).compareTo(a.get(1)) > 0);
            case AT_LEAST -> bool(a.get(0).compareTo(a.get(1)) >= 0);
            case BIT -> bool(a.get(0).testBit(number));
            case BIT_AT -> bool(a.get(0).testBit(a.get(1).min(BigInteger.valueOf(100_000)).intValue()));
            case ANY -> bool(a.get(0).signum() != 0);
            case ALL -> bool(a.get(0).equals(ones(e.first().width())));
            case PARITY -> bool(a.get(0).bitCount() % 2 == 1);
            case IS_NEGATIVE -> bool(a.get(0).signum() < 0);
        };
    }

    private static BigInteger converted(Expression e, BigInteger value) {
        return switch (e.kind()) {
            case SINT -> e.first().kind() == Kind.UINT ? value : signed(value, e.width());
            case UINT, BITS, BOOL -> modulo(value, e.width());
        };
    }

    private static BigInteger signed(BigInteger value, int width) {
        BigInteger low = modulo(value, width);
        return low.compareTo(power(width - 1)) >= 0 ? low.subtract(power(width)) : low;
    }

    private static BigInteger modulo(BigInteger value, int width) {
        return value.mod(power(width));
    }

    private static BigInteger ones(int width) {
        return power(width).subtract(BigInteger.ONE);
    }

    private static BigInteger power(int exponent) {
        return BigInteger.TWO.pow(exponent);
    }

    private static BigInteger bool(boolean value) {
        return value ? BigInteger.ONE : BigInteger.ZERO;
    }
}
