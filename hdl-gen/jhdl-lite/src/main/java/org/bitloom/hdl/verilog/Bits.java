package org.bitloom.hdl.verilog;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;

/**
 * Builds nodes in their simplest form: a slice of parts is the parts, a choice between 1 and 0 is its condition. What
 * narrowing has made constant disappears.
 */
record Bits(NetlistBuilder builder) {

    void nameOnce(int id, String name) {
        if (builder.name(id) == null && !(builder.node(id) instanceof Node.Constant)) {
            builder.setName(id, name);
        }
    }

    /** Bits {@code high} down to {@code low}. */
    int slice(int id, int high, int low) {
        if (low == 0 && high == builder.width(id) - 1) {
            return id;
        }
        return switch (builder.node(id)) {
            case Node.Slice n -> slice(n.operand(), n.low() + high, n.low() + low);
            case Node.Concat n -> {
                List<Integer> parts = new ArrayList<>();
                int base = n.width();
                for (int part : n.parts()) {
                    int width = builder.width(part);
                    base -= width;
                    int partHigh = Math.min(high - base, width - 1);
                    int partLow = Math.max(low - base, 0);
                    if (partHigh >= partLow) {
                        parts.add(slice(part, partHigh, partLow));
                    }
                }
                yield concat(parts);
            }
            case Node.Extend n -> {
                int top = builder.width(n.operand()) - 1;
                if (low > top && !n.signed()) {
                    yield builder.constant(BitVector.zero(high - low + 1));
                }
                int kept = slice(n.operand(), Math.min(high, top), Math.min(low, top));
                yield builder.extend(n.signed(), kept, high - low + 1);
            }
            default -> builder.slice(id, high, low);
        };
    }

    /** Parts side by side; neighbours that are slices of one value, or constants, become one part. */
    int concat(List<Integer> parts) {
        List<Integer> merged = new ArrayList<>(parts.size());
        for (int part : parts) {
            if (!merged.isEmpty()) {
                int joined = join(merged.getLast(), part);
                if (joined >= 0) {
                    merged.set(merged.size() - 1, joined);
                    continue;
                }
            }
            merged.add(part);
        }
        return builder.concat(merged);
    }

    private int join(int left, int right) {
        Node l = builder.node(left);
        Node r = builder.node(right);
        if (l instanceof Node.Slice a && r instanceof Node.Slice b && a.operand() == b.operand() && a.low() == b.high() + 1) {
            return slice(a.operand(), a.high(), b.low());
        }
        return l instanceof Node.Constant && r instanceof Node.Constant ? builder.concat(List.of(left, right)) : -1;
    }

    int bitwise(Node.BitOperator operator, int left, int right) {
        boolean or = operator == Node.BitOperator.OR;
        if (operator == Node.BitOperator.AND || or) {
            return builder.bitwise(operator, left, right);
        }
        boolean xnor = operator == Node.BitOperator.XNOR;
        if (isZero(left) || isZero(right)) {
            int other = isZero(left) ? right : left;
            return xnor ? builder.not(other) : other;
        }
        if (isOnes(left) || isOnes(right)) {
            int other = isOnes(left) ? right : left;
            return xnor ? other : builder.not(other);
        }
        return builder.bitwise(operator, left, right);
    }

    int mux(int condition, int whenTrue, int whenFalse) {
        if (builder.node(condition) instanceof Node.Not not) {
            return mux(not.operand(), whenFalse, whenTrue);
        }
        if (builder.width(whenTrue) == 1 && builder.constantValue(condition).isEmpty()) {
            if (isOnes(whenTrue)) {
                return builder.bitwise(Node.BitOperator.OR, condition, whenFalse);
            }
            if (isZero(whenTrue)) {
                return builder.bitwise(Node.BitOperator.AND, builder.not(condition), whenFalse);
            }
            if (isZero(whenFalse)) {
                return builder.bitwise(Node.BitOperator.AND, condition, whenTrue);
            }
            if (isOnes(whenFalse)) {
                return builder.bitwise(Node.BitOperator.OR, builder.not(condition), whenTrue);
            }
        }
        return builder.mux(condition, whenTrue, whenFalse);
    }

    int select(int index, List<Integer> values) {
        Optional<BitVector> known = builder.constantValue(index);
        if (known.isPresent()) {
            int last = values.size() - 1;
            return values.get(known.get().toUnsigned().bitLength() > 31 ? last : (int) Math.min(known.get().toLong(), last));
        }
        int width = builder.width(index);
        List<Integer> reachable = width < 31 && values.size() > 1 << width ? values.subList(0, 1 << width) : values;
        if (width == 1 && reachable.size() == 2) {
            return mux(index, reachable.get(1), reachable.get(0));
        }
        return builder.select(index, reachable);
    }

    int add(int left, int right) {
        return isZero(left) ? right : isZero(right) ? left : builder.add(left, right);
    }

    int subtract(int left, int right) {
        return isZero(right) ? left : builder.subtract(left, right);
    }

    int equal(int left, int right) {
        if (builder.width(left) == 1) {
            return bitwise(Node.BitOperator.XNOR, left, right);
        }
        return builder.equal(left, right);
    }

    /** A comparison that a bound decides already is a constant: tools warn of it. */
    int less(boolean signed, int left, int right) {
        int width = builder.width(left);
        BitVector least = signed ? BitVector.of(width, BigInteger.ONE.shiftLeft(width - 1)) : BitVector.zero(width);
        BitVector greatest = BitVector.of(width, least.toUnsigned().not());
        boolean never = builder.constantValue(right).filter(least::equals).isPresent()
                || builder.constantValue(left).filter(greatest::equals).isPresent();
        return never ? builder.constant(BitVector.zero(1)) : builder.less(signed, left, right);
    }

    boolean isZero(int id) {
        return builder.node(id) instanceof Node.Constant c && c.value().isZero();
    }

    boolean isOnes(int id) {
        return builder.node(id) instanceof Node.Constant c && c.value().isAllOnes();
    }
}
