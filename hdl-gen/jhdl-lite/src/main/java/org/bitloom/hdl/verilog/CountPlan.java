package org.bitloom.hdl.verilog;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How to count the ones among some lanes with the fewest LUTs: a tree of adders over small groups. An adder's carry-in
 * takes one more lane, so that 2^k - 1 lanes fill k bits completely: (2^k - 1) + (2^k - 1) + 1 = 2^(k+1) - 1.
 */
sealed interface CountPlan {
    int lanes();

    /** LUTs, by the planner's model. */
    int cost();

    /** One lane, two or three (a full adder), without a carry chain. */
    record Group(int lanes, int cost) implements CountPlan {}

    /** Five lanes to three bits, added to one more lane and, through the carry-in, another: seven to three. */
    record Seven(int cost) implements CountPlan {
        @Override
        public int lanes() {
            return 7;
        }
    }

    /** Two counts and, where {@code extra}, one more lane. */
    record Sum(CountPlan left, CountPlan right, boolean extra, int cost) implements CountPlan {
        @Override
        public int lanes() {
            return left.lanes() + right.lanes() + (extra ? 1 : 0);
        }
    }

    /** A count and one more lane. */
    record Increment(CountPlan count, int cost) implements CountPlan {
        @Override
        public int lanes() {
            return count.lanes() + 1;
        }
    }

    /** Bits that hold numbers up to {@code greatest}. */
    static int bitsFor(int greatest) {
        return Math.max(1, 32 - Integer.numberOfLeadingZeros(greatest));
    }

    /**
     * Finds the cheapest plan among those that are as shallow as a tree of carry-in adders can be.
     */
    final class Planner {
        private final boolean wide;
        private final boolean pairs;
        private final Map<Long, Optional<CountPlan>> known = new HashMap<>();

        /**
         * @param wide  LUTs have six inputs, and the adder's LUT takes the logic in front of one operand along; else four
         * @param pairs a lane is the XNOR of two bits
         */
        Planner(boolean wide, boolean pairs) {
            this.wide = wide;
            this.pairs = pairs;
        }

        CountPlan plan(int lanes) {
            int depth = 0;
            for (int full = 3; full < lanes; full = 2 * full + 1) {
                depth++;
            }
            return plan(lanes, depth).orElseThrow();
        }

        private Optional<CountPlan> plan(int lanes, int depth) {
            long key = (long) lanes << 32 | depth;
            Optional<CountPlan> plan = known.get(key);
            if (plan == null) {
                plan = lanes <= 3 ? Optional.of(group(lanes)) : depth == 0 ? Optional.empty() : best(lanes, depth);
                known.put(key, plan);
            }
            return plan;
        }

        private CountPlan group(int lanes) {
            return new Group(lanes, switch (lanes) {
                case 1 -> pairs ? 1 : 0;
                case 2 -> 2;
                default -> pairs && !wide ? 4 : 2;
            });
        }

        private Optional<CountPlan> best(int lanes, int depth) {
            Optional<CountPlan> best = increment(lanes, depth);
            for (int extra = 0; extra <= 1; extra++) {
                int rest = lanes - extra;
                best = better(best, sum((rest + 1) / 2, rest / 2, extra == 1, depth));
                for (int full = 1; full < rest; full = 2 * full + 1) {
                    if (full >= rest - full) {
                        best = better(best, sum(full, rest - full, extra == 1, depth));
                    }
                }
            }
            return lanes == 7 && wide && !pairs ? better(best, Optional.of(new Seven(3))) : best;
        }

        private static Optional<CountPlan> better(Optional<CountPlan> one, Optional<CountPlan> other) {
            if (one.isEmpty() || other.isEmpty()) {
                return one.or(() -> other);
            }
            return other.get().cost() < one.get().cost() ? other : one;
        }

        private Optional<CountPlan> sum(int left, int right, boolean extra, int depth) {
            // With wide LUTs a position without a second operand is carry chain alone; else each bit takes a LUT.
            int adder = wide ? bitsFor(right) : bitsFor(left + right + (extra ? 1 : 0));
            int lane = extra && pairs && !wide ? 1 : 0;
            return plan(left, depth - 1).flatMap(l -> plan(right, depth - 1)
                    .map(r -> new Sum(l, r, extra, l.cost() + r.cost() + adder + lane)));
        }

        private Optional<CountPlan> increment(int lanes, int depth) {
            int adder = wide ? 1 : bitsFor(lanes) + (pairs ? 1 : 0);
            return plan(lanes - 1, depth - 1).map(count -> new Increment(count, count.cost() + adder));
        }
    }
}
