package org.bitloom.blocks;

import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.CountCost;
import org.bitloom.hdl.verilog.Family;

/** What a {@link DotProduct} takes. */
final class ProductCost {
    private ProductCost() {}

    static Resources of(DotProduct.Config config, Family family) {
        boolean bipolarWeights = config.weights() instanceof Format.Bipolar;
        boolean bipolarActivations = config.activations() instanceof Format.Bipolar;
        if (!bipolarWeights && !bipolarActivations) {
            return products(config, family);
        }
        CountCost count = CountCost.of(family, config.simd(), true);
        Resources plane = new Resources(count.luts(), 0, 0, 0, count.depth());
        if (bipolarWeights && bipolarActivations) {
            return plane.plus(Resources.luts(flattened(config.simd(), family)));
        }
        Format numbers = bipolarWeights ? config.activations() : config.weights();
        Resources planes = planes(plane, numbers.bits(), DotProduct.Config.countBits(config.simd()));
        return bipolarWeights ? planes : planes.plus(Resources.luts(config.resultBits())).withDepth(planes.logicDepth() + 1);
    }

    /** Few pairs are mapped as one function of all their bits, not as adders: fitted. */
    private static int flattened(int pairs, Family family) {
        return family.hasWideLuts() ? (pairs < 4 ? pairs : pairs < 8 ? 9 : 0) : 0;
    }

    /** A tree of adders: two neighbours overlap but for the lower one's lowest bits, which pass. */
    private static Resources planes(Resources plane, int planes, int countBits) {
        int lut = plane.lut() * planes;
        int depth = plane.logicDepth();
        int pass = 1;
        for (int left = planes; left > 1; left = Math.ceilDiv(left, 2)) {
            lut += left / 2 * (countBits + pass);
            depth++;
            pass *= 2;
        }
        return new Resources(lut, 0, 0, 0, depth);
    }

    /** Products of numbers; large ones in multipliers where the synthesizer does so by itself. */
    private static Resources products(DotProduct.Config config, Family family) {
        Fabric fabric = Fabric.of(family);
        int first = config.weights().bits();
        int second = config.activations().bits();
        int adders = (config.simd() - 1) * (config.resultBits() - 2);
        return fabric.multiplier(first, second).times(config.simd()).plus(Resources.luts(adders)).withDepth(4 + config.simd() / 8);
    }
}
