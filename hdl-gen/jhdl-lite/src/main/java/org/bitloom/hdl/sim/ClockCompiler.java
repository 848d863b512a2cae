package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;
import org.bitloom.hdl.sim.ClockStep.Region;

/**
 * Writes the methods of a clock edge: step by step, what a step needs and then its change of state. What only a step
 * with an enable needs is computed only if it is enabled. State that later steps still have to read is saved just
 * before it changes; steps that read wide state come before those that change it, as far as they do not do so in a
 * circle, so that little has to be saved.
 */
final class ClockCompiler {
    private static final int ROOT = -1;
    private static final int UNSEEN = -2;

    private final Emission e;
    private final ModuleGraph graph;
    private final List<ClockStep> steps;
    private final int[] owner;
    /** For each step the vertices that show the state which it changes. */
    private final List<List<Integer>> shown = new ArrayList<>();
    /** For each step the reads without a clock of the memory that it changes. */
    private final List<List<Integer>> asynchronous = new ArrayList<>();
    /** For each instance the calls of its other phases that belong to this one. */
    private final Map<Integer, List<Integer>> otherCalls = new HashMap<>();
    private final Statements statements;
    private final Commits commits;
    private final int[] exclusive;
    private final int[] uses;

    ClockCompiler(ProgramBuilder program, ModulePlan plan, Phase phase) {
        this.e = new Emission(program, plan, phase);
        this.graph = plan.graph;
        this.steps = ClockStep.of(e);
        this.owner = ClockStep.owners(e, steps);
        for (ClockStep _ : steps) {
            shown.add(new ArrayList<>());
            asynchronous.add(new ArrayList<>());
        }
        for (int v = 0; v < owner.length; v++) {
            if (owner[v] >= 0) {
                (graph.isSource(v) ? shown : asynchronous).get(owner[v]).add(v);
            }
        }
        for (int v : phase.vertices()) {
            if (graph.isCall(v) && graph.phase(v).kind() != Phase.Kind.CLOCK) {
                otherCalls.computeIfAbsent(graph.instance(v), _ -> new ArrayList<>()).add(v);
            }
        }
        Statements.expectUses(e, roots());
        this.statements = new Statements(e, owner);
        this.commits = new Commits(statements);
        this.exclusive = exclusive();
        this.uses = new int[graph.vertices()];
    }

    void compile() {
        for (ClockStep step : ReadersFirst.steps(steps, statements, owner)) {
            if (step.call() >= 0) {
                call(step);
            } else {
                requireAsynchronousReads(step);
                step.regions().forEach(region -> region(step, region));
            }
        }
        e.finish();
    }

    private List<Integer> roots() {
        List<Integer> roots = new ArrayList<>();
        for (ClockStep step : steps) {
            for (Region region : step.regions()) {
                if (region.enable() != Netlist.ALWAYS) {
                    roots.add(region.enable());
                }
                region.commits().forEach(commit -> roots.addAll(commit.values()));
            }
        }
        return roots;
    }

    /** For each vertex the region that alone needs it, or ROOT. */
    private int[] exclusive() {
        int[] result = new int[graph.vertices()];
        Arrays.fill(result, UNSEEN);
        for (ClockStep step : steps) {
            for (Region region : step.regions()) {
                boolean always = region.enable() == Netlist.ALWAYS;
                if (!always) {
                    result[region.enable()] = ROOT;
                }
                region.commits().forEach(commit -> commit.values()
                        .forEach(node -> mark(result, graph.canonical(node), always ? ROOT : region.id())));
            }
        }
        List<Integer> vertices = e.phase.vertices();
        for (int i = vertices.size() - 1; i >= 0; i--) {
            int v = vertices.get(i);
            if (graph.isCall(v) || owner[v] >= 0 && graph.node(v) instanceof Node.MemoryRead) {
                result[v] = ROOT;
            }
            for (int edge = graph.edgesBegin(v); edge < graph.edgesEnd(v); edge++) {
                mark(result, graph.edge(edge), result[v]);
            }
        }
        return result;
    }

    private static void mark(int[] result, int v, int region) {
        result[v] = result[v] == UNSEEN || result[v] == region ? region : ROOT;
    }

    /** Other phases of the instance that are called here need its state as it is before the edge. */
    private void call(ClockStep step) {
        for (int other : otherCalls.getOrDefault(graph.instance(step.call()), List.of())) {
            statements.require(other);
        }
        statements.visit(step.call(), v -> {
            if (v != step.call()) {
                statements.compute(v);
            }
        });
        shown.get(step.index()).forEach(e::protect);
        statements.savePointers(step.index(), pointer -> e.remaining(pointer) > 0);
        statements.compute(step.call());
    }

    /** Words that are shown without a clock are looked up before their memory is written. */
    private void requireAsynchronousReads(ClockStep step) {
        for (int v : asynchronous.get(step.index())) {
            if (e.remaining(v) > 0) {
                statements.require(v);
            }
        }
    }

    private void region(ClockStep step, Region region) {
        if (region.enable() == Netlist.ALWAYS) {
            for (Commit commit : region.commits()) {
                commits.requireOperands(commit);
                e.makeRoom(commits.bytes(commit));
                commits.commit(commit, step.index());
            }
            return;
        }
        statements.require(region.enable());
        List<Integer> inside = new ArrayList<>();
        BitSet isInside = new BitSet();
        for (Commit commit : region.commits()) {
            for (int node : commit.values()) {
                int root = graph.canonical(node);
                if (statements.isPending(root)) {
                    statements.visit(root, v -> {
                        if (exclusive[v] != region.id()) {
                            statements.compute(v);
                        } else if (!isInside.get(v)) {
                            isInside.set(v);
                            inside.add(v);
                        }
                    });
                }
            }
        }
        List<Integer> counted = countUses(region, isInside);
        for (Commit commit : region.commits()) {
            int source = Commits.source(commit);
            if (source >= 0 && e.remaining(source) > uses[source]) {
                e.protect(source);
            }
        }
        statements.savePointers(step.index(), pointer -> e.remaining(pointer) > uses[pointer]);
        counted.forEach(v -> uses[v] = 0);
        List<Commit> order = ReadersFirst.commits(region.commits(), statements);
        Runnable body = () -> {
            inside.forEach(v -> {
                if (!commits.isComputedInPlace(v, region)) {
                    statements.compute(v);
                }
            });
            for (Commit commit : order) {
                if (e.atRoot()) {
                    e.makeRoom(commits.bytes(commit));
                }
                commits.commit(commit, step.index());
            }
        };
        int bytes = inside.stream().mapToInt(statements.inlining::bytes).sum()
                + order.stream().mapToInt(commits::bytes).sum();
        branch(region.enable(), bytes, body);
    }

    private void branch(int enable, int bytes, Runnable body) {
        if (bytes > e.program.methodBytes() / 3) {
            int[] skip = new int[1];
            e.outline(
                    body,
                    () -> {
                        skip[0] = e.code().newLabel();
                        statements.narrow.jump(enable, false, skip[0]);
                    },
                    () -> e.code().label(skip[0]));
        } else {
            e.makeRoom(bytes + 40);
            int skip = e.code().newLabel();
            statements.narrow.jump(enable, false, skip);
            e.branch(body);
            e.code().label(skip);
        }
    }

    /** Counts how often each vertex is used by what is computed in the region; returns those that are. */
    private List<Integer> countUses(Region region, BitSet inside) {
        List<Integer> open = new ArrayList<>();
        region.commits().forEach(commit -> commit.values().forEach(node -> open.add(graph.canonical(node))));
        open.forEach(v -> uses[v]++);
        BitSet expanded = new BitSet();
        for (int i = 0; i < open.size(); i++) {
            int v = open.get(i);
            boolean isHere = inside.get(v) || statements.inlining.isInline(v) && statements.isPending(v);
            if (isHere && !expanded.get(v)) {
                expanded.set(v);
                for (int edge = graph.edgesBegin(v); edge < graph.edgesEnd(v); edge++) {
                    uses[graph.edge(edge)]++;
                    open.add(graph.edge(edge));
                }
            }
        }
        return open;
    }
}
