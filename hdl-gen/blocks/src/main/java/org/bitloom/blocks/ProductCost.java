package org.bitloom.blocks;

import java.util.List;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Multipliers;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.CountCost;
import org.bitloom.hdl.verilog.Family;

/** What a {@link DotProduct} takes. */
final class ProductCost {
    private ProductCost() {}

    static Resources of(DotProduct.Config config, Family family) {
        return combinational(config, family).plus(Resources.flipFlops(kept(config)));
    }

    /** Flip-flops of the registers within it: what is left to be added up at each cut. */
    private static int kept(DotProduct.Config config) {
        if (config.stages() == 0) {
            return 0;
        }
        SumPlan plan = SumPlan.of(config);
        int terms = config.hasProducts() ? config.simd() : plan.groups() * config.terms();
        int bits = config.hasProducts()
                ? config.weights().bits() + config.activations().bits()
                : DotProduct.Config.countBits(Math.ceilDiv(config.simd(), plan.groups()));
        int kept = 0;
        for (int piece = 0; piece < config.stages(); piece++) {
            for (int level = 0; level < plan.levels().get(piece); level++) {
                terms = Math.ceilDiv(terms, 2);
                bits = Math.min(bits + 1, config.resultBits());
            }
            kept += terms * bits;
        }
        return kept;
    }

    /** Flip-flops of the registers behind comparisons, whose ones are counted. */
    static int keptOnes(int thresholds, int stages) {
        if (stages == 0) {
            return 0;
        }
        SumPlan plan = SumPlan.ofOnes(thresholds, stages - 1);
        int terms = plan.groups();
        int bits = DotProduct.Config.countBits(Math.ceilDiv(thresholds, terms));
        int kept = thresholds;
        for (int piece = 0; piece < stages - 1; piece++) {
            for (int level = 0; level < plan.levels().get(piece); level++) {
                terms = Math.ceilDiv(terms, 2);
                bits++;
            }
            kept += terms * bits;
        }
        return kept;
    }

    private static Resources combinational(DotProduct.Config config, Family family) {
        boolean bipolarWeights = config.weights() instanceof Format.Bipolar;
        boolean bipolarActivations = config.activations() instanceof Format.Bipolar;
        if (config.isShifted()) {
            return config.multiplier() == Multiplier.LUT ? rows(config, family) : shiftedProducts(config, family);
        }
        if (!bipolarWeights && !bipolarActivations) {
            return products(config, family);
        }
        CountCost count = CountCost.of(family, config.simd(), true);
        Resources plane = new Resources(count.luts(), 0, 0, 0, count.depth());
        if (bipolarWeights && bipolarActivations) {
            return plane.plus(Resources.luts(flattened(config.simd(), family)));
        }
        int countBits = DotProduct.Config.countBits(config.simd());
        if (bipolarWeights) {
            return planes(plane, config.activations().bits(), config.activations().bits(), countBits);
        }
        if (config.weights() instanceof Format.BitMasked masked) {
            // The negative products are counted once for all runs of places, and those before a run are subtracted.
            Resources planes = planes(plane, masked.places().size() + 1, config.terms(), countBits);
            return planes.plus(Resources.luts(config.simd() + 2 * config.resultBits())).withDepth(planes.logicDepth() + 1);
        }
        // The activations of −1 are counted apart, and added.
        Resources planes = planes(plane, config.weights().bits(), config.weights().bits(), countBits);
        int minusOnes = CountCost.of(family, config.simd(), false).luts();
        return planes.plus(Resources.luts(minusOnes + config.resultBits())).withDepth(planes.logicDepth() + 1);
    }

    /** Few pairs are mapped as one function of all their bits, not as adders: fitted. */
    private static int flattened(int pairs, Family family) {
        return Fabric.of(family).hasChoosingAdders() ? (pairs < 4 ? pairs : pairs < 8 ? 9 : 0) : 0;
    }

    /** A tree of adders: two neighbours overlap but for the lower one's lowest bits, which pass. */
    private static Resources planes(Resources plane, int planes, int terms, int countBits) {
        int lut = plane.lut() * planes;
        int depth = plane.logicDepth();
        int pass = 1;
        for (int left = terms; left > 1; left = Math.ceilDiv(left, 2)) {
            lut += left / 2 * (countBits + pass);
            depth++;
            pass *= 2;
        }
        return new Resources(lut, 0, 0, 0, depth);
    }

    /** Products of numbers; large ones in multipliers where the synthesizer does so by itself. */
    private static Resources products(DotProduct.Config config, Family family) {
        return Multipliers.of(family)
                .sum(config.simd(), config.weights().bits(), config.activations().bits(), config.resultBits() - 2)
                .withDepth(4 + config.simd() / 8);
    }

    /** A carry chain for each row but the first of a lane, as long as the row and what is left above its place. */
    private static Resources rows(DotProduct.Config config, Family family) {
        int bits = config.activations().bits();
        List<Integer> places = config.places();
        int above = bits;
        int chains = 0;
        for (int i = 1; i < places.size(); i++) {
            int left = above - (places.get(i) - places.get(i - 1));
            chains += left > 0 ? Math.max(left, bits) : 0;
            above = left > 0 ? Math.max(left, bits) + 1 : bits;
        }
        // Xilinx' adders take the row's gates in; but those of a left operand, which the carry chain reads as well.
        int gated = !Fabric.of(family).hasChoosingAdders() ? places.size() * config.simd()
                : places.size() > 1 ? config.simd() : Math.ceilDiv(config.simd(), 2);
        int width = above + places.getLast() - places.getFirst();
        int tree = 0;
        int depth = places.size();
        for (int left = config.simd(); left > 1; left = Math.ceilDiv(left, 2)) {
            tree += left / 2 * width++;
            depth++;
        }
        return new Resources(gated * bits + config.simd() * chains + tree, 0, 0, 0, depth);
    }

    private static Resources shiftedProducts(DotProduct.Config config, Family family) {
        List<Integer> places = config.places();
        int bits = config.activations().bits();
        int inverted = config.weights() instanceof Format.BitMasked ? bits : 0;
        Resources product = Multipliers.of(family)
                .product(places.getLast() - places.getFirst() + 1, bits)
                .plus(Resources.luts(inverted));
        int adders = (config.simd() - 1) * (config.resultBits() - 2);
        return product.times(config.simd()).plus(Resources.luts(adders)).withDepth(5 + config.simd() / 8);
    }
}
