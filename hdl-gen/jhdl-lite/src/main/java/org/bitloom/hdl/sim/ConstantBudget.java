package org.bitloom.hdl.sim;

import java.util.HashSet;
import java.util.Set;

/**
 * Numbers that go to the constant pool of the generated class. A pool has 65,535 entries, and a class of many methods
 * and many numbers would need more: past a share of them other numbers have to be come by in another way.
 */
final class ConstantBudget {
    private static final int MOST_ENTRIES = 40_000;

    private final Set<Integer> ints = new HashSet<>();
    private final Set<Long> longs = new HashSet<>();

    boolean admits(int value) {
        return ints.contains(value) || hasRoom() && ints.add(value);
    }

    boolean admits(long value) {
        return longs.contains(value) || hasRoom() && longs.add(value);
    }

    private boolean hasRoom() {
        return ints.size() + 2 * longs.size() < MOST_ENTRIES;
    }
}
