package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.WritePort;
import org.bitloom.hdl.ir.Node;

/** Writes the methods of one phase that is not the clock edge: its vertices in order, then what it looks at. */
final class PhaseCompiler {
    private final Emission e;
    private final ModulePlan plan;
    private final ModuleGraph graph;
    private final Statements statements;

    private PhaseCompiler(ProgramBuilder program, ModulePlan plan, Phase phase) {
        this.e = new Emission(program, plan, phase);
        this.plan = plan;
        this.graph = plan.graph;
        List<Integer> roots = new ArrayList<>();
        if (phase.kind() == Phase.Kind.CHECK) {
            plan.checks.forEach(check -> roots.addAll(check.operands(graph.module)));
        }
        Statements.expectUses(e, roots);
        int[] owner = new int[graph.vertices()];
        Arrays.fill(owner, -1);
        this.statements = new Statements(e, owner);
    }

    static void compile(ProgramBuilder program, ModulePlan plan, Phase phase) {
        if (phase.kind() == Phase.Kind.CLOCK) {
            new ClockCompiler(program, plan, phase).compile();
        } else {
            new PhaseCompiler(program, plan, phase).compile();
        }
    }

    private void compile() {
        for (int v : e.phase.vertices()) {
            if (!statements.inlining.isInline(v)) {
                statements.require(v);
            }
        }
        if (e.phase.kind() == Phase.Kind.OBSERVE) {
            plan.observed().stream().filter(v -> graph.node(v) instanceof Node.Input).forEach(this::observe);
        } else if (e.phase.kind() == Phase.Kind.CHECK) {
            for (int rank = 0; rank < plan.checks.size(); rank++) {
                check(plan.checks.get(rank), rank);
            }
        }
        e.finish();
    }

    private void observe(int input) {
        e.makeRoom(60);
        e.expect(input);
        if (graph.isWide(input)) {
            statements.copyTo(() -> e.pushAddress(plan.home(input)), input);
            e.use(input);
        } else {
            e.pushWord(plan.home(input));
            e.push(input);
            e.code().op(Code.Op.LASTORE);
        }
    }

    private void check(CheckPoint check, int rank) {
        check.operands(graph.module).forEach(node -> statements.require(graph.canonical(node)));
        e.makeRoom(1200);
        switch (check) {
            case CheckPoint.Assertion a -> {
                int holds = e.code().newLabel();
                statements.narrow.jump(graph.module.checks().get(a.check()).condition(), true, holds);
                e.branch(() -> fail(rank, -1));
                e.code().label(holds);
            }
            case CheckPoint.WriteBeyond w -> beyond(w.port().enable(), w.port().address(), w.memory(), rank);
            case CheckPoint.ReadBeyond r -> beyond(r.port().enable(), r.port().address(), r.memory(), rank);
            case CheckPoint.Collide c -> {
                for (WritePort write : graph.module.memories().get(c.memory()).writes()) {
                    e.makeRoom(1200);
                    int end = e.code().newLabel();
                    e.branch(() -> {
                        skipUnless(c.read().enable(), end);
                        skipUnless(write.enable(), end);
                        skipUnlessEqual(c.read().address(), write.address(), end);
                        fail(rank, c.read().address());
                    });
                    e.code().label(end);
                }
            }
        }
    }

    private void beyond(int enable, int address, int memory, int rank) {
        int end = e.code().newLabel();
        int depth = graph.module.memories().get(memory).depth();
        e.branch(() -> {
            skipUnless(enable, end);
            statements.narrow.pushBounded(address, depth);
            e.code().constant(depth);
            e.code().op(Code.Op.ISUB);
            e.code().jump(Code.Op.IFNE, end);
            fail(rank, address);
        });
        e.code().label(end);
    }

    private void skipUnless(int enable, int end) {
        if (enable != Netlist.ALWAYS) {
            statements.narrow.jump(enable, false, end);
        }
    }

    /** Addresses of different widths are numbers all the same. */
    private void skipUnlessEqual(int read, int write, int end) {
        int depth = Integer.MAX_VALUE;
        statements.narrow.pushBounded(read, depth);
        statements.narrow.pushBounded(write, depth);
        e.code().op(Code.Op.ISUB);
        e.code().jump(Code.Op.IFNE, end);
    }

    private void fail(int rank, int address) {
        Code code = e.code();
        code.state();
        code.base();
        code.constant(rank);
        if (address < 0) {
            code.invoke(Emission.failure("([JII)V"));
            return;
        }
        int v = graph.canonical(address);
        if (graph.isWide(v)) {
            e.pushLocation(v);
            code.constant(BitVector.limbCount(graph.width(v)));
            code.invoke(Emission.failure("([JIIII)V"));
        } else {
            statements.narrow.push(v);
            code.invoke(Emission.failure("([JIIJ)V"));
        }
    }
}
