package org.bitloom.blocks;

import org.bitloom.blocks.RequantizeUnit.Config;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.cost.RomColumns;
import org.bitloom.hdl.verilog.Family;

/** What a {@link RequantizeUnit} takes. */
final class RequantizeCost {
    private RequantizeCost() {}

    static Resources of(Config config, Family family, RomColumns columns) {
        Fabric fabric = Fabric.of(family);
        int output = config.output().bits();
        // The bits that are shifted out are carry chain alone, and no registers.
        int sum = Math.max(1, config.sumBits() - config.shift());
        int excess = Math.max(0, sum - output);
        int size = fabric.hasWideLuts() ? 6 : 4;
        int clamp = output + Math.ceilDiv(excess, size - 1) + 1;
        Resources lane = new Resources(config.sumBits() + clamp, sum + output, 0, 0, 2);
        if (config.multiplies()) {
            lane = lane.plus(fabric.multiplier(config.numberBits(), config.multiplier().bits()))
                    .plus(fabric.register(config.numberBits() + config.productBits()))
                    .plus(fabric.register(config.offset() instanceof ByChannel.Table(int bits) ? bits : 0));
        } else if (config.hasTable()) {
            lane = lane.plus(fabric.register(config.numberBits()));
        }
        Resources all = lane.times(config.lanes()).plus(new Resources(config.stages(), config.stages(), 0, 0, 2));
        return config.hasTable()
                ? all.plus(fabric.rom(columns, config.tableStyle(), true)).plus(fabric.counter(config.folds()))
                : all;
    }
}
