package org.bitloom.hdl.ir;

import java.math.BigInteger;
import java.util.function.IntFunction;

/**
 * What each operator means, in exact integer arithmetic and for every width: the one definition, used by the
 * interpreter and to fold constants. Everything faster is tested against it.
 */
public final class Semantics {
    private Semantics() {}

    /**
     * The value of a combinational node.
     *
     * @param valueOf the value of an operand, by its id
     * @throws IllegalArgumentException for a node whose value is state or comes from outside
     */
    public static BitVector evaluate(Node node, IntFunction<BitVector> valueOf) {
        int width = node.width();
        return switch (node) {
            case Node.Constant n -> n.value();
            case Node.Not n -> BitVector.of(width, unsigned(n.operand(), valueOf).not());
            case Node.Bitwise n -> BitVector.of(
                    width, bitwise(n.operator(), unsigned(n.left(), valueOf), unsigned(n.right(), valueOf)));
            case Node.Reduce n -> bit(reduce(n.reduction(), valueOf.apply(n.operand())));
            case Node.Add n -> BitVector.of(width, unsigned(n.left(), valueOf).add(unsigned(n.right(), valueOf)));
            case Node.Subtract n -> BitVector.of(
                    width, unsigned(n.left(), valueOf).subtract(unsigned(n.right(), valueOf)));
            case Node.Multiply n -> BitVector.of(
                    width, number(n.signed(), n.left(), valueOf).multiply(number(n.signed(), n.right(), valueOf)));
            case Node.Equal n -> bit(valueOf.apply(n.left()).equals(valueOf.apply(n.right())));
            case Node.Less n -> bit(
                    number(n.signed(), n.left(), valueOf).compareTo(number(n.signed(), n.right(), valueOf)) < 0);
            case Node.Mux n -> valueOf.apply(valueOf.apply(n.condition()).bit(0) ? n.whenTrue() : n.whenFalse());
            case Node.Shift n -> shift(n, valueOf);
            case Node.Slice n -> valueOf.apply(n.operand()).slice(n.high(), n.low());
            case Node.Concat n -> {
                BigInteger all = BigInteger.ZERO;
                for (int part : n.parts()) {
                    BitVector value = valueOf.apply(part);
                    all = all.shiftLeft(value.width()).or(value.toUnsigned());
                }
                yield BitVector.of(width, all);
            }
            case Node.Extend n -> BitVector.of(width, number(n.signed(), n.operand(), valueOf));
            case Node.PopCount n -> BitVector.of(
                    width, BigInteger.valueOf(unsigned(n.operand(), valueOf).bitCount()));
            case Node.Sum n -> {
                BigInteger sum = BigInteger.ZERO;
                for (int term : n.terms()) {
                    sum = sum.add(number(n.signed(), term, valueOf));
                }
                yield BitVector.of(width, sum);
            }
            case Node.Select n -> {
                BigInteger index = unsigned(n.index(), valueOf);
                int last = n.values().size() - 1;
                yield valueOf.apply(n.values().get(index.min(BigInteger.valueOf(last)).intValue()));
            }
            case Node.Input _, Node.Wire _, Node.Register _, Node.MemoryRead _, Node.Delayed _, Node.InstanceOutput _ ->
                throw new IllegalArgumentException("not an operator: " + node);
        };
    }

    private static BitVector shift(Node.Shift n, IntFunction<BitVector> valueOf) {
        int width = n.width();
        int amount = unsigned(n.amount(), valueOf).min(BigInteger.valueOf(width)).intValue();
        return switch (n.kind()) {
            case LEFT -> BitVector.of(width, unsigned(n.operand(), valueOf).shiftLeft(amount));
            case RIGHT_LOGICAL -> BitVector.of(width, unsigned(n.operand(), valueOf).shiftRight(amount));
            case RIGHT_ARITHMETIC -> BitVector.of(width, number(true, n.operand(), valueOf).shiftRight(amount));
        };
    }

    private static BigInteger unsigned(int id, IntFunction<BitVector> valueOf) {
        return valueOf.apply(id).toUnsigned();
    }

    private static BigInteger number(boolean signed, int id, IntFunction<BitVector> valueOf) {
        return signed ? valueOf.apply(id).toSigned() : valueOf.apply(id).toUnsigned();
    }

    private static BigInteger bitwise(Node.BitOperator operator, BigInteger left, BigInteger right) {
        return switch (operator) {
            case AND -> left.and(right);
            case OR -> left.or(right);
            case XOR -> left.xor(right);
            case XNOR -> left.xor(right).not();
        };
    }

    private static boolean reduce(Node.Reduction reduction, BitVector value) {
        return switch (reduction) {
            case AND -> value.isAllOnes();
            case OR -> !value.isZero();
            case XOR -> value.toUnsigned().bitCount() % 2 != 0;
        };
    }

    private static BitVector bit(boolean value) {
        return BitVector.of(1, value ? 1L : 0L);
    }
}
