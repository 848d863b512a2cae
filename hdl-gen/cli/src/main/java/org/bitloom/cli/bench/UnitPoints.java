package org.bitloom.cli.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bitloom.blocks.Depth;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.MatrixVectorUnit.Result;
import org.bitloom.blocks.Multiplier;
import org.bitloom.cli.bench.Calibration.Point;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.cost.RomColumns;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.verilog.Family;

/** Of {@link Calibration} the matrix-vector units, filled as a trained layer would fill them. */
final class UnitPoints {
    private static final Format BIPOLAR = new Format.Bipolar();

    private final List<Point> points = new ArrayList<>();

    private UnitPoints() {
        bipolarUnits();
        otherFormats();
    }

    static List<Point> all() {
        return List.copyOf(new UnitPoints().points);
    }
    private void bipolarUnits() {
        Result sign = new Result.Sign();
        for (int simd : new int[] {1, 2, 3, 4, 5, 8, 12, 16, 25, 32, 49, 64}) {
            unit(BIPOLAR, BIPOLAR, 4, simd, 4, 4, sign, MemoryStyle.DISTRIBUTED);
        }
        for (int pe : new int[] {1, 2, 8, 16}) {
            unit(BIPOLAR, BIPOLAR, pe, 8, 8, 8, sign, MemoryStyle.DISTRIBUTED);
        }
        for (int folds : new int[] {1, 2, 3, 5, 7, 8, 12, 16, 32, 64}) {
            unit(BIPOLAR, BIPOLAR, 4, 8, folds, 4, sign, MemoryStyle.DISTRIBUTED);
            unit(BIPOLAR, BIPOLAR, 4, 8, 4, folds, sign, MemoryStyle.DISTRIBUTED);
        }
        for (int words : new int[] {16, 32, 64, 128}) {
            unit(BIPOLAR, BIPOLAR, 4, 16, words / 8, words / 2, sign, MemoryStyle.BLOCK);
            unit(BIPOLAR, BIPOLAR, 4, 16, words, 8, sign, MemoryStyle.BLOCK);
        }
        unit(BIPOLAR, BIPOLAR, 32, 32, 4, 9, sign, MemoryStyle.DISTRIBUTED);
        unit(BIPOLAR, BIPOLAR, 16, 49, 4, 16, sign, MemoryStyle.DISTRIBUTED);
        unit(BIPOLAR, BIPOLAR, 10, 8, 1, 8, new Result.Accumulator(), MemoryStyle.DISTRIBUTED);
        for (int simd : new int[] {1, 8, 16}) {
            unit(BIPOLAR, BIPOLAR, 4, simd, 4, 8, new Result.Accumulator(), MemoryStyle.DISTRIBUTED);
            for (int levels : new int[] {3, 15}) {
                Result several = new Result.Levels(levels, levels == 3 ? 2 : 4, 0);
                unit(BIPOLAR, BIPOLAR, 4, simd, 4, 8, several, MemoryStyle.DISTRIBUTED);
            }
        }
    }

    private void otherFormats() {
        Format u8 = new Format.Unsigned(8);
        Format u2 = new Format.Unsigned(2);
        Format s2 = new Format.Signed(2);
        Format s4 = new Format.Signed(4);
        Format s8 = new Format.Signed(8);
        Result sign = new Result.Sign();
        for (int simd : new int[] {1, 3, 8}) {
            unit(BIPOLAR, u8, 4, simd, 4, 9, sign, MemoryStyle.DISTRIBUTED);
            unit(BIPOLAR, s8, 4, simd, 4, 9, sign, MemoryStyle.DISTRIBUTED);
            unit(BIPOLAR, u2, 4, simd, 4, 8, sign, MemoryStyle.DISTRIBUTED);
            unit(BIPOLAR, s2, 4, simd, 4, 8, new Result.Levels(3, 2, -2), MemoryStyle.DISTRIBUTED);
            unit(s2, BIPOLAR, 4, simd, 4, 8, sign, MemoryStyle.DISTRIBUTED);
            unit(s2, u2, 4, simd, 4, 8, sign, MemoryStyle.DISTRIBUTED);
            unit(s4, s4, 4, simd, 4, 8, new Result.Accumulator(), MemoryStyle.DISTRIBUTED);
            unit(s8, u8, 4, simd, 4, 8, new Result.Accumulator(), MemoryStyle.DISTRIBUTED);
        }
    }

    private void unit(
            Format weights, Format activations, int pe, int simd, int neuronFolds, int synapseFolds, Result result, MemoryStyle style) {
        boolean bipolar = weights.equals(BIPOLAR) && activations.equals(BIPOLAR);
        long most = (long) simd * synapseFolds << (bipolar ? 0 : weights.bits() + activations.bits() - 1);
        boolean doubled = bipolar && result instanceof Result.Accumulator;
        MatrixVectorUnit.Config config = new MatrixVectorUnit.Config(weights, activations, pe, simd, neuronFolds,
                synapseFolds, Component.bitsFor(most) + 1, doubled, result, style, Multiplier.DSP, Depth.LEAST);
        points.add(point(config));
    }

    static Point point(MatrixVectorUnit.Config config) {
        String kind = switch (config.result()) {
            case Result.Sign _ -> "sign";
            case Result.Levels levels -> "levels" + levels.thresholds();
            case Result.Accumulator _ -> "sum";
        };
        String name = "unit-%s%s-p%d-s%d-f%dx%d-%s%s%s".formatted(config.weights(), config.activations(), config.pe(),
                config.simd(), config.neuronFolds(), config.synapseFolds(), kind,
                config.weightStyle() == MemoryStyle.BLOCK ? "-block" : "",
                config.multiplier() == Multiplier.LUT ? "-lut" : "");
        return new Point(
                name,
                _ -> Elaborator.elaborate("unit", () -> filled(config)),
                family -> synthesized(config.cost(family), family, weights(config), config.weightStyle()));
    }

    /**
     * An estimate as Yosys 0.23 can be held to: on Cyclone V it builds every read-only memory in logic, so that this one is
     * counted there.
     */
    static Resources synthesized(Resources estimate, Family family, MemoryContents rom, MemoryStyle style) {
        RomColumns columns = RomColumns.of(rom);
        Resources asked = Fabric.of(family).rom(columns, style, true);
        if (family != Family.CYCLONE_V || asked.bram() == 0) {
            return estimate;
        }
        Resources logic = Fabric.of(family).rom(columns, MemoryStyle.DISTRIBUTED, true);
        return new Resources(
                estimate.lut() - asked.lut() + logic.lut(),
                estimate.ff() - asked.ff() + logic.ff(),
                estimate.bram() - asked.bram(),
                estimate.dsp(),
                Math.max(estimate.logicDepth(), logic.logicDepth()));
    }

    private static MemoryContents weights(MatrixVectorUnit.Config config) {
        return random(1, config.weightWordBits(), config.weightWords());
    }

    static MatrixVectorUnit filled(MatrixVectorUnit.Config config) {
        MatrixVectorUnit unit = new MatrixVectorUnit(config);
        unit.weights.contents(weights(config));
        unit.starts.contents(starts(config));
        unit.thresholds.forEach(rom -> rom.contents(random(
                2,
                config.pe() * ((Result.Levels) config.result()).thresholds() * config.accumulatorBits(),
                config.neuronFolds())));
        return unit;
    }

    /** As a trained layer has them: none where neither thresholds nor a rest of the products has its place there. */
    private static MemoryContents starts(MatrixVectorUnit.Config config) {
        int width = config.pe() * config.accumulatorBits();
        return config.result() instanceof Result.Sign || config.multiplier() == Multiplier.LUT
                ? random(3, width, config.neuronFolds())
                : MemoryContents.of(width, Collections.nCopies(config.neuronFolds(), BitVector.zero(width)));
    }

    static MemoryContents random(long seed, int width, int words) {
        List<BitVector> contents = new ArrayList<>();
        for (int word = 0; word < words; word++) {
            long[] limbs = new long[BitVector.limbCount(width)];
            for (int limb = 0; limb < limbs.length; limb++) {
                limbs[limb] = UnitContents.mix((seed << 40) + ((long) word << 20) + limb);
            }
            contents.add(BitVector.of(width, limbs));
        }
        return MemoryContents.of(width, contents);
    }
}
