package org.bitloom.hdl.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An order of changes in which wide state is read before it changes. Where changes read each other's state in a circle
 * the circle is cut anywhere; the order is a matter of speed only.
 */
final class ReadersFirst {
    /** How many values are looked at to find what a change reads. */
    private static final int MOST_SEEN = 64;

    private ReadersFirst() {}

    static List<ClockStep> steps(List<ClockStep> steps, Statements statements, int[] owner) {
        ModuleGraph graph = statements.graph;
        List<List<Integer>> later = new ArrayList<>();
        for (ClockStep step : steps) {
            List<Integer> roots = new ArrayList<>();
            if (step.call() >= 0) {
                for (int edge = graph.edgesBegin(step.call()); edge < graph.edgesEnd(step.call()); edge++) {
                    roots.add(graph.edge(edge));
                }
            }
            step.regions().forEach(region -> region.commits()
                    .forEach(commit -> commit.values().forEach(node -> roots.add(graph.canonical(node)))));
            BitSet read = new BitSet();
            wideSources(roots, statements).forEach(v -> {
                if (owner[v] >= 0 && owner[v] != step.index()) {
                    read.set(owner[v]);
                }
            });
            later.add(read.stream().boxed().toList());
        }
        return order(later).stream().map(steps::get).toList();
    }

    static List<Commit> commits(List<Commit> commits, Statements statements) {
        Map<Integer, Integer> writer = new HashMap<>();
        for (int i = 0; i < commits.size(); i++) {
            if (Commits.source(commits.get(i)) >= 0) {
                writer.put(Commits.source(commits.get(i)), i);
            }
        }
        List<List<Integer>> later = new ArrayList<>();
        for (int i = 0; i < commits.size(); i++) {
            int self = i;
            List<Integer> roots =
                    commits.get(i).values().stream().map(statements.graph::canonical).toList();
            later.add(wideSources(roots, statements).stream()
                    .map(writer::get)
                    .filter(w -> w != null && w != self)
                    .toList());
        }
        return order(later).stream().map(commits::get).toList();
    }

    private static List<Integer> wideSources(List<Integer> roots, Statements statements) {
        ModuleGraph graph = statements.graph;
        List<Integer> sources = new ArrayList<>();
        List<Integer> open = new ArrayList<>(roots);
        for (int i = 0; i < open.size() && i < roots.size() + MOST_SEEN; i++) {
            int v = open.get(i);
            if (graph.isWide(v)) {
                if (graph.isSource(v)) {
                    sources.add(v);
                } else {
                    for (int edge = graph.edgesBegin(v); edge < graph.edgesEnd(v); edge++) {
                        open.add(graph.edge(edge));
                    }
                }
            }
        }
        return sources;
    }

    /** The numbers below the size of the list, each before those listed for it. */
    private static List<Integer> order(List<List<Integer>> later) {
        Deque<Integer> order = new ArrayDeque<>();
        boolean[] seen = new boolean[later.size()];
        int[] next = new int[later.size()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int root = later.size() - 1; root >= 0; root--) {
            if (seen[root]) {
                continue;
            }
            seen[root] = true;
            open.push(root);
            while (!open.isEmpty()) {
                int i = open.peek();
                if (next[i] < later.get(i).size()) {
                    int after = later.get(i).get(next[i]++);
                    if (!seen[after]) {
                        seen[after] = true;
                        open.push(after);
                    }
                } else {
                    order.addFirst(open.pop());
                }
            }
        }
        return new ArrayList<>(order);
    }
}
