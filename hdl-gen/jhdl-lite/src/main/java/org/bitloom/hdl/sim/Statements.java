package org.bitloom.hdl.sim;

import static org.bitloom.hdl.sim.Code.Op.I2L;
import static org.bitloom.hdl.sim.Code.Op.LASTORE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Node;
import org.jspecify.annotations.Nullable;

/**
 * Writes the code of one phase statement by statement: a statement computes one vertex that is not inline, or calls.
 */
final class Statements {
    final Emission e;
    final ModuleGraph graph;
    final ModulePlan plan;
    final Inlining inlining;
    final NarrowOperators narrow;
    final WideOperators wide;
    /** Pointers into state that may change, as long as they may be used. */
    private final List<Integer> pointers = new ArrayList<>();
    private final @Nullable BitSet[] targets;
    private final int[] owner;
    private final int[] seen;
    private int visits;
    private int[] stack = new int[64];
    private int[] next = new int[64];

    /** @param owner for each vertex which state it shows changes by which step, as far as pointers may lead there */
    Statements(Emission e, int[] owner) {
        this.e = e;
        this.graph = e.graph;
        this.plan = e.plan;
        this.owner = owner;
        this.inlining = new Inlining(e);
        this.narrow = new NarrowOperators(e, inlining);
        this.wide = new WideOperators(e, narrow);
        this.seen = new int[graph.vertices()];
        this.targets = new BitSet[graph.vertices()];
    }

    /** Counts all uses in a phase: by its vertices, by pointers that it follows again, and by the roots given. */
    static void expectUses(Emission e, List<Integer> roots) {
        ModuleGraph graph = e.graph;
        List<Integer> open = new ArrayList<>();
        BitSet followed = new BitSet();
        for (int v : e.phase.vertices()) {
            expectOperands(e, v, open, followed);
        }
        for (int root : roots) {
            expect(e, graph.canonical(root), open, followed);
        }
        for (int i = 0; i < open.size(); i++) {
            expectOperands(e, open.get(i), open, followed);
        }
    }

    private static void expectOperands(Emission e, int v, List<Integer> open, BitSet followed) {
        for (int i = e.graph.edgesBegin(v); i < e.graph.edgesEnd(v); i++) {
            expect(e, e.graph.edge(i), open, followed);
        }
    }

    private static void expect(Emission e, int v, List<Integer> open, BitSet followed) {
        if (e.graph.isCall(v)) {
            return;
        }
        e.expect(v);
        if (e.isComputed(v) && e.plan.phaseOf(v) != e.phase.index() && !followed.get(v)) {
            followed.set(v);
            open.add(v);
        }
    }

    /** Computes what a vertex needs and the vertex itself, unless it is inline. */
    void require(int vertex) {
        if (isPending(vertex)) {
            visit(vertex, this::compute);
        }
    }

    boolean isPending(int v) {
        return e.isComputed(v) && !e.isEmitted(v);
    }

    /** Shows each pending vertex under this one, that is not inline, after those it needs. */
    void visit(int root, IntConsumer action) {
        stack[0] = root;
        next[0] = graph.edgesBegin(root);
        seen[root] = ++visits;
        int depth = 1;
        while (depth > 0) {
            int v = stack[depth - 1];
            if (next[depth - 1] == graph.edgesEnd(v)) {
                depth--;
                if (!inlining.isInline(v)) {
                    action.accept(v);
                }
                continue;
            }
            int operand = graph.edge(next[depth - 1]++);
            if (seen[operand] != visits && isPending(operand)) {
                if (depth == stack.length) {
                    stack = Arrays.copyOf(stack, 2 * depth);
                    next = Arrays.copyOf(next, 2 * depth);
                }
                seen[operand] = visits;
                stack[depth] = operand;
                next[depth++] = graph.edgesBegin(operand);
            }
        }
    }

    /** The statement of a vertex whose operands are there. */
    void compute(int v) {
        if (e.atRoot()) {
            e.makeRoom(inlining.bytes(v));
        }
        e.setEmitted(v);
        boolean hasHome = !graph.isCall(v) && plan.home(v) >= 0;
        if (graph.isCall(v)) {
            call(v);
        } else if (graph.node(v) instanceof Node.InstanceOutput) {
            return;
        } else if (!graph.isWide(v)) {
            computeNarrow(v, hasHome);
        } else if (graph.isPointer(v)) {
            wide.pushPointer(v);
            e.defineLocation(v);
            note(v);
            if (hasHome) {
                copyTo(() -> e.pushAddress(plan.home(v)), v);
            }
        } else if (hasHome) {
            wide.compute(v, () -> e.pushAddress(plan.home(v)), () -> {});
        } else {
            int scratch = e.newScratch(BitVector.limbCount(graph.width(v)));
            wide.compute(v, () -> e.code().scratch(scratch), () -> {});
            e.move(v, scratch);
        }
    }

    private void computeNarrow(int v, boolean hasHome) {
        if (!hasHome) {
            narrow.compute(v);
            e.define(v);
            return;
        }
        if (e.remaining(v) == 0) {
            e.pushWord(plan.home(v));
            narrow.compute(v);
        } else {
            narrow.compute(v);
            e.define(v);
            e.pushWord(plan.home(v));
            e.loadLocal(v);
        }
        e.code().op(LASTORE);
    }

    /** Copies limbs without counting a use. */
    void copyTo(WideOperators.Place to, int v) {
        e.code().state();
        to.push();
        e.pushLocationAgain(v);
        e.code().constant(BitVector.limbCount(graph.width(v)));
        e.invoke(LimbMoves.NAME, "copy", "([JIII)V");
    }

    /** Calls a phase of an instance. */
    void call(int call) {
        int instance = graph.instance(call);
        ModulePlan child = graph.children[instance];
        Phase phase = graph.phase(call);
        List<Integer> drivers = graph.module.instances().get(instance).inputs();
        Code code = e.code();
        phase.inputs().stream().filter(port -> child.inputSlot[port] >= 0).forEach(port -> {
            e.pushWord(plan.childOffset[instance] + child.inputSlot[port]);
            pushArgument(drivers.get(port));
            if (graph.isWide(graph.canonical(drivers.get(port)))) {
                code.op(I2L);
            }
            code.op(LASTORE);
        });
        code.state();
        e.pushAddress(plan.childOffset[instance]);
        phase.inputs().stream()
                .filter(port -> child.inputSlot[port] < 0)
                .forEach(port -> pushArgument(drivers.get(port)));
        code.invoke(new Code.Callee(null, phase.method(), child.type(phase)));
    }

    private void pushArgument(int driver) {
        int v = graph.canonical(driver);
        if (graph.isWide(v)) {
            e.pushLocation(v);
        } else {
            narrow.push(v);
        }
    }

    // ---- pointers

    /** Remembers a pointer that may lead to state that changes. */
    private void note(int pointer) {
        BitSet all = new BitSet();
        for (int i = graph.edgesBegin(pointer); i < graph.edgesEnd(pointer); i++) {
            all.or(targets(graph.edge(i)));
        }
        if (owner[pointer] >= 0) {
            all.set(owner[pointer]);
        }
        if (!all.isEmpty()) {
            targets[pointer] = all;
            pointers.add(pointer);
        }
    }

    /** The steps that change what a wide value may lie in. */
    BitSet targets(int v) {
        BitSet result = new BitSet();
        if (!graph.isCall(v) && graph.isWide(v) && !e.isMoved(v)) {
            BitSet known = targets[v];
            if (known != null) {
                result.or(known);
            } else if (owner[v] >= 0) {
                result.set(owner[v]);
            }
        }
        return result;
    }

    /** Before a step changes state: values at which pointers lead there, and that are still to be used, are copied. */
    void savePointers(int step, IntPredicate isUsedAfter) {
        pointers.removeIf(pointer -> e.remaining(pointer) == 0);
        for (int pointer : pointers) {
            if (!e.isMoved(pointer) && targets(pointer).get(step) && isUsedAfter.test(pointer)) {
                e.saveLimbs(pointer);
            }
        }
    }
}
