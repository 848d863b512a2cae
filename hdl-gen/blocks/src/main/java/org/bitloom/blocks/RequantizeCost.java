package org.bitloom.blocks;

import org.bitloom.blocks.RequantizeUnit.Config;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Multipliers;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.cost.RomColumns;
import org.bitloom.hdl.verilog.Family;

/** What a {@link RequantizeUnit} takes. Synthesis leaves out the signs of what is never negative. */
final class RequantizeCost {
    private final Config config;
    private final Family family;
    private final Fabric fabric;
    private final Multipliers multipliers;

    /** Bits of the input, of the products and of the sums. */
    private final int number;

    private final int product;
    private final int sum;

    private RequantizeCost(Config config, Family family) {
        this.config = config;
        this.family = family;
        this.fabric = Fabric.of(family);
        this.multipliers = Multipliers.of(family);
        boolean positive = !isSigned() && isPositive(config.multiplier()) && isPositive(config.offset());
        number = config.numberBits() - (isSigned() ? 0 : 1);
        // A number and a multiplier have each a sign.
        int signs = positive ? (config.multiplies() ? 2 : 1) : 0;
        product = config.productBits() - signs;
        sum = config.sumBits() - signs;
    }

    private boolean isSigned() {
        return config.input() instanceof Format.Signed;
    }

    private static boolean isPositive(ByChannel number) {
        return number instanceof ByChannel.Common(long value) && value >= 0;
    }

    static Resources of(Config config, Family family, RomColumns columns) {
        return new RequantizeCost(config, family).with(columns);
    }

    private Resources with(RomColumns columns) {
        int output = config.output().bits();
        int kept = Math.max(1, sum - config.shift());
        Resources multiplier = multiplier();
        boolean absorbed = multiplier.dsp() > 0 && multipliers.add();
        Resources lane = multiplier.plus(
                new Resources(adder(absorbed) + clamp(kept), kept + output, 0, 0, 2));
        if (config.multiplies()) {
            lane = lane.plus(fabric.register(multipliers.registers(
                            number, isSigned(), places(), product, ignored())))
                    .plus(fabric.register(config.offset() instanceof ByChannel.Table(int bits) ? bits : 0));
        } else if (config.hasTable()) {
            lane = lane.plus(fabric.register(number));
        }
        Resources all = lane.times(config.lanes()).plus(new Resources(config.stages(), config.stages(), 0, 0, 2));
        return config.hasTable()
                ? all.plus(fabric.rom(columns, Fabric.tableStyle(config.folds()), true)).plus(fabric.counter(config.folds()))
                : all;
    }

    private Resources multiplier() {
        if (!config.multiplies()) {
            return Resources.NONE;
        }
        return switch (config.multiplier()) {
            case ByChannel.Common(long value) -> multipliers.byConstant(number, isSigned(), value);
            // That they are positive synthesis finds out, but for cells.
            case ByChannel.Table(int bits) ->
                multipliers.product(config.numberBits(), multipliers.areCells(config.numberBits(), bits) ? bits : bits - 1);
        };
    }

    /** Bits of a multiplier that count. */
    private int places() {
        return config.multiplier().bits() - (config.multiplier() instanceof ByChannel.Common ? 1 : 0);
    }

    /** The lowest bits of products that no sum depends on. */
    private int passed() {
        return config.offset() instanceof ByChannel.Common(long value)
                ? Math.min(config.shift(), value == 0 ? config.shift() : Long.numberOfTrailingZeros(value))
                : 0;
    }

    /** Those of them that have no register: Yosys leaves the cells of a Cyclone V as they are. */
    private int ignored() {
        return family == Family.CYCLONE_V ? 0 : passed();
    }

    private int adder(boolean absorbed) {
        return switch (config.offset()) {
            case ByChannel.Common(long value) when value == 0 -> 0;
            case ByChannel.Common _ -> fabric.adder(sum, config.shift(), passed(), true);
            case ByChannel.Table _ -> absorbed ? 0 : fabric.adder(sum, config.shift(), 0, false);
        };
    }

    private int clamp(int sum) {
        int output = config.output().bits();
        int excess = Math.max(0, sum - output);
        int size = fabric.hasWideLuts() ? 6 : 4;
        return output + (excess + 1 <= size ? 0 : Math.ceilDiv(excess, size - 1) + 1);
    }
}
