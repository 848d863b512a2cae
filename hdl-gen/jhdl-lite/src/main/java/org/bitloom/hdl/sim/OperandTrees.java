package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Node;

/** Replaces nodes with very many operands by trees, so that the code of one node fits into a method. */
final class OperandTrees {
    static final int MOST_TERMS = 32;
    static final int MOST_VALUES = 64;

    private final ModuleGraph graph;

    OperandTrees(ModuleGraph graph) {
        this.graph = graph;
    }

    int sum(Node.Sum n) {
        List<Integer> terms = n.terms();
        boolean signed = n.signed();
        while (terms.size() > MOST_TERMS) {
            List<Integer> partial = new ArrayList<>();
            for (int i = 0; i < terms.size(); i += MOST_TERMS) {
                List<Integer> group = terms.subList(i, Math.min(terms.size(), i + MOST_TERMS));
                partial.add(graph.virtual(new Node.Sum(signed, n.width(), group)));
            }
            terms = partial;
            signed = false;
        }
        return graph.virtual(new Node.Sum(signed, n.width(), terms));
    }

    /** Joins neighbours up to 64 bits, so that a limb is put together in a register, then at most 32 such parts. */
    int concat(Node.Concat n) {
        List<Integer> parts = n.parts();
        List<Integer> joined = join(parts, 64, MOST_TERMS * 2);
        while (joined.size() > MOST_TERMS) {
            joined = join(joined, Integer.MAX_VALUE, MOST_TERMS);
        }
        return graph.virtual(new Node.Concat(n.width(), joined));
    }

    /** Joins from the least significant end, so that pieces of equal parts begin at a limb. */
    private List<Integer> join(List<Integer> parts, int mostBits, int mostParts) {
        List<Integer> result = new ArrayList<>();
        int end = parts.size();
        while (end > 0) {
            int begin = end;
            int width = 0;
            while (begin > 0
                    && end - begin < mostParts
                    && (begin == end || width + partWidth(parts, begin - 1) <= mostBits)) {
                width += partWidth(parts, --begin);
            }
            result.addFirst(end - begin == 1
                    ? parts.get(begin)
                    : graph.virtual(new Node.Concat(width, parts.subList(begin, end))));
            end = begin;
        }
        return result;
    }

    private int partWidth(List<Integer> parts, int index) {
        return graph.node(parts.get(index)).width();
    }

    /** Low bits choose within groups, high bits the group; an index beyond the last value is brought down to it. */
    int select(Node.Select n) {
        List<Integer> values = n.values();
        int index = n.index();
        int last = values.size() - 1;
        int indexWidth = graph.node(index).width();
        int lowBits = Integer.numberOfTrailingZeros(MOST_VALUES);
        if (indexWidth <= lowBits) {
            return graph.virtual(new Node.Select(n.width(), index, values.subList(0, MOST_VALUES)));
        }
        if (indexWidth > 31 - Integer.numberOfLeadingZeros(last)) {
            int limit = graph.virtual(new Node.Constant(BitVector.of(indexWidth, last)));
            int below = graph.virtual(new Node.Less(false, index, limit));
            index = graph.virtual(new Node.Mux(indexWidth, below, index, limit));
        }
        int low = graph.virtual(new Node.Slice(index, lowBits - 1, 0));
        int high = graph.virtual(new Node.Slice(index, indexWidth - 1, lowBits));
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < values.size(); i += MOST_VALUES) {
            List<Integer> group = values.subList(i, Math.min(values.size(), i + MOST_VALUES));
            groups.add(group.size() == 1 ? group.getFirst() : graph.virtual(new Node.Select(n.width(), low, group)));
        }
        Node.Select outer = new Node.Select(n.width(), high, groups);
        return groups.size() > MOST_VALUES && !graph.isTable(outer) ? select(outer) : graph.virtual(outer);
    }
}
