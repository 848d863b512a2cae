package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;

/**
 * A part of a clock edge that changes state by itself: the registers and delay lines with one enable, or one of them
 * that is always enabled; a memory with its reads and writes; or an instance.
 *
 * @param call the vertex of the call for an instance, else −1
 */
record ClockStep(int index, List<Region> regions, int call) {
    /**
     * Changes that happen together or not at all.
     *
     * @param enable vertex of a bit, or {@link Netlist#ALWAYS}
     */
    record Region(int id, int enable, List<Commit> commits) {}

    static List<ClockStep> of(Emission e) {
        Map<Integer, List<Commit>> byEnable = new LinkedHashMap<>();
        Map<Integer, List<Commit>> byMemory = new LinkedHashMap<>();
        List<Commit> always = new ArrayList<>();
        for (Commit commit : Commit.of(e.graph.module)) {
            var enable = e.enable(commit.enable());
            if (enable.isEmpty()) {
                continue;
            }
            switch (commit) {
                case Commit.Read r -> byMemory.computeIfAbsent(r.memory(), _ -> new ArrayList<>()).add(commit);
                case Commit.Write w -> byMemory.computeIfAbsent(w.memory(), _ -> new ArrayList<>()).add(commit);
                case Commit.Register _, Commit.Delay _ -> {
                    if (enable.getAsInt() == Netlist.ALWAYS) {
                        always.add(commit);
                    } else {
                        byEnable.computeIfAbsent(enable.getAsInt(), _ -> new ArrayList<>()).add(commit);
                    }
                }
            }
        }
        Builder steps = new Builder(e);
        e.phase.vertices().stream()
                .filter(v -> e.graph.isCall(v) && e.graph.phase(v).kind() == Phase.Kind.CLOCK)
                .forEach(steps::addCall);
        byMemory.values().forEach(steps::addEach);
        byEnable.forEach(steps::addTogether);
        always.forEach(commit -> steps.addEach(List.of(commit)));
        return steps.made;
    }

    private static final class Builder {
        private final List<ClockStep> made = new ArrayList<>();
        private final Emission e;
        private int regions;

        Builder(Emission e) {
            this.e = e;
        }

        void addCall(int call) {
            made.add(new ClockStep(made.size(), List.of(), call));
        }

        void addTogether(int enable, List<Commit> commits) {
            made.add(new ClockStep(made.size(), List.of(new Region(regions++, enable, commits)), -1));
        }

        void addEach(List<Commit> commits) {
            List<Region> each = commits.stream()
                    .map(commit -> new Region(
                            regions++, e.enable(commit.enable()).orElseThrow(), List.of(commit)))
                    .toList();
            made.add(new ClockStep(made.size(), each, -1));
        }
    }

    /** For each vertex that shows state the index of the step that changes it, else −1. */
    static int[] owners(Emission e, List<ClockStep> steps) {
        ModuleGraph graph = e.graph;
        int[] owner = new int[graph.vertices()];
        int[] memory = new int[graph.module.memories().size()];
        int[] instance = new int[graph.children.length];
        java.util.Arrays.fill(owner, -1);
        java.util.Arrays.fill(memory, -1);
        java.util.Arrays.fill(instance, -1);
        for (ClockStep step : steps) {
            if (step.call >= 0) {
                instance[graph.instance(step.call)] = step.index;
            }
            for (Region region : step.regions) {
                for (Commit commit : region.commits) {
                    switch (commit) {
                        case Commit.Register r -> owner[r.definition().node()] = step.index;
                        case Commit.Delay d -> owner[d.definition().node()] = step.index;
                        case Commit.Read r -> owner[r.definition().node()] = step.index;
                        case Commit.Write w -> memory[w.memory()] = step.index;
                    }
                }
            }
        }
        for (int v = 0; v < graph.module.nodes().size(); v++) {
            if (graph.node(v) instanceof Node.MemoryRead n && !graph.isSource(v)) {
                owner[v] = memory[n.memory()];
            } else if (graph.node(v) instanceof Node.InstanceOutput n && graph.isSource(v)) {
                owner[v] = instance[n.instance()];
            }
        }
        return owner;
    }
}
