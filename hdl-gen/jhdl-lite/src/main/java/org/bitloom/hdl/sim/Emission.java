package org.bitloom.hdl.sim;

import static org.bitloom.hdl.sim.Code.Op.GOTO;
import static org.bitloom.hdl.sim.Code.Op.IADD;
import static org.bitloom.hdl.sim.Code.Op.I2L;
import static org.bitloom.hdl.sim.Code.Op.L2I;
import static org.bitloom.hdl.sim.Code.Op.LALOAD;
import static org.bitloom.hdl.sim.Code.Op.LASTORE;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;

/**
 * Where the values of one phase are while its code is written. A value of at most 64 bits is a long in a local, a wider
 * one a run of limbs in the state whose index is an int. A local lives until the end of the branch in which it was set,
 * at most to the end of the method; what is needed in the next method of the same phase is spilled to scratch words.
 *
 * <p>A value is pushed exactly as often as it is used, so that its last use is known: state that has still to be read
 * is saved before it changes ({@link #protect}).
 */
final class Emission {
    private static final ClassDesc PROGRAM = ClassDesc.of("org.bitloom.hdl.sim.Program");
    private static final int NONE = -1;

    final ProgramBuilder program;
    final ModulePlan plan;
    final ModuleGraph graph;
    final Phase phase;
    private final PhaseMethods methods;
    private final List<String> parts = new ArrayList<>();
    private final int[] remaining;
    private final int[] local;
    private final int[] spill;
    private final int[] moved;
    private final BitSet emitted = new BitSet();
    private final BitSet overwritten = new BitSet();
    private final List<List<Integer>> scopes = new ArrayList<>();
    private int live;
    private int scratch;
    private Code code;

    Emission(ProgramBuilder program, ModulePlan plan, Phase phase) {
        this.program = program;
        this.plan = plan;
        this.graph = plan.graph;
        this.phase = phase;
        this.scratch = plan.scratchBegin();
        this.methods = new PhaseMethods(program, plan, phase);
        this.remaining = new int[graph.vertices()];
        this.local = filled();
        this.spill = filled();
        this.moved = filled();
        open();
    }

    private int[] filled() {
        int[] array = new int[graph.vertices()];
        Arrays.fill(array, NONE);
        return array;
    }

    Code code() {
        return code;
    }

    // ---- uses

    /** Announces one more use. */
    void expect(int v) {
        remaining[v]++;
    }

    int remaining(int v) {
        return remaining[v];
    }

    void use(int v) {
        if (--remaining[v] == 0 && local[v] != NONE) {
            live--;
        }
    }

    /** Whether this phase computes the vertex: it belongs here, or is a pointer that has to be followed again. */
    boolean isComputed(int v) {
        return !plan.isLeaf(v)
                && (plan.phaseOf(v) == phase.index()
                        || !graph.isCall(v) && plan.home(v) < 0 && graph.isPointer(v));
    }

    boolean isEmitted(int v) {
        return emitted.get(v);
    }

    void setEmitted(int v) {
        emitted.set(v);
    }

    // ---- methods

    private void open() {
        code = methods.open();
        scopes.clear();
        scopes.add(new ArrayList<>());
        live = 0;
    }

    /** Between statements outside of branches: goes on in a new method if one of so many bytes has no room in this. */
    void makeRoom(int bytes) {
        if (code.size() > 0 && code.size() + bytes + 12 * live + 20 > program.methodBytes()) {
            spillAll();
            parts.add(methods.close(code));
            open();
        }
    }

    /** Ends the phase. */
    void finish() {
        methods.finish(parts, code);
        program.reserveScratch(scratch);
        plan.reserveScratch(scratch);
    }

    /** Between statements outside of branches: writes statements into methods of their own, called in a branch. */
    void outline(Runnable statements, Runnable branch, Runnable end) {
        spillAll();
        Code outer = code;
        List<String> outerParts = new ArrayList<>(parts);
        parts.clear();
        open();
        statements.run();
        parts.add(methods.close(code));
        dropScope(scopes.getFirst());
        List<String> inner = List.copyOf(parts);
        parts.clear();
        parts.addAll(outerParts);
        code = outer;
        branch.run();
        inner.forEach(part -> methods.call(code, part));
        end.run();
    }

    private void spillAll() {
        for (int v : scopes.getFirst()) {
            if (remaining[v] > 0 && spill[v] == NONE && !isElsewhere(v)) {
                spill[v] = newScratch(1);
                code.state();
                code.scratch(spill[v]);
                if (graph.isWide(v)) {
                    code.loadInt(local[v]);
                    code.op(I2L);
                } else {
                    code.load(local[v]);
                }
                code.op(LASTORE);
            }
        }
        dropScope(scopes.getFirst());
    }

    /** Whether the value can be had again without its local. */
    private boolean isElsewhere(int v) {
        return plan.isLeaf(v) ? !overwritten.get(v) : plan.home(v) >= 0 && !graph.isPointer(v);
    }

    int newScratch(int limbs) {
        scratch += limbs;
        return scratch - limbs;
    }

    /** What is remembered in locals within a branch is forgotten behind it. */
    void branch(Runnable statements) {
        scopes.add(new ArrayList<>());
        statements.run();
        dropScope(scopes.removeLast());
    }

    private void dropScope(List<Integer> scope) {
        for (int v : scope) {
            if (remaining[v] > 0 && local[v] != NONE) {
                live--;
            }
            local[v] = NONE;
        }
        scope.clear();
    }

    private void remember(int v, int place) {
        local[v] = place;
        scopes.getLast().add(v);
        if (remaining[v] > 0) {
            live++;
        }
    }

    boolean atRoot() {
        return scopes.size() == 1;
    }

    // ---- values of at most 64 bits

    /** The long on the stack is the value. */
    void define(int v) {
        remember(v, code.newLong());
        code.store(local[v]);
    }

    /** Without counting a use. */
    void loadLocal(int v) {
        code.load(local[v]);
    }

    /** Pushes a value that exists already, and counts the use. */
    void push(int v) {
        use(v);
        BitVector constant = graph.constant(v);
        if (constant != null) {
            program.push(code, constant.toLong());
        } else if (local[v] != NONE) {
            code.load(local[v]);
        } else if (spill[v] != NONE) {
            code.state();
            code.scratch(spill[v]);
            code.op(LALOAD);
            keep(v);
        } else if (graph.node(v) instanceof Node.Input n && methods.argument(n.port()) != NONE) {
            code.load(methods.argument(n.port()));
        } else {
            pushSlot(offset(v));
            keep(v);
        }
    }

    private void keep(int v) {
        if (remaining[v] > 0) {
            code.op(Code.Op.DUP2);
            define(v);
        }
    }

    /** Where in the occurrence's state a vertex lies. */
    private int offset(int v) {
        if (graph.node(v) instanceof Node.Input n) {
            return plan.inputSlot[n.port()];
        }
        if (plan.isLeaf(v)) {
            if (overwritten.get(v)) {
                throw new IllegalStateException("state is read after it has changed");
            }
            return plan.state(v).offset();
        }
        if (plan.home(v) < 0) {
            throw new IllegalStateException("value without a place: " + graph.node(v));
        }
        return plan.home(v);
    }

    private void pushSlot(int offset) {
        pushWord(offset);
        code.op(LALOAD);
    }

    /** Pushes the state and the index of a word of this occurrence. */
    void pushWord(int offset) {
        code.state();
        pushAddress(offset);
    }

    void pushAddress(int offset) {
        code.base();
        if (offset != 0) {
            code.constant(offset);
            code.op(IADD);
        }
    }

    // ---- wider values

    /** The int on the stack says where the value lies. */
    void defineLocation(int v) {
        remember(v, code.newInt());
        code.storeInt(local[v]);
    }

    /** The value lies in scratch words from now on. */
    void move(int v, int scratchOffset) {
        moved[v] = scratchOffset;
    }

    boolean isMoved(int v) {
        return moved[v] != NONE;
    }

    void pushLocation(int v) {
        use(v);
        pushLocationAgain(v);
    }

    /** Without counting a use. */
    void pushLocationAgain(int v) {
        BitVector constant = graph.constant(v);
        if (constant != null) {
            code.constant(program.constant(constant));
        } else if (moved[v] != NONE) {
            code.scratch(moved[v]);
        } else if (local[v] != NONE) {
            code.loadInt(local[v]);
        } else if (spill[v] != NONE) {
            code.state();
            code.scratch(spill[v]);
            code.op(LALOAD);
            code.op(L2I);
        } else if (graph.node(v) instanceof Node.Input n) {
            if (methods.argument(n.port()) != NONE) {
                code.loadInt(methods.argument(n.port()));
            } else {
                pushSlot(plan.inputSlot[n.port()]);
                code.op(L2I);
            }
        } else if (plan.isLeaf(v) && plan.state(v).located()) {
            pushSlot(offset(v));
            code.op(L2I);
        } else {
            pushAddress(offset(v));
        }
    }

    /** Pushes one limb, without counting a use. */
    void pushLimb(int v, int limb) {
        code.state();
        pushLocationAgain(v);
        if (limb != 0) {
            code.constant(limb);
            code.op(IADD);
        }
        code.op(LALOAD);
    }

    /** Copies the value to scratch words, where it stays when the place changes in which it lies. */
    void saveLimbs(int v) {
        int limbs = BitVector.limbCount(graph.width(v));
        int to = newScratch(limbs);
        code.state();
        code.scratch(to);
        pushLocationAgain(v);
        code.constant(limbs);
        invoke(LimbMoves.NAME, "copy", "([JIII)V");
        move(v, to);
    }

    /** Before state changes: what has still to be read of it is kept elsewhere. */
    void protect(int source) {
        if (remaining[source] > 0 && !overwritten.get(source)) {
            if (!graph.isWide(source)) {
                if (local[source] == NONE && spill[source] == NONE) {
                    pushSlot(offset(source));
                    define(source);
                }
            } else if (plan.state(source).located()) {
                if (local[source] == NONE && spill[source] == NONE) {
                    pushLocationAgain(source);
                    defineLocation(source);
                }
            } else if (moved[source] == NONE) {
                saveLimbs(source);
            }
        }
        overwritten.set(source);
    }

    void invoke(ClassDesc owner, String method, String descriptor) {
        code.invoke(new Code.Callee(owner, method, MethodTypeDesc.ofDescriptor(descriptor)));
    }

    static Code.Callee failure(String descriptor) {
        return new Code.Callee(PROGRAM, "fail", MethodTypeDesc.ofDescriptor(descriptor));
    }

    void jump(int label) {
        code.jump(GOTO, label);
    }

    /** The vertex of an enable, {@link Netlist#ALWAYS} if it is constantly on; empty if constantly off. */
    OptionalInt enable(int node) {
        if (node == Netlist.ALWAYS) {
            return OptionalInt.of(node);
        }
        int v = graph.canonical(node);
        BitVector constant = graph.constant(v);
        return constant == null
                ? OptionalInt.of(v)
                : constant.isZero() ? OptionalInt.empty() : OptionalInt.of(Netlist.ALWAYS);
    }
}
