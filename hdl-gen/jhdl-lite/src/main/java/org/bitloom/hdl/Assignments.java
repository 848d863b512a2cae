package org.bitloom.hdl;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node.BitOperator;
import org.bitloom.hdl.ir.BitVector;

/**
 * All assignments to one signal in the order in which they were made, and what they come to: one value and, for a
 * register, one enable. A later assignment wins; one that leaves an earlier one no effect at all is a mistake.
 */
final class Assignments {
    record Assignment(Scope scope, int value, CallSite site) {}

    /** What a signal becomes, by condition. */
    sealed interface Outcome {
        /** Nothing was assigned: a register holds, a wire is without a value. */
        record Nothing() implements Outcome {}

        record Value(int node) implements Outcome {}

        record Choice(int condition, Outcome whenTrue, Outcome whenFalse) implements Outcome {}
    }

    interface OverrideListener {
        void overridden(Assignment earlier, Assignment later);
    }

    static final Outcome NOTHING = new Outcome.Nothing();

    private final List<Assignment> all = new ArrayList<>();

    void add(Scope scope, int value, CallSite site) {
        all.add(new Assignment(scope, value, site));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    CallSite firstSite() {
        return all.getFirst().site;
    }

    Outcome outcome(OverrideListener listener) {
        return outcome(all, 0, NOTHING, listener);
    }

    private static Outcome outcome(List<Assignment> items, int depth, Outcome before, OverrideListener listener) {
        Outcome result = before;
        int i = 0;
        while (i < items.size()) {
            Assignment item = items.get(i);
            if (item.scope.depth() == depth) {
                if (i > 0) {
                    listener.overridden(items.get(i - 1), item);
                }
                result = new Outcome.Value(item.value);
                i++;
                continue;
            }
            Scope.Block block = Objects.requireNonNull(item.scope.ancestor(depth + 1).block());
            int end = i;
            while (end < items.size()
                    && items.get(end).scope.depth() > depth
                    && items.get(end).scope.ancestor(depth + 1).block() == block) {
                end++;
            }
            result = branches(block, items.subList(i, end), depth, result, listener);
            i = end;
        }
        return result;
    }

    private static Outcome branches(
            Scope.Block block, List<Assignment> items, int depth, Outcome before, OverrideListener listener) {
        int count = block.conditions.size();
        Outcome result = before;
        for (int branch = count - 1; branch >= 0; branch--) {
            int wanted = branch;
            List<Assignment> inside = items.stream()
                    .filter(item -> item.scope.ancestor(depth + 1).branch() == wanted)
                    .toList();
            Outcome outcome = outcome(inside, depth + 1, before, listener);
            result = block.complete && branch == count - 1
                    ? outcome
                    : choice(block.conditions.get(branch), outcome, result);
        }
        return result;
    }

    private static Outcome choice(int condition, Outcome whenTrue, Outcome whenFalse) {
        return whenTrue.equals(whenFalse) ? whenTrue : new Outcome.Choice(condition, whenTrue, whenFalse);
    }

    /** The value where there is one; alternatives without a value take that of their sibling. */
    static int value(Outcome outcome, NetlistBuilder builder) {
        return switch (outcome) {
            case Outcome.Nothing _ -> throw new IllegalStateException("no value at all");
            case Outcome.Value v -> v.node;
            case Outcome.Choice c -> hasNone(c.whenTrue)
                    ? value(c.whenFalse, builder)
                    : hasNone(c.whenFalse)
                            ? value(c.whenTrue, builder)
                            : builder.mux(c.condition, value(c.whenTrue, builder), value(c.whenFalse, builder));
        };
    }

    /** Whether some condition leaves the signal without a value. */
    static boolean incomplete(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Nothing _ -> true;
            case Outcome.Value _ -> false;
            case Outcome.Choice c -> incomplete(c.whenTrue) || incomplete(c.whenFalse);
        };
    }

    private static boolean hasNone(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Nothing _ -> true;
            case Outcome.Value _ -> false;
            case Outcome.Choice c -> hasNone(c.whenTrue) && hasNone(c.whenFalse);
        };
    }

    /** The bit that says whether there is a value; {@link Netlist#ALWAYS} where there always is. */
    static int enable(Outcome outcome, NetlistBuilder builder) {
        int enable = enableBit(outcome, builder);
        return builder.constantValue(enable).filter(BitVector::isAllOnes).isPresent() ? Netlist.ALWAYS : enable;
    }

    private static int enableBit(Outcome outcome, NetlistBuilder builder) {
        return switch (outcome) {
            case Outcome.Nothing _ -> builder.constant(BitVector.zero(1));
            case Outcome.Value _ -> builder.constant(BitVector.ones(1));
            case Outcome.Choice c -> {
                int t = enableBit(c.whenTrue, builder);
                int f = enableBit(c.whenFalse, builder);
                if (t == f) {
                    yield t;
                }
                int not = builder.not(c.condition);
                if (isConstant(builder, t, true)) {
                    yield builder.bitwise(BitOperator.OR, c.condition, f);
                }
                if (isConstant(builder, t, false)) {
                    yield builder.bitwise(BitOperator.AND, not, f);
                }
                if (isConstant(builder, f, true)) {
                    yield builder.bitwise(BitOperator.OR, not, t);
                }
                if (isConstant(builder, f, false)) {
                    yield builder.bitwise(BitOperator.AND, c.condition, t);
                }
                yield builder.mux(c.condition, t, f);
            }
        };
    }

    private static boolean isConstant(NetlistBuilder builder, int node, boolean value) {
        return builder.constantValue(node).filter(v -> v.bit(0) == value).isPresent();
    }
}
