package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets of small numbers, each kept once and named by an id; 0 is the empty set. Makes unions over large graphs cheap.
 */
final class SetTable {
    static final int EMPTY = 0;

    private final List<BitSet> sets = new ArrayList<>();
    private final Map<BitSet, Integer> ids = new HashMap<>();
    private final Map<Long, Integer> unions = new HashMap<>();

    SetTable() {
        id(new BitSet());
    }

    int of(int element) {
        BitSet set = new BitSet();
        set.set(element);
        return id(set);
    }

    int id(BitSet set) {
        Integer known = ids.putIfAbsent(set, sets.size());
        if (known != null) {
            return known;
        }
        sets.add(set);
        return sets.size() - 1;
    }

    /** Not to be changed. */
    BitSet get(int id) {
        return sets.get(id);
    }

    int union(int a, int b) {
        if (a == b || b == EMPTY) {
            return a;
        }
        if (a == EMPTY) {
            return b;
        }
        long key = (long) Math.min(a, b) << 32 | Math.max(a, b);
        Integer known = unions.get(key);
        if (known == null) {
            BitSet both = (BitSet) sets.get(a).clone();
            both.or(sets.get(b));
            known = id(both);
            unions.put(key, known);
        }
        return known;
    }
}
