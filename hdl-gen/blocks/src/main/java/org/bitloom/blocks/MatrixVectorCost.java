package org.bitloom.blocks;

import java.util.Optional;
import org.bitloom.blocks.MatrixVectorUnit.Config;
import org.bitloom.blocks.MatrixVectorUnit.Result;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Multipliers;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.cost.RomColumns;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.verilog.CountCost;
import org.bitloom.hdl.verilog.Family;

/** What a {@link MatrixVectorUnit} takes, part by part in the order of its stages. */
final class MatrixVectorCost {
    private final Config config;
    private final Family family;
    private final Fabric fabric;

    MatrixVectorCost(Config config, Family family) {
        this.config = config;
        this.family = family;
        this.fabric = Fabric.of(family);
    }

    /** With random contents in its memories. */
    Resources expected() {
        int rows = config.neuronFolds();
        // Thresholds, or what the products leave out.
        boolean starting = config.result() instanceof Result.Sign || config.product().isShifted();
        int starts = starting ? config.pe() * config.accumulatorBits() : 0;
        return with(
                RomColumns.random(config.weightWordBits(), config.weightWords()),
                starts == 0 ? RomColumns.NONE : RomColumns.random(starts, rows),
                config.result() instanceof Result.Levels levels
                        ? Optional.of(RomColumns.random(config.pe() * levels.thresholds() * config.accumulatorBits(), rows))
                        : Optional.empty());
    }

    Resources with(RomColumns weights, RomColumns starts, Optional<RomColumns> thresholds) {
        Resources cost = control()
                .plus(fabric.rom(weights, config.weightStyle(), true))
                .plus(config.hasMemoryRegister()
                        ? fabric.register(config.weightWordBits() + config.inputBits())
                        : Resources.NONE)
                .plus(vector())
                .plus(elements(starts))
                .plus(fabric.table(starts));
        Resources all = thresholds.isPresent() ? cost.plus(fabric.table(thresholds.get())) : cost;
        int levels = new MatrixVectorPaths(config, family).all().stream().mapToInt(LogicPath::luts).max().orElseThrow();
        return all.withDepth(levels);
    }

    /** Counters, and a flag for each stage. */
    private Resources control() {
        int depth = config.synapseFolds();
        int rows = config.neuronFolds();
        boolean levels = config.result() instanceof Result.Levels;
        Resources counters = fabric.counter(rows == 1 ? 1 : depth)
                .plus(fabric.counter(rows))
                .plus(fabric.counter(config.weightWords()))
                .plus(fabric.counter(depth))
                .plus(fabric.counter(rows));
        int further = config.depth().sum() + config.depth().result();
        return counters.plus(levels ? fabric.counter(rows) : Resources.NONE).plus(new Resources(further, further, 0, 0, 1)).plus(new Resources(fabric.hasWideLuts() ? 20 : 8, levels ? 5 : 4, 0, 0, 3));
    }

    private Resources vector() {
        int bits = config.inputBits();
        if (config.synapseFolds() == 1 || config.neuronFolds() == 1) {
            return fabric.register(2 * bits);
        }
        return fabric.ram(bits, config.synapseFolds(), MemoryStyle.AUTOMATIC, true)
                .plus(fabric.register(Fabric.addressBits(config.synapseFolds())));
    }

    private Resources elements(RomColumns starts) {
        Resources product = config.element().product().cost(family);
        int bits = config.accumulatorBits();
        int partial = config.element().product().resultBits();
        // With the register in the multiplier's cell, an adder before it is not.
        boolean within = product.dsp() > 0 && Multipliers.of(family).add();
        Resources element = product.plus(accumulator()).plus(within ? Resources.luts(partial) : fabric.register(partial));
        return element.plus(result()).times(config.pe());
    }

    private Resources accumulator() {
        int bits = config.accumulatorBits();
        if (config.synapseFolds() == 1) {
            // Nothing is accumulated; of a sum of which only the sign is asked for, the rest is carry chain.
            boolean sign = config.result() instanceof Result.Sign;
            return new Resources(sign && !fabric.hasWideLuts() ? 2 : bits, sign ? 1 : bits, 0, 0, 2);
        }
        // On Xilinx the choice between start and sum is in the adder's own LUTs.
        return new Resources(fabric.hasChoosingAdders() ? bits : 2 * bits, bits, 0, 0, 2);
    }

    private Resources result() {
        return switch (config.result()) {
            case Result.Sign _ -> Resources.luts(fabric.hasWideLuts() ? 0 : 1);
            case Result.Accumulator _ -> Resources.NONE;
            case Result.Levels levels -> {
                CountCost count = CountCost.of(family, levels.thresholds(), false);
                yield new Resources(
                        levels.thresholds() * fabric.comparison(config.accumulatorBits()) + count.luts(),
                        levels.bits() + ProductCost.keptOnes(levels.thresholds(), config.depth().result()),
                        0,
                        0,
                        1 + count.depth());
            }
        };
    }
}
