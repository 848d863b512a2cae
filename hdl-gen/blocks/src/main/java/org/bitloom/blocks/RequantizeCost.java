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
        int clamp = output + (excess + 1 <= size ? 0 : Math.ceilDiv(excess, size - 1) + 1);
        Resources product = config.multiplies()
                ? fabric.multiplier(config.numberBits(), config.multiplier().bits())
                : Resources.NONE;
        // A Xilinx multiplier has registers before and behind it, and adds the offset.
        boolean absorbed = product.dsp() > 0 && (family == Family.XILINX7 || family == Family.ULTRASCALE_PLUS);
        int adder = switch (config.offset()) {
            case ByChannel.Common(long value) when value == 0 -> 0;
            case ByChannel.Common(long value) ->
                fabric.hasWideLuts() ? 0 : Math.max(0, config.sumBits() - Long.numberOfTrailingZeros(value));
            case ByChannel.Table _ -> absorbed ? 0 : config.sumBits();
        };
        Resources lane = new Resources(adder + clamp, sum + output, 0, 0, 2).plus(product);
        if (config.multiplies()) {
            lane = lane.plus(fabric.register(absorbed ? 0 : config.numberBits() + config.productBits()))
                    .plus(fabric.register(config.offset() instanceof ByChannel.Table(int bits) ? bits : 0));
        } else if (config.hasTable()) {
            lane = lane.plus(fabric.register(config.numberBits()));
        }
        Resources all = lane.times(config.lanes()).plus(new Resources(config.stages(), config.stages(), 0, 0, 2));
        return config.hasTable()
                ? all.plus(fabric.rom(columns, Fabric.tableStyle(config.folds()), true)).plus(fabric.counter(config.folds()))
                : all;
    }
}
