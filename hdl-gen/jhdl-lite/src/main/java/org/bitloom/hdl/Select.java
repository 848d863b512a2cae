package org.bitloom.hdl;

import java.util.HashSet;
import java.util.Set;
import org.bitloom.hdl.ir.BitVector;

/** Branches by the value of a number: a hardware {@code switch}. Complete when every value has its branch. */
public final class Select {
    private final Elaboration owner;
    private final UInt index;
    private final Scope.Block block;
    private final Set<Long> seen = new HashSet<>();
    private int statements;

    Select(Elaboration owner, UInt index, Scope.Block block) {
        this.owner = owner;
        this.index = index;
        this.block = block;
        this.statements = owner.statements();
    }

    /** Runs where the number is {@code value}. */
    public Select is(long value, Runnable body) {
        boolean fits = value >= 0 && BitVector.of(64, value).slice(63, 0).toUnsigned().bitLength() <= index.width();
        if (!fits || !seen.add(value)) {
            owner.problem(
                    "is",
                    "value " + value + (fits ? " has two branches" : " never occurs in " + index.width() + " bits"),
                    "give each value that can occur one branch");
            return this;
        }
        int constant = owner.builder().constant(BitVector.of(index.width(), value));
        owner.branch(block, owner.builder().equal(owner.resolve(index), constant), body, statements);
        if (index.width() < 31 && seen.size() == 1 << index.width()) {
            block.complete = true;
        }
        statements = owner.statements();
        return this;
    }

    /** Runs where the number has none of the values before. */
    public void otherwise(Runnable body) {
        owner.lastBranch(block, body, statements);
    }
}
