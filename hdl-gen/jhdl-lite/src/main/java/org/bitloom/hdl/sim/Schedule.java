package org.bitloom.hdl.sim;

import java.util.BitSet;
import java.util.List;

/**
 * Which phases of the top module have to be run for what, as sets of bits; phases from the 64th on share a bit. Checks
 * and clock edge are run at an edge only and belong to no set.
 */
final class Schedule {
    private static final int LAST_BIT = 63;

    private final List<Phase> phases;
    private final BitSet[] needs;
    private final int check;
    private final int clock;

    Schedule(List<Phase> phases) {
        this.phases = phases;
        this.needs = new BitSet[phases.size()];
        for (Phase phase : phases) {
            BitSet all = new BitSet();
            all.set(phase.index());
            phase.needs().stream().forEach(needed -> all.or(needs[needed]));
            needs[phase.index()] = all;
        }
        this.check = find(Phase.Kind.CHECK);
        this.clock = find(Phase.Kind.CLOCK);
    }

    /** The phase of this kind, or −1. */
    int find(Phase.Kind kind) {
        return phases.stream().filter(phase -> phase.kind() == kind).mapToInt(Phase::index).findFirst().orElse(-1);
    }

    /** A phase and those it needs. Phases that share a bit are run together and need what any of them needs. */
    long upTo(int phase) {
        if (phase < 0) {
            return 0;
        }
        BitSet all = (BitSet) needs[phase].clone();
        if (all.length() > LAST_BIT) {
            for (int other = LAST_BIT; other < needs.length; other++) {
                if (other != check && other != clock) {
                    all.or(needs[other]);
                }
            }
        }
        return bits(all);
    }

    long beforeClock() {
        return upTo(check) | upTo(clock);
    }

    long all() {
        BitSet all = new BitSet();
        all.set(0, phases.size());
        return bits(all);
    }

    /** Phases whose values may change with an input. */
    long affectedBy(int port) {
        BitSet affected = new BitSet();
        for (Phase phase : phases) {
            if (needs[phase.index()].stream().anyMatch(needed -> phases.get(needed).inputs().get(port))) {
                affected.set(phase.index());
            }
        }
        return bits(affected);
    }

    /** Runs the phases of a set, in order. */
    void run(Program program, long[] state, long set) {
        long left = set;
        while (left != 0) {
            int phase = Long.numberOfTrailingZeros(left);
            left &= left - 1;
            program.run(state, phase);
            if (phase == LAST_BIT) {
                for (int more = phase + 1; more < phases.size(); more++) {
                    if (more != check && more != clock) {
                        program.run(state, more);
                    }
                }
            }
        }
    }

    private long bits(BitSet set) {
        return set.stream()
                .filter(phase -> phase != check && phase != clock)
                .mapToLong(phase -> 1L << Math.min(phase, LAST_BIT))
                .reduce(0, (a, b) -> a | b);
    }
}
