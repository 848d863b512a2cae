package org.bitloom.cli.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.bitloom.blocks.ByChannel;
import org.bitloom.blocks.Depth;
import org.bitloom.blocks.DotProduct;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.MatrixVectorUnit.Result;
import org.bitloom.blocks.Multiplier;
import org.bitloom.blocks.OffsetUnit;
import org.bitloom.blocks.PositionScaleUnit;
import org.bitloom.blocks.RequantizeUnit;
import org.bitloom.cli.bench.Calibration.Point;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.verilog.Family;

/** Of {@link Calibration} what quantized networks are made of: numbers that are multiplied, scaled, shifted and clamped. */
final class QuantizedPoints {
    private static final Format U4 = new Format.Unsigned(4);
    private static final Format U8 = new Format.Unsigned(8);
    private static final Format S8 = new Format.Signed(8);
    private static final ByChannel ONE = new ByChannel.Common(1);

    private final List<Point> points = new ArrayList<>();

    private QuantizedPoints() {
        requantize();
        offsets();
        scales();
        products();
        units();
    }

    static List<Point> all() {
        return List.copyOf(new QuantizedPoints().points);
    }

    private void requantize() {
        requantize(new Format.Signed(16), 1, 1, ONE, common(128), 8, U8);
        requantize(new Format.Signed(14), 4, 1, ONE, common(0), 5, S8);
        requantize(new Format.Unsigned(12), 3, 1, ONE, common(13), 5, new Format.Unsigned(5));
        requantize(new Format.Signed(12), 2, 1, common(11), common(-9), 5, S8);
        requantize(new Format.Signed(20), 1, 1, common(23), common(4096), 13, U8);
        requantize(new Format.Unsigned(12), 4, 1, common(5), common(512), 10, U4);
        requantize(new Format.Signed(16), 2, 20, ONE, table(16), 6, U8);
        requantize(new Format.Signed(12), 1, 70, ONE, table(7), 3, U8);
        requantize(new Format.Signed(20), 1, 16, table(5), table(20), 10, U8);
        requantize(new Format.Signed(18), 4, 8, table(5), table(18), 9, U4);
        requantize(new Format.Signed(17), 3, 5, table(4), common(64), 7, new Format.Signed(6));
        requantize(new Format.Signed(20), 1, 100, table(8), table(24), 14, U8);
        requantize(new Format.Signed(24), 2, 32, table(9), table(30), 20, S8);
    }

    private static ByChannel common(long value) {
        return new ByChannel.Common(value);
    }

    private static ByChannel table(int bits) {
        return new ByChannel.Table(bits);
    }

    private void requantize(
            Format input, int lanes, int folds, ByChannel multiplier, ByChannel offset, int shift, Format output) {
        RequantizeUnit.Config config = new RequantizeUnit.Config(input, lanes, folds, multiplier, offset, shift, output);
        String name = "requantize-%sto%s-l%d-f%d-m%s-o%s-s%d"
                .formatted(input, output, lanes, folds, text(multiplier), text(offset), shift);
        if (config.tableBits() == 0) {
            add(name, RequantizeUnit::new, config, config::cost);
            return;
        }
        int channels = lanes * folds;
        // Multipliers are positive.
        MemoryContents contents = config.table(
                numbers(1, channels, multiplier.bits() - 1),
                LongStream.of(numbers(2, channels, offset.bits())).map(o -> o - (1L << offset.bits() - 1)).toArray());
        points.add(new Point(
                name,
                _ -> Elaborator.elaborate("unit", () -> {
                    RequantizeUnit unit = new RequantizeUnit(config);
                    unit.table.forEach(rom -> rom.contents(contents));
                    return unit;
                }),
                family -> UnitPoints.synthesized(
                        config.cost(family, contents), family, contents, Fabric.tableStyle(folds))));
    }

    private static String text(ByChannel number) {
        return switch (number) {
            case ByChannel.Common(long value) -> String.valueOf(value).replace('-', 'n');
            case ByChannel.Table(int bits) -> "t" + bits;
        };
    }

    private static long[] numbers(long seed, int count, int bits) {
        return LongStream.range(0, count).map(i -> UnitContents.mix((seed << 40) + i) >>> Long.SIZE - bits).toArray();
    }

    private void offsets() {
        offset(U8, 1, 100, 9, 10);
        offset(U8, 3, 48, 9, 9);
        offset(S8, 4, 8, 8, 9);
        offset(U8, 8, 784, 9, 10);
        offset(U4, 16, 3, 5, 6);
    }

    private void offset(Format input, int lanes, int words, int offsetBits, int outputBits) {
        OffsetUnit.Config config = new OffsetUnit.Config(input, lanes, words, offsetBits, outputBits);
        MemoryContents contents = UnitPoints.random(4, config.tableBits(), words);
        points.add(new Point(
                "offset-%s-l%d-n%d-o%dto%d".formatted(input, lanes, words, offsetBits, outputBits),
                _ -> Elaborator.elaborate("unit", () -> {
                    OffsetUnit unit = new OffsetUnit(config);
                    unit.offsets.contents(contents);
                    return unit;
                }),
                family -> UnitPoints.synthesized(
                        config.cost(family, contents), family, contents, Fabric.tableStyle(words))));
    }

    private void scales() {
        scale("edge", U8, 2, 3, List.of(2, 2, 2, 3), List.of(2, 2, 3), 12);
        scale("edges", new Format.Unsigned(12), 1, 32, edges(8), edges(8), 16);
        scale("primes", new Format.Signed(12), 1, 1, List.of(1, 7, 5), List.of(3), 18);
        scale("rows", S8, 4, 4, List.of(4, 4, 4, 4, 6), List.of(1, 1, 1), 11);
        scale("small", new Format.Unsigned(6), 8, 2, List.of(2, 3), List.of(2, 3), 10);
    }

    /** As average pooling with padding has them: fewer numbers at the edges. */
    private static List<Integer> edges(int places) {
        List<Integer> factors = new ArrayList<>(Collections.nCopies(places, 2));
        factors.set(0, 3);
        factors.set(places - 1, 3);
        return factors;
    }

    private void scale(
            String kind, Format input, int lanes, int folds, List<Integer> rows, List<Integer> columns, int outputBits) {
        PositionScaleUnit.Config config = new PositionScaleUnit.Config(input, lanes, folds, rows, columns, outputBits);
        add(
                "scale-%s-%s-l%d-f%d-%dx%d".formatted(kind, input, lanes, folds, rows.size(), columns.size()),
                PositionScaleUnit::new,
                config,
                config::cost);
    }

    private void products() {
        Format masked = new Format.BitMasked(4, 0b111);
        for (int simd : new int[] {1, 4, 8}) {
            product(masked, U8, simd, Multiplier.LUT);
        }
        product(new Format.BitMasked(5, 0b1101), U4, 3, Multiplier.LUT);
        product(new Format.BitMasked(8, 0b1000001), S8, 5, Multiplier.LUT);
        product(new Format.Signed(4), U8, 4, Multiplier.LUT);
        product(S8, U8, 2, Multiplier.LUT);
        product(new Format.Signed(3), U8, 4, Multiplier.DSP);
        product(new Format.Signed(4), U8, 1, Multiplier.DSP);
        product(new Format.Signed(5), U8, 5, Multiplier.DSP);
        product(new Format.Signed(6), U4, 3, Multiplier.DSP);
        product(S8, S8, 3, Multiplier.DSP);
        product(new Format.Signed(12), U8, 1, Multiplier.DSP);
        product(new Format.Signed(16), new Format.Signed(16), 1, Multiplier.DSP);
    }

    private void product(Format weights, Format activations, int simd, Multiplier multiplier) {
        DotProduct.Config config = new DotProduct.Config(simd, weights, activations, multiplier, 0);
        String name = "product-%s%s-s%d%s".formatted(weights, activations, simd, suffix(multiplier));
        add(name, DotProduct::new, config, config::cost);
    }

    private static String suffix(Multiplier multiplier) {
        return multiplier == Multiplier.LUT ? "-lut" : "";
    }

    private void units() {
        Format masked = new Format.BitMasked(4, 0b111);
        Result sum = new Result.Accumulator();
        unit(masked, U8, 4, 8, 4, 8, sum, MemoryStyle.DISTRIBUTED);
        unit(masked, U8, 2, 3, 4, 9, new Result.Levels(15, 4, 0), MemoryStyle.DISTRIBUTED);
        unit(new Format.BitMasked(5, 0b1011), U8, 1, 1, 16, 25, sum, MemoryStyle.BLOCK);
        unit(new Format.BitMasked(6, 0b10001), U4, 8, 4, 4, 8, sum, MemoryStyle.DISTRIBUTED);
        unit(new Format.BitMasked(4, 0b011), S8, 3, 5, 3, 5, new Result.Sign(), MemoryStyle.DISTRIBUTED);
        unit(masked, new Format.Bipolar(), 4, 8, 4, 8, new Result.Sign(), MemoryStyle.DISTRIBUTED);
        unit(S8, U8, 2, 4, 4, 8, sum, MemoryStyle.DISTRIBUTED);
        unit(new Format.Signed(4), U8, 4, 8, 4, 8, sum, MemoryStyle.DISTRIBUTED);
    }

    private void unit(
            Format weights, Format activations, int pe, int simd, int neuronFolds, int synapseFolds, Result result, MemoryStyle style) {
        long most = (long) simd * synapseFolds << weights.bits() + activations.bits();
        MatrixVectorUnit.Config config = new MatrixVectorUnit.Config(weights, activations, pe, simd, neuronFolds,
                synapseFolds, Component.bitsFor(most), false, result, style, Multiplier.LUT, Depth.LEAST);
        points.add(UnitPoints.point(config));
    }

    private <C, T extends Component> void add(
            String name, Function<C, T> block, C config, Function<Family, Resources> cost) {
        points.add(new Point(name, _ -> Elaborator.elaborate("unit", block, config), cost));
    }
}
