package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.blocks.MatrixVectorUnit.Config;
import org.bitloom.blocks.MatrixVectorUnit.Result;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.verilog.Family;

/**
 * The paths between registers in a {@link MatrixVectorUnit}. Registers within the dot products and behind the
 * accumulators shorten theirs; the control and the accumulators, each of which needs its last sum in the next cycle, are
 * what no register shortens.
 */
final class MatrixVectorPaths {
    private final Config config;
    private final Family family;
    private final Fabric fabric;

    MatrixVectorPaths(Config config, Family family) {
        this.config = config;
        this.family = family;
        this.fabric = Fabric.of(family);
    }

    List<LogicPath> all() {
        List<LogicPath> paths = new ArrayList<>(List.of(control(), weights()));
        paths.addAll(ProductPaths.of(config.product(), family, hasWeightMemory() && !config.hasMemoryRegister()));
        if (config.hasMemoryRegister()) {
            paths.add(LogicPath.of("kept weights", 0, 0).outOfMemory(hasWeightMemory()));
        }
        paths.add(accumulator());
        if (config.result() instanceof Result.Levels levels) {
            paths.add(LogicPath.of("thresholds", fabric.comparisonDepth(), config.accumulatorBits()));
            paths.addAll(ProductPaths.ofLevels(levels.thresholds(), config.depth().result(), family));
            if (config.depth().result() == 0) {
                LogicPath count = paths.removeLast();
                LogicPath compare = paths.removeLast();
                paths.add(LogicPath.of(
                        "thresholds", compare.luts() + count.luts(), compare.carryBits() + count.carryBits()));
            }
        }
        return paths;
    }

    /** From the other side's ready, or from any step's flag, to all registers before it. */
    private LogicPath control() {
        int steps = 3 + config.depth().sum() + (config.result() instanceof Result.Levels ? 2 + config.depth().result() : 1);
        int counters = Math.max(Fabric.addressBits(config.synapseFolds()), Fabric.addressBits(config.neuronFolds()));
        return LogicPath.of("control", fabric.depth(steps + 1) + 1 + fabric.depth(counters), 0);
    }

    private LogicPath weights() {
        int address = Fabric.addressBits(config.weightWords());
        return LogicPath.of("weights", hasWeightMemory() ? 1 : fabric.depth(address), hasWeightMemory() ? address : 0);
    }

    private boolean hasWeightMemory() {
        return fabric.isBlockRom(config.weightStyle(), config.weightWordBits(), config.weightWords());
    }

    private LogicPath accumulator() {
        int bits = config.accumulatorBits();
        if (config.synapseFolds() == 1) {
            return LogicPath.of("accumulator", 1, bits);
        }
        // Whether a sum begins is known from the counter; with six inputs the choice is in the adder's own LUTs.
        int first = fabric.depth(Fabric.addressBits(config.synapseFolds()));
        return LogicPath.of("accumulator", first + (fabric.hasWideLuts() ? 1 : 2), bits);
    }
}
