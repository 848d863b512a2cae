package org.bitloom.hdl.sim;

import static org.bitloom.hdl.sim.Code.Op.IADD;
import static org.bitloom.hdl.sim.Code.Op.I2L;
import static org.bitloom.hdl.sim.Code.Op.IFEQ;
import static org.bitloom.hdl.sim.Code.Op.ISUB;
import static org.bitloom.hdl.sim.Code.Op.LALOAD;
import static org.bitloom.hdl.sim.Code.Op.LASTORE;

import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.sim.ClockStep.Region;

/** Code of single changes of state; what has still to be read of the old state is saved first. */
final class Commits {
    private final Statements statements;
    private final Emission e;
    private final ModuleGraph graph;
    private final ModulePlan plan;
    private final NarrowOperators narrow;

    Commits(Statements statements) {
        this.statements = statements;
        this.e = statements.e;
        this.graph = statements.graph;
        this.plan = statements.plan;
        this.narrow = statements.narrow;
    }

    /** The vertex that shows the state which changes, or −1. */
    static int source(Commit commit) {
        return switch (commit) {
            case Commit.Register r -> r.definition().node();
            case Commit.Delay d -> d.definition().node();
            case Commit.Read r -> r.definition().node();
            case Commit.Write _ -> -1;
        };
    }

    int bytes(Commit commit) {
        int bytes = 80;
        for (int node : commit.values()) {
            int v = graph.canonical(node);
            bytes += 16 + (statements.inlining.isInline(v) ? statements.inlining.bytes(v) : 0);
        }
        int source = source(commit);
        return source >= 0 && graph.isWide(source) ? bytes + 200 : bytes;
    }

    /** Computes all that a change needs, apart from what is written in place. */
    void requireOperands(Commit commit) {
        for (int node : commit.values()) {
            int v = graph.canonical(node);
            if (commit instanceof Commit.Register && canBeInPlace(v)) {
                statements.visit(v, operand -> {
                    if (operand != v) {
                        statements.compute(operand);
                    }
                });
            } else {
                statements.require(v);
            }
        }
    }

    boolean isComputedInPlace(int v, Region region) {
        return canBeInPlace(v)
                && region.commits().stream()
                        .anyMatch(commit -> commit instanceof Commit.Register r
                                && graph.canonical(r.definition().next()) == v);
    }

    /**
     * Whether a wide value can be written right into the register that alone uses it. The operands have its width, so
     * they lie exactly where the register lies, or elsewhere.
     */
    private boolean canBeInPlace(int v) {
        return graph.isWide(v)
                && statements.isPending(v)
                && !graph.isPointer(v)
                && plan.home(v) < 0
                && e.remaining(v) == 1
                && statements.wide.worksInPlace(v);
    }

    void commit(Commit commit, int step) {
        switch (commit) {
            case Commit.Register r -> register(r, step);
            case Commit.Delay d -> delay(d);
            case Commit.Read r -> read(r, step);
            case Commit.Write w -> write(w, step);
        }
    }

    private void save(int source, int step) {
        e.protect(source);
        if (graph.isWide(source)) {
            statements.savePointers(step, pointer -> e.remaining(pointer) > 0);
        }
    }

    private void register(Commit.Register r, int step) {
        int source = r.definition().node();
        int offset = plan.layout.registers[r.index()];
        int next = graph.canonical(r.definition().next());
        if (!graph.isWide(source)) {
            e.pushWord(offset);
            narrow.push(next);
            save(source, step);
            e.code().op(LASTORE);
        } else if (canBeInPlace(next)) {
            e.use(next);
            e.setEmitted(next);
            statements.wide.compute(next, () -> e.pushAddress(offset), () -> save(source, step));
        } else {
            e.pushWord(offset);
            e.pushLocation(next);
            save(source, step);
            copy(r.definition().width());
        }
    }

    private void copy(int width) {
        e.code().constant(BitVector.limbCount(width));
        e.invoke(LimbMoves.NAME, "copy", "([JIII)V");
    }

    private void delay(Commit.Delay d) {
        DelayDefinition definition = d.definition();
        e.pushWord(plan.layout.delays[d.index()]);
        int input = graph.canonical(definition.input());
        if (graph.isWide(input)) {
            e.code().constant(definition.cycles());
            e.code().constant(BitVector.limbCount(definition.width()));
            e.pushLocation(input);
            e.protect(definition.node());
            e.invoke(LimbMoves.NAME, "delay", "([JIIII)V");
        } else if (definition.cycles() == 1) {
            narrow.push(input);
            e.protect(definition.node());
            e.code().op(LASTORE);
        } else {
            e.code().constant(definition.cycles() - 1);
            narrow.push(input);
            e.protect(definition.node());
            e.invoke(LimbMoves.NAME, "delay", "([JIIJ)V");
        }
    }

    private void read(Commit.Read r, int step) {
        MemoryDefinition memory = graph.module.memories().get(r.memory());
        int source = r.definition().node();
        e.pushWord(plan.layout.reads[r.memory()][r.port()]);
        if (memory.wordWidth() <= 64) {
            e.code().state();
            statements.wide.word(r.memory(), r.definition().address());
            e.code().op(LALOAD);
            save(source, step);
            e.code().op(LASTORE);
        } else if (StateLayout.isLocated(memory)) {
            statements.wide.word(r.memory(), r.definition().address());
            e.code().op(I2L);
            e.protect(source);
            e.code().op(LASTORE);
        } else {
            statements.wide.word(r.memory(), r.definition().address());
            save(source, step);
            copy(memory.wordWidth());
        }
    }

    private void write(Commit.Write w, int step) {
        MemoryDefinition memory = graph.module.memories().get(w.memory());
        int limbs = BitVector.limbCount(memory.wordWidth());
        Code code = e.code();
        int data = graph.canonical(w.definition().data());
        int address = code.newInt();
        narrow.pushBounded(w.definition().address(), memory.depth());
        code.storeInt(address);
        int end = code.newLabel();
        if (CheckPoint.canExceed(graph.module, w.definition().address(), memory)) {
            code.loadInt(address);
            code.constant(memory.depth());
            code.op(ISUB);
            code.jump(IFEQ, end);
        }
        e.branch(() -> {
            e.pushWord(plan.layout.memories[w.memory()]);
            code.loadInt(address);
            narrow.scale(limbs);
            code.op(IADD);
            if (limbs == 1) {
                narrow.push(data);
                code.op(LASTORE);
            } else {
                e.pushLocation(data);
                statements.savePointers(step, pointer -> e.remaining(pointer) > 0);
                copy(memory.wordWidth());
            }
        });
        code.label(end);
    }
}
