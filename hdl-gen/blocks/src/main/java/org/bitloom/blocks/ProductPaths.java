package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Multipliers;
import org.bitloom.hdl.verilog.CountCost;
import org.bitloom.hdl.verilog.Family;

/**
 * The paths within a dot product, or a count of thresholds, one for each piece that its registers leave. A carry that runs
 * through adders one behind the other enters each where it left the one before: all of them together are about as long as
 * the last one.
 */
final class ProductPaths {
    /** A multiplier without registers within takes as long as so many LUTs. */
    private static final int DSP_LUTS = 3;

    private ProductPaths() {}

    /** @param fromMemory the weights come out of a block memory */
    static List<LogicPath> of(DotProduct.Config config, Family family, boolean fromMemory) {
        SumPlan plan = SumPlan.of(config);
        List<LogicPath> paths = new ArrayList<>();
        LogicPath leaf = leaf(config, plan, family);
        int terms = config.hasProducts() ? config.simd() : plan.groups() * config.terms();
        int bits = config.resultBits() - SumPlan.levelsOf(terms);
        for (int piece = 0; piece < plan.levels().size(); piece++) {
            int levels = plan.levels().get(piece);
            bits += levels;
            int luts = levels + (piece == 0 ? leaf.luts() : 0);
            int carry = levels == 0 && piece == 0 ? leaf.carryBits() : levels == 0 ? 0 : bits;
            paths.add(LogicPath.of("dot product", luts, carry).outOfMemory(piece == 0 && fromMemory));
        }
        return paths;
    }

    /** The product of two numbers. */
    static LogicPath product(int first, int second, Family family) {
        return Multipliers.of(family).areCells(first, second)
                ? LogicPath.of("product", DSP_LUTS, 0)
                : LogicPath.of("product", 1 + SumPlan.levelsOf(Math.min(first, second)), first + second);
    }

    /** What stands before the adders. */
    private static LogicPath leaf(DotProduct.Config config, SumPlan plan, Family family) {
        if (config.hasProducts()) {
            int first = config.weights().bits();
            int second = config.activations().bits();
            if (config.multiplier() == Multiplier.LUT) {
                return LogicPath.of("product", config.places().size(), first + second);
            }
            return product(first, second, family);
        }
        int lanes = Math.ceilDiv(config.simd(), plan.groups());
        CountCost count = CountCost.of(family, lanes, true);
        int luts = Fabric.of(family).countDepth(count.depth());
        return LogicPath.of("count", luts, count.depth() < 2 ? 0 : DotProduct.Config.countBits(lanes));
    }

    /** From the comparisons' results to the level; without a register between them the first belongs behind the comparisons. */
    static List<LogicPath> ofLevels(int thresholds, int stages, Family family) {
        SumPlan plan = SumPlan.ofOnes(thresholds, Math.max(0, stages - 1));
        int lanes = Math.ceilDiv(thresholds, plan.groups());
        CountCost count = CountCost.of(family, lanes, false);
        List<LogicPath> paths = new ArrayList<>();
        int bits = DotProduct.Config.countBits(lanes);
        for (int piece = 0; piece < plan.levels().size(); piece++) {
            int levels = plan.levels().get(piece);
            bits += levels;
            // The least level is added by the last of them, or by an adder of its own.
            int last = piece == plan.levels().size() - 1 ? 1 : 0;
            int luts = levels + last + (piece == 0 ? Fabric.of(family).countDepth(count.depth()) : 0);
            paths.add(LogicPath.of("levels", luts, luts < 2 ? 0 : bits));
        }
        return paths;
    }
}
