package org.bitloom.hdl;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;
import org.jspecify.annotations.Nullable;

/**
 * A place in the nest of conditions: one branch of one block inside an outer scope. The root scope holds always.
 *
 * @param depth number of conditions around, 0 for the root
 */
record Scope(@Nullable Scope outer, @Nullable Block block, int branch, int depth) {
    static final Scope ROOT = new Scope(null, null, 0, 0);

    /** One {@code when … elseWhen … otherwise}, or one {@code select}: branches of which at most the first true one runs. */
    static final class Block {
        final Scope scope;
        /** Conditions of the branches; the last branch of a complete block needs none. */
        final List<Integer> conditions = new ArrayList<>();
        /** Whether one of the branches always runs. */
        boolean complete;

        Block(Scope scope) {
            this.scope = scope;
        }

        Scope branch(int index) {
            return new Scope(scope, this, index, scope.depth + 1);
        }
    }

    /** The branch that leads to this scope out of the scope at {@code depth}. */
    Scope ancestor(int depth) {
        Scope scope = this;
        while (scope.depth > depth) {
            scope = Objects.requireNonNull(scope.outer);
        }
        return scope;
    }

    /** The bit that says whether this scope runs; {@link Netlist#ALWAYS} for the root. */
    int condition(NetlistBuilder builder) {
        if (block == null || outer == null) {
            return Netlist.ALWAYS;
        }
        int active = outer.condition(builder);
        for (int i = 0; i < branch; i++) {
            active = conjunction(builder, active, builder.not(block.conditions.get(i)));
        }
        boolean last = block.complete && branch == block.conditions.size() - 1;
        return branch < block.conditions.size() && !last
                ? conjunction(builder, active, block.conditions.get(branch))
                : active;
    }

    private static int conjunction(NetlistBuilder builder, int left, int right) {
        return left == Netlist.ALWAYS ? right : builder.bitwise(Node.BitOperator.AND, left, right);
    }
}
