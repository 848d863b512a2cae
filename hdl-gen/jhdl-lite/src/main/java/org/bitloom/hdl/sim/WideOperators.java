package org.bitloom.hdl.sim;

import static org.bitloom.hdl.sim.Code.Op.IADD;
import static org.bitloom.hdl.sim.Code.Op.LASTORE;

import java.lang.constant.ClassDesc;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Node;

/**
 * Code of operators whose result has more than 64 bits. What is computed is written to a place; what only lies where
 * something else lies, a pointer, leaves an int on the stack.
 */
final class WideOperators {
    /** Words of the state that take a result. */
    interface Place {
        void push();
    }

    private final Emission e;
    private final ModuleGraph graph;
    private final NarrowOperators narrow;

    WideOperators(Emission emission, NarrowOperators narrow) {
        this.e = emission;
        this.graph = emission.graph;
        this.narrow = narrow;
    }

    /** Whether the operator may write to the very place of an operand, in one call. */
    boolean worksInPlace(int v) {
        return switch (graph.node(v)) {
            case Node.Not _, Node.Bitwise _, Node.Add _, Node.Subtract _ -> true;
            default -> false;
        };
    }

    void pushPointer(int v) {
        Code code = e.code();
        switch (graph.node(v)) {
            case Node.Mux n -> {
                int otherwise = code.newLabel();
                int end = code.newLabel();
                narrow.jump(n.condition(), false, otherwise);
                location(n.whenTrue());
                e.jump(end);
                code.label(otherwise);
                location(n.whenFalse());
                code.label(end);
            }
            case Node.Select n when graph.isTable(n) -> {
                narrow.pushBounded(n.index(), n.values().size() - 1);
                narrow.scale(BitVector.limbCount(n.width()));
                code.constant(e.program.table(narrow.table(n)));
                code.op(IADD);
            }
            case Node.Select n -> narrow.selectBranches(n, this::location);
            case Node.Slice n -> {
                location(n.operand());
                if (n.low() > 0) {
                    code.constant(n.low() >>> 6);
                    code.op(IADD);
                }
            }
            case Node.MemoryRead n -> {
                MemoryDefinition memory = graph.module.memories().get(n.memory());
                word(n.memory(), memory.reads().get(n.port()).address());
            }
            case Node n -> throw new IllegalStateException("not a pointer: " + n);
        }
    }

    /** Pushes where a word of a memory lies; beyond the depth the word that is 0. */
    void word(int memory, int address) {
        MemoryDefinition definition = graph.module.memories().get(memory);
        e.pushAddress(e.plan.layout.memories[memory]);
        narrow.pushBounded(address, definition.depth());
        narrow.scale(BitVector.limbCount(definition.wordWidth()));
        e.code().op(IADD);
    }

    /** @param beforeWriting is run when all operands are on the stack, for those that work in place */
    void compute(int v, Place to, Runnable beforeWriting) {
        Code code = e.code();
        int width = graph.width(v);
        switch (graph.node(v)) {
            case Node.Not n -> {
                begin(to);
                location(n.operand());
                code.constant(width);
                beforeWriting.run();
                e.invoke(Limbs.NAME, "not", "([JIII)V");
            }
            case Node.Bitwise n -> twoOperands(
                    Limbs.NAME,
                    switch (n.operator()) {
                        case AND -> "and";
                        case OR -> "or";
                        case XOR -> "xor";
                        case XNOR -> "xnor";
                    },
                    n.left(),
                    n.right(),
                    width,
                    to,
                    beforeWriting);
            case Node.Add n ->
                twoOperands(LimbArithmetic.NAME, "add", n.left(), n.right(), width, to, beforeWriting);
            case Node.Subtract n ->
                twoOperands(LimbArithmetic.NAME, "subtract", n.left(), n.right(), width, to, beforeWriting);
            case Node.Multiply n -> multiply(n, to);
            case Node.Shift n -> {
                begin(to);
                location(n.operand());
                code.constant(width);
                narrow.pushBounded(n.amount(), width);
                e.invoke(
                        LimbMoves.NAME,
                        switch (n.kind()) {
                            case LEFT -> "shiftLeft";
                            case RIGHT_LOGICAL -> "shiftRight";
                            case RIGHT_ARITHMETIC -> "shiftRightArithmetic";
                        },
                        "([JIIII)V");
            }
            case Node.Slice n -> {
                begin(to);
                location(n.operand());
                code.constant(BitVector.limbCount(width(n.operand())));
                code.constant(n.low());
                code.constant(width);
                e.invoke(LimbMoves.NAME, "slice", "([JIIIII)V");
            }
            case Node.Concat n -> concat(n, to);
            case Node.Extend n -> {
                begin(to);
                number(n.operand());
                code.constant(width(n.operand()));
                code.constant(width);
                code.constant(n.signed() ? 1 : 0);
                invokeFor(LimbMoves.NAME, n.operand(), "extend", "III)V");
            }
            case Node.Sum n -> {
                clear(to, width);
                for (int term : n.terms()) {
                    begin(to);
                    number(term);
                    code.constant(width(term));
                    code.constant(width);
                    code.constant(n.signed() ? 1 : 0);
                    invokeFor(LimbArithmetic.NAME, term, "accumulate", "III)V");
                }
            }
            case Node n -> throw new IllegalStateException("no wide operator: " + n);
        }
    }

    private void twoOperands(
            ClassDesc owner, String method, int left, int right, int width, Place to, Runnable beforeWriting) {
        begin(to);
        location(left);
        location(right);
        e.code().constant(width);
        beforeWriting.run();
        e.invoke(owner, method, "([JIIII)V");
    }

    private void multiply(Node.Multiply n, Place to) {
        Code code = e.code();
        int left = width(n.left());
        int right = width(n.right());
        if (left <= 64 && right <= 64) {
            begin(to);
            for (int operand : new int[] {n.left(), n.right()}) {
                if (n.signed()) {
                    narrow.pushSigned(operand);
                } else {
                    narrow.push(operand);
                }
            }
            code.constant(n.width());
            code.constant(n.signed() ? 1 : 0);
            e.invoke(LimbArithmetic.NAME, "multiplyLong", "([JIJJII)V");
            return;
        }
        Place leftPlace = inMemory(n.left());
        Place rightPlace = inMemory(n.right());
        begin(to);
        leftPlace.push();
        code.constant(left);
        rightPlace.push();
        code.constant(right);
        code.constant(n.signed() ? 1 : 0);
        e.invoke(LimbArithmetic.NAME, "multiply", "([JIIIIII)V");
    }

    /** A narrow operand is put into a scratch word. */
    private Place inMemory(int node) {
        if (width(node) > 64) {
            return () -> location(node);
        }
        int scratch = e.newScratch(1);
        e.code().state();
        e.code().scratch(scratch);
        narrow.push(node);
        e.code().op(LASTORE);
        return () -> e.code().scratch(scratch);
    }

    /** Parts that begin at a limb are copied, others are or-ed into limbs that were cleared. */
    private void concat(Node.Concat n, Place to) {
        Code code = e.code();
        List<Integer> parts = n.parts().reversed();
        boolean aligned = true;
        int bit = 0;
        for (int part : parts) {
            aligned &= bit % 64 == 0;
            bit += width(part);
        }
        if (!aligned) {
            clear(to, n.width());
        }
        bit = 0;
        for (int part : parts) {
            int width = width(part);
            begin(to);
            if (aligned) {
                if (bit > 0) {
                    code.constant(bit >>> 6);
                    code.op(IADD);
                }
                number(part);
                if (width > 64) {
                    code.constant(BitVector.limbCount(width));
                    e.invoke(LimbMoves.NAME, "copy", "([JIII)V");
                } else {
                    code.op(LASTORE);
                }
            } else {
                code.constant(bit);
                number(part);
                code.constant(width);
                e.invoke(
                        LimbMoves.NAME,
                        width > 64 ? "insert" : "insertLong",
                        width > 64 ? "([JIIII)V" : "([JIIJI)V");
            }
            bit += width;
        }
    }

    private void clear(Place to, int width) {
        begin(to);
        e.code().constant(BitVector.limbCount(width));
        e.invoke(LimbMoves.NAME, "clear", "([JII)V");
    }

    private void begin(Place to) {
        e.code().state();
        to.push();
    }

    private void location(int node) {
        e.pushLocation(graph.canonical(node));
    }

    /** Pushes a long or, of more than 64 bits, where the value lies. */
    private void number(int node) {
        if (width(node) > 64) {
            location(node);
        } else {
            narrow.push(node);
        }
    }

    /** The method for an operand in memory, or its sister for a long. */
    private void invokeFor(ClassDesc owner, int operand, String method, String rest) {
        if (width(operand) > 64) {
            e.invoke(owner, method, "([JII" + rest);
        } else {
            e.invoke(owner, method + "Long", "([JIJ" + rest);
        }
    }

    private int width(int node) {
        return graph.width(graph.canonical(node));
    }
}
