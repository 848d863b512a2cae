package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;

/**
 * How a sum is cut by registers: lanes are counted in groups, and the groups' counts are added in pairs, level by level.
 * The cuts lie so that the longest piece is as short as can be, in levels that do not depend on the device.
 *
 * @param groups of lanes, a power of two
 * @param levels of pairs in each piece; the first has the groups before them. One piece more than there are registers
 */
record SumPlan(int groups, List<Integer> levels) {
    SumPlan {
        levels = List.copyOf(levels);
    }

    /** Of a dot product. */
    static SumPlan of(DotProduct.Config config) {
        return config.hasProducts()
                ? cut(config.simd(), config.productLevels(), levelsOf(config.simd()), config.stages())
                : best(config.simd(), config.terms(), config.stages());
    }

    /** Of a count of ones. */
    static SumPlan ofOnes(int lanes, int stages) {
        return best(lanes, 1, stages);
    }

    /** More registers than this have no use. */
    static int mostStages(DotProduct.Config config) {
        return levelsOf(config.hasProducts() ? config.simd() : config.terms() * mostGroups(config.simd()));
    }

    static int mostStagesOfOnes(int lanes) {
        return levelsOf(mostGroups(lanes));
    }

    private static int mostGroups(int lanes) {
        return Integer.highestOneBit(Math.max(1, lanes / 3));
    }

    /** @param terms how often the lanes are counted, each time with other bits */
    private static SumPlan best(int lanes, int terms, int stages) {
        SumPlan best = cut(1, countLevels(lanes), levelsOf(terms), stages);
        int shortest = best.longest(lanes);
        for (int groups = 2; stages > 0 && groups <= mostGroups(lanes); groups *= 2) {
            SumPlan plan = cut(groups, countLevels(Math.ceilDiv(lanes, groups)), levelsOf(groups * terms), stages);
            if (plan.longest(lanes) < shortest) {
                shortest = plan.longest(lanes);
                best = plan;
            }
        }
        return best;
    }

    private int longest(int lanes) {
        int first = levels.getFirst() + countLevels(Math.ceilDiv(lanes, groups));
        return Math.max(first, levels.stream().mapToInt(Integer::intValue).max().orElseThrow());
    }

    private static SumPlan cut(int groups, int leaf, int pairs, int stages) {
        int piece = Math.max(leaf, Math.ceilDiv(leaf + pairs, stages + 1));
        while (piece - leaf + stages * piece < pairs) {
            piece++;
        }
        return new SumPlan(groups, spread(pairs, piece - leaf, piece, stages));
    }

    private static List<Integer> spread(int pairs, int first, int piece, int stages) {
        List<Integer> levels = new ArrayList<>();
        int left = pairs;
        for (int i = 0; i <= stages; i++) {
            int taken = Math.min(left, i == 0 ? first : piece);
            levels.add(taken);
            left -= taken;
        }
        return levels;
    }

    /** Levels of the count of some lanes: groups of up to three, then adders that take one more lane along. */
    static int countLevels(int lanes) {
        int levels = 1;
        for (int full = 3; full < lanes; full = 2 * full + 1) {
            levels++;
        }
        return levels;
    }

    /** Levels of the sum of so many terms. */
    static int levelsOf(int terms) {
        return terms <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(terms - 1);
    }
}
