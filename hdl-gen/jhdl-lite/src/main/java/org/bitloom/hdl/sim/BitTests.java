package org.bitloom.hdl.sim;

import static org.bitloom.hdl.sim.Code.Op.DUP2;
import static org.bitloom.hdl.sim.Code.Op.I2L;
import static org.bitloom.hdl.sim.Code.Op.LNEG;
import static org.bitloom.hdl.sim.Code.Op.LOR;
import static org.bitloom.hdl.sim.Code.Op.LSUB;
import static org.bitloom.hdl.sim.Code.Op.LUSHR;
import static org.bitloom.hdl.sim.Code.Op.LXOR;

import org.bitloom.hdl.ir.Node;

/** Code of operators that give one bit, 0 or 1 as a long: without branches where the operands have at most 64 bits. */
final class BitTests {
    private final Emission e;
    private final ModuleGraph graph;
    private final NarrowOperators narrow;

    BitTests(Emission emission, NarrowOperators narrow) {
        this.e = emission;
        this.graph = emission.graph;
        this.narrow = narrow;
    }

    void reduce(Node.Reduce n) {
        Code code = e.code();
        int operand = graph.canonical(n.operand());
        int width = graph.width(operand);
        if (width > 64) {
            code.state();
            e.pushLocation(operand);
            code.constant(width);
            e.invoke(
                    Limbs.NAME,
                    switch (n.reduction()) {
                        case AND -> "allOnes";
                        case OR -> "anyOnes";
                        case XOR -> "parity";
                    },
                    "([JII)J");
            return;
        }
        narrow.push(operand);
        switch (n.reduction()) {
            case AND -> {
                e.program.push(code, Limbs.top(width));
                isEqual(width);
            }
            case OR -> {
                code.constant(0L);
                isEqual(width);
                code.constant(1L);
                code.op(LXOR);
            }
            case XOR -> {
                code.invoke(NarrowOperators.BIT_COUNT);
                code.op(I2L);
                narrow.mask(1);
            }
        }
    }

    /** 1 where the two longs on the stack, of at most {@code width} bits, are equal, else 0. */
    private void isEqual(int width) {
        Code code = e.code();
        code.op(LXOR);
        if (width < 64) {
            code.constant(1L);
            code.op(LSUB);
            signBit();
        } else {
            code.op(DUP2);
            code.op(LNEG);
            code.op(LOR);
            signBit();
            code.constant(1L);
            code.op(LXOR);
        }
    }

    private void signBit() {
        e.code().constant(63);
        e.code().op(LUSHR);
    }

    void equal(Node.Equal n) {
        int width = graph.width(graph.canonical(n.left()));
        if (width > 64) {
            compareWide("equal", n.left(), n.right(), width);
        } else {
            narrow.push(n.left());
            narrow.push(n.right());
            isEqual(width);
        }
    }

    void less(Node.Less n) {
        int width = graph.width(graph.canonical(n.left()));
        if (width > 64) {
            compareWide(n.signed() ? "lessSigned" : "lessUnsigned", n.left(), n.right(), width);
            return;
        }
        narrow.number(n.signed(), n.left());
        narrow.number(n.signed(), n.right());
        if (width < 64) {
            e.code().op(LSUB);
            signBit();
        } else {
            e.invoke(Limbs.NAME, n.signed() ? "lessSigned" : "lessUnsigned", "(JJ)J");
        }
    }

    private void compareWide(String method, int left, int right, int width) {
        e.code().state();
        e.pushLocation(graph.canonical(left));
        e.pushLocation(graph.canonical(right));
        e.code().constant(width);
        e.invoke(Limbs.NAME, method, "([JIII)J");
    }
}
