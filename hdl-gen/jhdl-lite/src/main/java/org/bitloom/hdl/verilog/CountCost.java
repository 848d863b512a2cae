package org.bitloom.hdl.verilog;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** What the counting of ones takes, by the plan that the writer follows for a family. */
public record CountCost(int luts, int depth) {
    private static final Map<Family, List<CountPlanner>> PLANNERS = new EnumMap<>(Family.class);

    static {
        for (Family family : Family.values()) {
            PLANNERS.put(family, List.of(new CountPlanner(family, false), new CountPlanner(family, true)));
        }
    }

    /** @param pairs a lane is the XNOR of two bits */
    public static CountCost of(Family family, int lanes, boolean pairs) {
        return Objects.requireNonNull(PLANNERS.get(family)).get(pairs ? 1 : 0).cost(lanes);
    }

    /** Remembers what it has planned: a search for foldings asks for the same few numbers of lanes again and again. */
    private static final class CountPlanner {
        private final Family family;
        private final boolean wide;
        private final boolean pairs;
        private final CountPlan.Planner planner;
        private final Map<Integer, CountCost> known = new ConcurrentHashMap<>();

        CountPlanner(Family family, boolean pairs) {
            this.family = family;
            this.wide = family.hasWideLuts();
            this.pairs = pairs;
            planner = new CountPlan.Planner(family.hasWideLuts(), pairs);
        }

        CountCost cost(int lanes) {
            CountCost cost = known.get(lanes);
            if (cost == null) {
                synchronized (planner) {
                    CountPlan plan = planner.plan(lanes);
                    cost = new CountCost(luts(plan, lanes), depth(plan));
                }
                known.put(lanes, cost);
            }
            return cost;
        }

        /** On Cyclone V an adder takes a LUT for each of its bits, and none has the XNOR in it: measured with Yosys 0.23. */
        private int luts(CountPlan plan, int lanes) {
            return family == Family.CYCLONE_V && pairs ? 2 * (lanes - 1) : plan.cost() - shared(lanes);
        }

        /** With four inputs the XNOR of some lanes is in the adders' own LUTs after all: measured with Yosys 0.23. */
        private int shared(int lanes) {
            return wide || !pairs ? 0 : Math.round(0.27f * lanes);
        }

        /** A group is one LUT deep, an adder a carry chain. */
        private static int depth(CountPlan plan) {
            return switch (plan) {
                case CountPlan.Group _ -> 1;
                case CountPlan.Seven _ -> 2;
                case CountPlan.Sum sum -> 1 + Math.max(depth(sum.left()), depth(sum.right()));
                case CountPlan.Increment increment -> 1 + depth(increment.count());
            };
        }
    }
}
