package org.bitloom.hdl.sim;

import static org.bitloom.hdl.sim.Code.Op.IADD;
import static org.bitloom.hdl.sim.Code.Op.I2L;
import static org.bitloom.hdl.sim.Code.Op.IFEQ;
import static org.bitloom.hdl.sim.Code.Op.IFNE;
import static org.bitloom.hdl.sim.Code.Op.IMUL;
import static org.bitloom.hdl.sim.Code.Op.L2I;
import static org.bitloom.hdl.sim.Code.Op.LADD;
import static org.bitloom.hdl.sim.Code.Op.LALOAD;
import static org.bitloom.hdl.sim.Code.Op.LAND;
import static org.bitloom.hdl.sim.Code.Op.LCMP;
import static org.bitloom.hdl.sim.Code.Op.LMUL;
import static org.bitloom.hdl.sim.Code.Op.LNEG;
import static org.bitloom.hdl.sim.Code.Op.LOR;
import static org.bitloom.hdl.sim.Code.Op.LSHL;
import static org.bitloom.hdl.sim.Code.Op.LSHR;
import static org.bitloom.hdl.sim.Code.Op.LSUB;
import static org.bitloom.hdl.sim.Code.Op.LUSHR;
import static org.bitloom.hdl.sim.Code.Op.LXOR;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Node;

/**
 * Code of operators whose result has at most 64 bits: it leaves a long on the stack whose bits above the width are
 * zero. A value with one use is computed where it is used ({@link Inlining}); comparisons do without branches.
 */
final class NarrowOperators {
    static final Code.Callee BIT_COUNT =
            new Code.Callee(ClassDesc.of("java.lang.Long"), "bitCount", MethodTypeDesc.ofDescriptor("(J)I"));

    private final Emission e;
    private final ModuleGraph graph;
    private final Inlining inlining;
    private final BitTests tests;

    NarrowOperators(Emission emission, Inlining inlining) {
        this.e = emission;
        this.graph = emission.graph;
        this.inlining = inlining;
        this.tests = new BitTests(emission, this);
    }

    /** Pushes an operand, by its node, and counts the use. */
    void push(int node) {
        int v = graph.canonical(node);
        if (inlining.isInline(v)) {
            e.use(v);
            compute(v);
        } else {
            e.push(v);
        }
    }

    /** Pushes a value as the signed number that it stands for. */
    void pushSigned(int node) {
        push(node);
        int unused = 64 - graph.width(graph.canonical(node));
        if (unused > 0) {
            e.code().constant(unused);
            e.code().op(LSHL);
            e.code().constant(unused);
            e.code().op(LSHR);
        }
    }

    /** Pushes an unsigned value as an int, {@code limit} if it is greater. */
    void pushBounded(int node, int limit) {
        int v = graph.canonical(node);
        int width = graph.width(v);
        if (width > 64) {
            e.code().state();
            e.pushLocation(v);
            e.code().constant(width);
            e.code().constant(limit);
            e.invoke(LimbMoves.NAME, "bounded", "([JIII)I");
        } else {
            push(v);
            if (width < 31 && 1 << width <= limit + 1) {
                e.code().op(L2I);
            } else {
                e.code().constant(limit);
                e.invoke(LimbMoves.NAME, "bounded", "(JI)I");
            }
        }
    }

    /** Jumps where a bit is 0, or where it is 1. */
    void jump(int node, boolean whenOne, int label) {
        int v = graph.canonical(node);
        Code code = e.code();
        if (inlining.isInline(v) && graph.node(v) instanceof Node.Equal n && !graph.isWide(graph.canonical(n.left()))) {
            e.use(v);
            push(n.left());
            push(n.right());
            code.op(LCMP);
            code.jump(whenOne ? IFEQ : IFNE, label);
        } else if (inlining.isInline(v) && graph.node(v) instanceof Node.Not n) {
            e.use(v);
            jump(n.operand(), !whenOne, label);
        } else {
            push(v);
            code.op(L2I);
            code.jump(whenOne ? IFNE : IFEQ, label);
        }
    }

    /** Leaves the value of the vertex on the stack. */
    void compute(int v) {
        Code code = e.code();
        int width = graph.width(v);
        switch (graph.node(v)) {
            case Node.Not n -> {
                push(n.operand());
                e.program.push(code, Limbs.top(width));
                code.op(LXOR);
            }
            case Node.Bitwise n -> {
                push(n.left());
                push(n.right());
                code.op(switch (n.operator()) {
                    case AND -> LAND;
                    case OR -> LOR;
                    case XOR, XNOR -> LXOR;
                });
                if (n.operator() == Node.BitOperator.XNOR) {
                    e.program.push(code, Limbs.top(width));
                    code.op(LXOR);
                }
            }
            case Node.Reduce n -> tests.reduce(n);
            case Node.Add n -> {
                push(n.left());
                push(n.right());
                code.op(LADD);
                mask(width);
            }
            case Node.Subtract n -> {
                push(n.left());
                push(n.right());
                code.op(LSUB);
                mask(width);
            }
            case Node.Multiply n -> {
                number(n.signed(), n.left());
                number(n.signed(), n.right());
                code.op(LMUL);
                if (n.signed()) {
                    mask(width);
                }
            }
            case Node.Equal n -> tests.equal(n);
            case Node.Less n -> tests.less(n);
            case Node.Mux n -> {
                int otherwise = code.newLabel();
                int end = code.newLabel();
                jump(n.condition(), false, otherwise);
                e.branch(() -> push(n.whenTrue()));
                e.jump(end);
                code.label(otherwise);
                e.branch(() -> push(n.whenFalse()));
                code.label(end);
            }
            case Node.Shift n -> shift(n);
            case Node.Slice n -> slice(n);
            case Node.Concat n -> {
                push(n.parts().getFirst());
                for (int part : n.parts().subList(1, n.parts().size())) {
                    code.constant(graph.width(graph.canonical(part)));
                    code.op(LSHL);
                    push(part);
                    code.op(LOR);
                }
            }
            case Node.Extend n -> {
                number(n.signed(), n.operand());
                if (n.signed()) {
                    mask(width);
                }
            }
            case Node.PopCount n -> popCount(n);
            case Node.Sum n -> sum(n);
            case Node.Select n -> select(n);
            case Node.MemoryRead n -> {
                MemoryDefinition memory = graph.module.memories().get(n.memory());
                e.pushWord(e.plan.layout.memories[n.memory()]);
                pushBounded(memory.reads().get(n.port()).address(), memory.depth());
                code.op(IADD);
                code.op(LALOAD);
            }
            case Node.Constant _, Node.Input _, Node.Wire _, Node.Register _, Node.Delayed _, Node.InstanceOutput _ ->
                throw new IllegalStateException("nothing to compute: " + graph.node(v));
        }
    }

    /** Pushes a value as the number that it stands for. */
    void number(boolean signed, int node) {
        if (signed) {
            pushSigned(node);
        } else {
            push(node);
        }
    }

    /** Clears the bits above the width of the long on the stack. */
    void mask(int width) {
        if (width < 64) {
            e.program.push(e.code(), Limbs.top(width));
            e.code().op(LAND);
        }
    }

    private void shift(Node.Shift n) {
        Code code = e.code();
        number(n.kind() == Node.ShiftKind.RIGHT_ARITHMETIC, n.operand());
        int amountWidth = graph.width(graph.canonical(n.amount()));
        pushBounded(n.amount(), Math.max(n.width(), 63));
        boolean bounded = amountWidth <= 6;
        switch (n.kind()) {
            case LEFT -> shift(bounded, LSHL, "shiftLeft");
            case RIGHT_LOGICAL -> shift(bounded, LUSHR, "shiftRight");
            case RIGHT_ARITHMETIC -> shift(bounded, LSHR, "shiftRightArithmetic");
        }
        if (n.kind() != Node.ShiftKind.RIGHT_LOGICAL) {
            mask(n.width());
        }
    }

    private void shift(boolean bounded, Code.Op op, String method) {
        if (bounded) {
            e.code().op(op);
        } else {
            e.invoke(LimbMoves.NAME, method, "(JI)J");
        }
    }

    private void slice(Node.Slice n) {
        Code code = e.code();
        int operand = graph.canonical(n.operand());
        int operandWidth = graph.width(operand);
        int width = n.width();
        if (operandWidth <= 64) {
            push(operand);
            shiftDown(n.low());
            if (n.high() < operandWidth - 1) {
                mask(width);
            }
            return;
        }
        int limb = n.low() >>> 6;
        int low = n.low() & 63;
        e.pushLimb(operand, limb);
        shiftDown(low);
        if (low + width > 64) {
            e.pushLimb(operand, limb + 1);
            code.constant(64 - low);
            code.op(LSHL);
            code.op(LOR);
        }
        e.use(operand);
        boolean toTheTop = low + width == 64 || n.high() == operandWidth - 1 && low + width <= 64;
        if (!toTheTop) {
            mask(width);
        }
    }

    private void shiftDown(int amount) {
        if (amount > 0) {
            e.code().constant(amount);
            e.code().op(LUSHR);
        }
    }

    private void popCount(Node.PopCount n) {
        Code code = e.code();
        int operand = graph.canonical(n.operand());
        int width = graph.width(operand);
        if (width <= 64) {
            push(operand);
            code.invoke(BIT_COUNT);
            code.op(I2L);
            return;
        }
        code.state();
        if (inlining.isInline(operand) && graph.node(operand) instanceof Node.Bitwise b) {
            e.use(operand);
            e.pushLocation(graph.canonical(b.left()));
            e.pushLocation(graph.canonical(b.right()));
            code.constant(width);
            e.invoke(
                    Limbs.NAME,
                    switch (b.operator()) {
                        case AND -> "popCountAnd";
                        case OR -> "popCountOr";
                        case XOR -> "popCountXor";
                        case XNOR -> "popCountXnor";
                    },
                    "([JIII)J");
        } else {
            e.pushLocation(operand);
            code.constant(width);
            e.invoke(Limbs.NAME, "popCount", "([JII)J");
        }
    }

    private void sum(Node.Sum n) {
        Code code = e.code();
        List<Integer> terms = n.terms();
        for (int i = 0; i < terms.size(); i++) {
            int term = graph.canonical(terms.get(i));
            if (graph.isWide(term)) {
                e.pushLimb(term, 0);
                e.use(term);
            } else {
                number(n.signed(), term);
            }
            if (i > 0) {
                code.op(LADD);
            }
        }
        mask(n.width());
    }

    private void select(Node.Select n) {
        Code code = e.code();
        int last = n.values().size() - 1;
        if (graph.isTable(n)) {
            code.state();
            pushBounded(n.index(), last);
            code.constant(e.program.table(table(n)));
            code.op(IADD);
            code.op(LALOAD);
            return;
        }
        selectBranches(n, value -> push(value));
    }

    List<BitVector> table(Node.Select n) {
        return n.values().stream().map(v -> graph.constant(graph.canonical(v))).toList();
    }

    /** Jumps to the code of the value that the index chooses. */
    void selectBranches(Node.Select n, java.util.function.IntConsumer push) {
        Code code = e.code();
        pushBounded(n.index(), n.values().size() - 1);
        int[] labels = n.values().stream().mapToInt(_ -> code.newLabel()).toArray();
        int end = code.newLabel();
        code.tableSwitch(labels);
        for (int i = 0; i < labels.length; i++) {
            code.label(labels[i]);
            int value = n.values().get(i);
            e.branch(() -> push.accept(value));
            if (i < labels.length - 1) {
                e.jump(end);
            }
        }
        code.label(end);
    }

    /** The int on the stack times a constant. */
    void scale(int factor) {
        if (factor > 1) {
            e.code().constant(factor);
            e.code().op(IMUL);
        }
    }
}
