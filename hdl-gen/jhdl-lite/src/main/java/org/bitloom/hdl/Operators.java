package org.bitloom.hdl;

import java.math.BigInteger;
import java.util.List;
import java.util.function.IntFunction;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node.Reduction;

/** What the operators of signals become in the netlist of one component, with the checks of widths and ranges. */
final class Operators {
    private final Elaboration elaboration;
    private final NetlistBuilder builder;

    Operators(Elaboration elaboration) {
        this.elaboration = elaboration;
        this.builder = elaboration.builder();
    }

    int widened(Signal<?> signal, int width) {
        return builder.extend(signal.isSigned(), elaboration.resolve(signal), width);
    }

    int slice(Signal<?> signal, int high, int low) {
        int node = elaboration.resolve(signal);
        if (low < 0 || high < low || high >= signal.width()) {
            elaboration.problem(
                    "",
                    "bits " + high + " down to " + low + " of " + elaboration.describe(elaboration, signal) + ", which has "
                            + signal.width(),
                    "stay within bits " + (signal.width() - 1) + " down to 0");
            return builder.constant(BitVector.zero(Math.max(1, high - low + 1)));
        }
        return builder.slice(node, high, low);
    }

    int less(Signal<?> left, Signal<?> right) {
        int width = Math.max(left.width(), right.width());
        return builder.less(left.isSigned(), widened(left, width), widened(right, width));
    }

    int shiftedUp(Signal<?> signal, int amount) {
        int node = elaboration.resolve(signal);
        return amount == 0
                ? node
                : builder.concat(List.of(node, builder.constant(BitVector.zero(amount))));
    }

    int shiftedDown(Signal<?> signal, int amount) {
        int low = Math.min(amount, signal.width() - 1);
        int node = slice(signal, signal.width() - 1, low);
        return amount < signal.width() || signal.isSigned() ? node : builder.constant(BitVector.zero(1));
    }

    int shiftedWidth(Signal<?> signal, UInt amount) {
        if (amount.width() > 10) {
            elaboration.problem(
                    "shl",
                    "a shift by up to 2^" + amount.width() + " − 1 bits would make a value of that width",
                    "narrow the amount first, with .low(n) or .fit(n)");
            return signal.width();
        }
        return signal.width() + (1 << amount.width()) - 1;
    }

    int fitted(Signal<?> signal, int width) {
        if (width >= signal.width()) {
            return widened(signal, width);
        }
        int node = elaboration.resolve(signal);
        int low = builder.slice(node, width - 1, 0);
        int fits = builder.equal(builder.extend(signal.isSigned(), low, signal.width()), node);
        elaboration.check(
                Netlist.CheckKind.ASSERT,
                fits,
                elaboration.describe(elaboration, signal) + " (" + signal.width() + " bits) does not fit into " + width + " bits");
        return low;
    }

    int saturated(Signal<?> signal, int width) {
        if (width >= signal.width()) {
            return widened(signal, width);
        }
        int node = elaboration.resolve(signal);
        int low = builder.slice(node, width - 1, 0);
        if (signal.isSigned()) {
            int fits = builder.equal(builder.extend(true, low, signal.width()), node);
            int negative = builder.slice(node, signal.width() - 1, signal.width() - 1);
            BitVector greatest = BitVector.of(width, BigInteger.ONE.shiftLeft(width - 1).subtract(BigInteger.ONE));
            BitVector least = BitVector.of(width, BigInteger.ONE.shiftLeft(width - 1));
            return builder.mux(
                    fits, low, builder.mux(negative, builder.constant(least), builder.constant(greatest)));
        }
        int over = builder.reduce(Reduction.OR, builder.slice(node, signal.width() - 1, width));
        return builder.mux(over, builder.constant(BitVector.ones(width)), low);
    }

    <S extends Signal<S>> S literal(Type<S> type, long value) {
        int width = type.width();
        boolean signed = type instanceof Type.OfSInt;
        int needed = signed
                ? 65 - Long.numberOfLeadingZeros(value < 0 ? ~value : value)
                : Math.max(1, 64 - Long.numberOfLeadingZeros(value));
        if (needed > width || (!signed && value < 0)) {
            elaboration.problem(
                    "",
                    "the number " + value + " does not fit into " + (signed ? "a signed" : "an unsigned") + " value of "
                            + width + (width == 1 ? " bit" : " bits"),
                    !signed && value < 0 ? "use a signed value" : "widen the signal, or correct the number");
        }
        BitVector vector = signed ? BitVector.ofSigned(width, value) : BitVector.of(width, value);
        return type.signal(elaboration, builder.constant(vector));
    }

    void requireSameWidth(Signal<?> left, Signal<?> right, String operator) {
        if (left.width() != right.width()) {
            elaboration.problem(
                    operator,
                    operator + " of " + left.width() + " and " + right.width() + " bits",
                    "bring both to one width, with .padded(n) or .low(n)");
        }
    }

    <S extends Signal<S>> S mux(Bool condition, S whenTrue, S whenFalse) {
        if (whenTrue instanceof Bits) {
            requireSameWidth(whenTrue, whenFalse, "mux");
        }
        int width = Math.max(whenTrue.width(), whenFalse.width());
        return elaboration.value(
                whenTrue.type().ofWidth(width),
                builder.mux(elaboration.resolve(condition), widened(whenTrue, width), widened(whenFalse, width)));
    }

    <S extends Signal<S>> S pick(UInt index, List<S> values) {
        int width = values.stream().mapToInt(Signal::width).max().orElseThrow();
        List<Integer> nodes = values.stream().map(value -> widened(value, width)).toList();
        return elaboration.value(values.getFirst().type().ofWidth(width), builder.select(elaboration.resolve(index), nodes));
    }

    <S extends Signal<S>> S sum(List<S> terms, IntFunction<Type<S>> type) {
        int widest = terms.stream().mapToInt(Signal::width).max().orElseThrow();
        int width = widest + (terms.size() == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(terms.size() - 1));
        boolean signed = terms.getFirst().isSigned();
        List<Integer> nodes = terms.stream().map(term -> widened(term, widest)).toList();
        return elaboration.value(type.apply(width), builder.sum(signed, width, nodes));
    }
}
