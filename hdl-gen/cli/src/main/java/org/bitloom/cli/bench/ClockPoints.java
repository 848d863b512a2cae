package org.bitloom.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bitloom.blocks.AddUnit;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.blocks.Depth;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.MatrixVectorUnit.Result;
import org.bitloom.blocks.Multiplier;
import org.bitloom.blocks.PoolUnit;
import org.bitloom.blocks.SlidingWindow;
import org.bitloom.blocks.ThresholdUnit;
import org.bitloom.blocks.WindowShape;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.Fifo;
import org.bitloom.hdl.stream.LaneConverter;

/** The configurations of blocks, of several depths, that predicted clocks are held against. */
public final class ClockPoints {
    private static final Format BIPOLAR = new Format.Bipolar();

    /** A configuration and the design that it gives, with random contents in its memories. */
    public record Point(String name, BlockConfig config, Supplier<Design> design) {}

    private final List<Point> points = new ArrayList<>();

    private ClockPoints() {
        units();
        others();
    }

    public static List<Point> points() {
        return List.copyOf(new ClockPoints().points);
    }

    private void units() {
        Result sign = new Result.Sign();
        Result sum = new Result.Accumulator();
        for (int simd : new int[] {4, 8, 16, 32, 64}) {
            for (int stages = 0; stages <= 3 && 1 << stages < simd; stages++) {
                unit(BIPOLAR, BIPOLAR, 4, simd, 4, 8, sign, MemoryStyle.DISTRIBUTED, new Depth(stages, 0));
            }
        }
        for (int stages : new int[] {0, 1, 3}) {
            unit(BIPOLAR, BIPOLAR, 16, 32, 4, 8, sign, MemoryStyle.DISTRIBUTED, new Depth(stages, 0));
            unit(BIPOLAR, BIPOLAR, 8, 32, 16, 32, sign, MemoryStyle.BLOCK, new Depth(stages, 0));
            unit(BIPOLAR, new Format.Unsigned(8), 4, 3, 4, 9, sign, MemoryStyle.DISTRIBUTED, new Depth(stages, 0));
            unit(BIPOLAR, new Format.Unsigned(2), 4, 16, 4, 8, sum, MemoryStyle.DISTRIBUTED, new Depth(stages, 0));
            unit(new Format.Signed(2), BIPOLAR, 4, 8, 4, 8, sum, MemoryStyle.DISTRIBUTED, new Depth(stages, 0));
            unit(new Format.Signed(4), new Format.Unsigned(4), 2, 8, 4, 8, sum, MemoryStyle.DISTRIBUTED, new Depth(stages, 0));
        }
        for (int result = 0; result <= 2; result++) {
            Result few = new Result.Levels(3, 2, 0);
            Result many = new Result.Levels(15, 4, 0);
            unit(BIPOLAR, BIPOLAR, 4, 16, 4, 8, few, MemoryStyle.DISTRIBUTED, new Depth(1, result));
            unit(BIPOLAR, BIPOLAR, 4, 16, 4, 8, many, MemoryStyle.DISTRIBUTED, new Depth(1, result));
        }
    }

    private void unit(
            Format weights, Format activations, int pe, int simd, int neuronFolds, int synapseFolds, Result result,
            MemoryStyle style, Depth depth) {
        boolean bipolar = weights.equals(BIPOLAR) && activations.equals(BIPOLAR);
        long most = (long) simd * synapseFolds << (bipolar ? 0 : weights.bits() + activations.bits() - 1);
        MatrixVectorUnit.Config config = new MatrixVectorUnit.Config(
                weights, activations, pe, simd, neuronFolds, synapseFolds, Component.bitsFor(most) + 1,
                bipolar && result instanceof Result.Accumulator, result, style, Multiplier.DSP, depth);
        String name = "unit-%s%s-p%d-s%d-f%dx%d-%s-d%s".formatted(
                weights, activations, pe, simd, neuronFolds, synapseFolds, kind(result), depth);
        points.add(new Point(name, config, () -> Elaborator.elaborate("unit", () -> UnitPoints.filled(config))));
    }

    private static String kind(Result result) {
        return switch (result) {
            case Result.Sign _ -> "sign";
            case Result.Levels levels -> "levels" + levels.thresholds();
            case Result.Accumulator _ -> "sum";
        };
    }

    private void others() {
        for (int[] a : new int[][] {{8, 10, 10}, {8, 1, 10}, {10, 4, 10}, {12, 16, 43}}) {
            add("argmax-b%d-l%d-n%d".formatted(a[0], a[1], a[2]), ArgMaxUnit::new, new ArgMaxUnit.Config(a[0], a[1], a[2]));
        }
        for (int thresholds : new int[] {1, 3, 15}) {
            List<Long> common = LongStream.rangeClosed(1, thresholds).map(i -> i * 127 / (thresholds + 1)).boxed().toList();
            add("common-s12-l4-t" + thresholds, ThresholdUnit::new, new ThresholdUnit.Config(
                    new Format.Signed(12), 4, 16, common, thresholds, Component.bitsFor(thresholds), 0,
                    ThresholdUnit.Direction.ASCENDING, 0));
        }
        for (int bits : new int[] {2, 8, 16}) {
            Format format = new Format.Signed(bits);
            add("max-s%d-l4-t4".formatted(bits), PoolUnit::new,
                    new PoolUnit.Config(format, 4, 4, 4, PoolUnit.Operation.MAX, bits, 0));
            add("total-s%d-l4-t4".formatted(bits), PoolUnit::new,
                    new PoolUnit.Config(format, 4, 4, 4, PoolUnit.Operation.SUM, bits + 2, 0));
            add("add-s%d-l4".formatted(bits), AddUnit::new, new AddUnit.Config(format, format, 4, bits + 1, 0));
        }
        for (int[] f : new int[][] {{16, 2}, {16, 16}, {64, 128}}) {
            add("fifo-w%d-d%d".formatted(f[0], f[1]), Fifo::new, new Fifo.Config(f[0], f[1]));
        }
        for (boolean ahead : new boolean[] {false, true}) {
            String depth = ahead ? "-d1" : "";
            add("window-8x8-k3" + depth, SlidingWindow::new,
                    SlidingWindow.Config.gapless(16, new WindowShape(8, 8, 2, 3, 3, 1, 1, 1, 1)).withAhead(ahead));
            add("window-32x32-k3" + depth, SlidingWindow::new,
                    SlidingWindow.Config.gapless(8, new WindowShape(32, 32, 4, 3, 3, 1, 1, 1, 1)).withAhead(ahead));
        }
        add("lanes-1-16to8", LaneConverter::new, new LaneConverter.Config(1, 16, 8, 64));
        add("lanes-8-2to10", LaneConverter::new, new LaneConverter.Config(8, 2, 10, 40));
        add("lanes-4-5to3", LaneConverter::new, new LaneConverter.Config(4, 5, 3, 30));
    }

    private <C extends BlockConfig, T extends Component> void add(String name, Function<C, T> block, C config) {
        points.add(new Point(name, config, () -> Elaborator.elaborate("unit", block, config)));
    }
}
