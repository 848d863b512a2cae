package org.bitloom.hdl;

/** What follows a {@code when}: further branches, of which the first whose condition holds runs. */
public final class When {
    private final Elaboration owner;
    private final Scope.Block block;
    private int statements;

    When(Elaboration owner, Scope.Block block) {
        this.owner = owner;
        this.block = block;
        this.statements = owner.statements();
    }

    /** Runs where no earlier condition of this block holds and this one does. */
    public When elseWhen(Bool condition, Runnable body) {
        owner.branch(block, owner.resolve(condition), body, statements);
        statements = owner.statements();
        return this;
    }

    /** Runs where no condition of this block holds. */
    public void otherwise(Runnable body) {
        owner.lastBranch(block, body, statements);
    }
}
