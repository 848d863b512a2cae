package org.bitloom.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bitloom.blocks.AddUnit;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.blocks.ConcatUnit;
import org.bitloom.blocks.DotProduct;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.LookupUnit;
import org.bitloom.blocks.PaddingUnit;
import org.bitloom.blocks.ParallelWindow;
import org.bitloom.blocks.PoolUnit;
import org.bitloom.blocks.SliceUnit;
import org.bitloom.blocks.SlidingWindow;
import org.bitloom.blocks.ThresholdUnit;
import org.bitloom.blocks.WindowShape;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.stream.Fifo;
import org.bitloom.hdl.stream.Fork;
import org.bitloom.hdl.stream.Join;
import org.bitloom.hdl.stream.LaneConverter;
import org.bitloom.hdl.stream.RegisterSlice;
import org.bitloom.hdl.verilog.Family;

/** The configurations of blocks that the cost model is held against: those of published networks, and around them. */
public final class Calibration {
    private static final Format BIPOLAR = new Format.Bipolar();

    /** A configuration and the design that it gives, with random contents in its memories. */
    public record Point(String name, Function<Family, Design> design, Function<Family, Resources> cost) {}

    private final List<Point> points = new ArrayList<>();

    private Calibration() {
        products();
        points.addAll(UnitPoints.all());
        streams();
        others();
        images();
        branches();
        points.addAll(QuantizedPoints.all());
    }

    public static List<Point> points() {
        return List.copyOf(new Calibration().points);
    }

    private void products() {
        Format u8 = new Format.Unsigned(8);
        for (int simd : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 25, 32, 49, 64, 128}) {
            product(BIPOLAR, BIPOLAR, simd);
        }
        for (int simd : new int[] {1, 2, 3, 4, 8, 16}) {
            product(BIPOLAR, u8, simd);
            product(BIPOLAR, new Format.Signed(8), simd);
            product(BIPOLAR, new Format.Unsigned(2), simd);
            product(new Format.Signed(2), BIPOLAR, simd);
            product(new Format.Signed(2), new Format.Unsigned(2), simd);
            product(new Format.Signed(4), new Format.Signed(4), simd);
            product(new Format.Signed(8), u8, simd);
        }
    }

    private void product(Format weights, Format activations, int simd) {
        DotProduct.Config config = new DotProduct.Config(simd, weights, activations);
        add("product-%s%s-s%d".formatted(weights, activations, simd), DotProduct::new, config, config::cost);
    }

    private void streams() {
        for (int width : new int[] {1, 2, 8, 16, 36, 64}) {
            for (int depth : new int[] {2, 3, 8, 32, 33, 64, 100, 512, 1024}) {
                if (width <= 16 || depth != 3 && depth != 33) {
                    points.add(new Point(
                            "fifo-w" + width + "-d" + depth,
                            family -> Elaborator.elaborate("unit", Fifo::new, new Fifo.Config(width, depth, family)),
                            family -> new Fifo.Config(width, depth, family).cost(family)));
                }
            }
        }
        for (int width : new int[] {1, 8, 64}) {
            RegisterSlice.Config slice = new RegisterSlice.Config(width);
            add("slice-w" + width, RegisterSlice::new, slice, slice::cost);
            Join.Config join = new Join.Config(width, 2 * width);
            add("join-w" + width, Join::new, join, join::cost);
            for (int copies : new int[] {2, 3, 5}) {
                Fork.Config fork = new Fork.Config(width, copies);
                add("fork-w" + width + "-x" + copies, Fork::new, fork, fork::cost);
            }
        }
        int[][] lanes = {
            {1, 8, 4, 64}, {1, 4, 8, 64}, {1, 16, 8, 64}, {1, 8, 64, 64}, {1, 64, 8, 64}, {1, 49, 16, 784}, {1, 10, 8, 64},
            {1, 8, 10, 64}, {2, 8, 4, 64}, {2, 12, 8, 96}, {8, 3, 1, 27}, {8, 1, 3, 27}, {8, 1, 4, 27}, {1, 32, 36, 576},
            {4, 5, 3, 30}, {1, 1, 32, 64}, {1, 32, 1, 64}
        };
        for (int[] l : lanes) {
            LaneConverter.Config config = new LaneConverter.Config(l[0], l[1], l[2], l[3]);
            add("lanes-b%d-%dto%d-f%d".formatted(l[0], l[1], l[2], l[3]), LaneConverter::new, config, config::cost);
        }
    }

    private void others() {
        for (int[] a : new int[][] {{8, 10, 10}, {8, 1, 10}, {8, 4, 10}, {12, 16, 43}, {16, 1, 100}, {12, 5, 1000}}) {
            ArgMaxUnit.Config config = new ArgMaxUnit.Config(a[0], a[1], a[2]);
            add("argmax-b%d-l%d-n%d".formatted(a[0], a[1], a[2]), ArgMaxUnit::new, config, config::cost);
        }
        Format[] formats = {new Format.Unsigned(8), new Format.Signed(8), new Format.Signed(16)};
        for (Format format : formats) {
            for (int lanes : new int[] {1, 4}) {
                for (int thresholds : new int[] {1, 3, 15}) {
                    int bits = Component.bitsFor(thresholds);
                    List<Long> common = new ArrayList<>();
                    for (int i = 0; i < thresholds; i++) {
                        common.add((i + 1) * 127L / (thresholds + 1));
                    }
                    ThresholdUnit.Config all = new ThresholdUnit.Config(
                            format, lanes, 16, common, thresholds, bits, 0, ThresholdUnit.Direction.ASCENDING, 0);
                    add("common-%s-l%d-t%d".formatted(format, lanes, thresholds), ThresholdUnit::new, all, all::cost);
                    for (ThresholdUnit.Direction direction :
                            new ThresholdUnit.Direction[] {ThresholdUnit.Direction.ASCENDING, ThresholdUnit.Direction.BY_CHANNEL}) {
                        thresholds(new ThresholdUnit.Config(
                                format, lanes, 16, List.of(), thresholds, bits, 0, direction, 0));
                    }
                }
            }
        }
    }

    /** Frame size, words of a pixel, kernel, stride, bits of a word. */
    private void images() {
        int[][] shapes = {
            {32, 1, 3, 1, 24}, {30, 2, 3, 1, 32}, {28, 2, 2, 2, 32}, {12, 4, 3, 1, 32}, {5, 8, 3, 1, 32}, {16, 1, 5, 1, 8},
            {8, 2, 3, 2, 4}
        };
        for (int[] s : shapes) {
            WindowShape shape = new WindowShape(s[0], s[0], s[1], s[2], s[2], s[3], s[3], 1, 1);
            String size = "-i%d-f%d-k%d-s%d-w%d".formatted(s[0], s[1], s[2], s[3], s[4]);
            SlidingWindow.Config window = SlidingWindow.Config.gapless(s[4], shape);
            points.add(new Point(
                    "window" + size,
                    family -> Elaborator.elaborate("unit", SlidingWindow::new, window.on(family)),
                    family -> window.on(family).cost(family)));
            ParallelWindow.Config parallel = new ParallelWindow.Config(s[4], shape);
            add("taps" + size, ParallelWindow::new, parallel, parallel::cost);
            PaddingUnit.Config padding = new PaddingUnit.Config(s[0], s[0], s[1], 1, 1, 1, 1, BitVector.zero(s[4]));
            add("padding" + size, PaddingUnit::new, padding, padding::cost);
        }
        Format[] formats = {BIPOLAR, new Format.Unsigned(4), new Format.Signed(8)};
        for (Format format : formats) {
            for (int[] s : new int[][] {{4, 1, 4}, {8, 4, 4}, {2, 32, 9}}) {
                String size = "-%s-l%d-f%d-t%d".formatted(format, s[0], s[1], s[2]);
                PoolUnit.Config max =
                        new PoolUnit.Config(format, s[0], s[1], s[2], PoolUnit.Operation.MAX, format.bits(), 0);
                add("max" + size, PoolUnit::new, max, max::cost);
                PoolUnit.Config sum =
                        new PoolUnit.Config(format, s[0], s[1], s[2], PoolUnit.Operation.SUM, format.bits() + 5, 0);
                add("sum" + size, PoolUnit::new, sum, sum::cost);
            }
        }
    }

    private void branches() {
        Format u4 = new Format.Unsigned(4);
        Format s8 = new Format.Signed(8);
        for (int lanes : new int[] {1, 8, 32}) {
            AddUnit.Config alike = new AddUnit.Config(s8, s8, lanes, 9, 0);
            add("add-s8s8-l" + lanes, AddUnit::new, alike, alike::cost);
            AddUnit.Config mixed = new AddUnit.Config(u4, s8, lanes, 9, 0);
            add("add-u4s8-l" + lanes, AddUnit::new, mixed, mixed::cost);
        }
        for (List<Integer> words : List.of(List.of(1, 1), List.of(4, 4), List.of(2, 3, 5), List.of(1, 1, 1, 1, 1, 1, 8))) {
            for (int width : new int[] {4, 32}) {
                ConcatUnit.Config concat = new ConcatUnit.Config(width, words);
                String sizes = words.stream().map(String::valueOf).collect(Collectors.joining("x"));
                add("concat-w" + width + "-" + sizes, ConcatUnit::new, concat, concat::cost);
            }
        }
        for (int[] s : new int[][] {{8, 4, 0, 2}, {8, 10, 3, 4}, {32, 64, 32, 32}, {16, 5, 2, 1}}) {
            SliceUnit.Config slice = new SliceUnit.Config(s[0], s[1], s[2], s[3]);
            add("slice-w%d-%d+%dof%d".formatted(s[0], s[2], s[3], s[1]), SliceUnit::new, slice, slice::cost);
        }
        for (int inputs : new int[] {4, 6, 8, 10}) {
            for (int lanes : new int[] {1, 4}) {
                List<Long> steps = LongStream.range(0, 1L << inputs).map(x -> x * 15 >> inputs).boxed().toList();
                List<Long> mixed = LongStream.range(0, 1L << inputs).map(UnitContents::mix).boxed().toList();
                LookupUnit.Config even = new LookupUnit.Config(new Format.Unsigned(inputs), lanes, 4, steps);
                add("table-steps-u%d-l%d".formatted(inputs, lanes), LookupUnit::new, even, even::cost);
                LookupUnit.Config random = new LookupUnit.Config(new Format.Unsigned(inputs), lanes, 4, mixed);
                add("table-random-u%d-l%d".formatted(inputs, lanes), LookupUnit::new, random, random::cost);
            }
        }
    }

    private void thresholds(ThresholdUnit.Config config) {
        String name = "thresholds-%s-l%d-t%d-%s".formatted(config.input(), config.lanes(), config.thresholds(),
                config.direction() == ThresholdUnit.Direction.ASCENDING ? "up" : "both");
        long[][] table = new long[config.lanes() * config.folds()][config.thresholds()];
        boolean[] down = new boolean[table.length];
        for (int c = 0; c < table.length; c++) {
            down[c] = config.direction() == ThresholdUnit.Direction.BY_CHANNEL && UnitContents.mix(c) % 2 == 0;
            for (int t = 0; t < table[c].length; t++) {
                table[c][t] = Long.remainderUnsigned(UnitContents.mix(1000L * c + t), 128);
            }
        }
        MemoryContents contents = config.table(table, down);
        Supplier<ThresholdUnit> block = () -> {
            ThresholdUnit unit = new ThresholdUnit(config);
            unit.table.forEach(rom -> rom.contents(contents));
            return unit;
        };
        points.add(new Point(
                name, _ -> Elaborator.elaborate("unit", block), family -> config.cost(family, contents)));
    }

    private <C, T extends Component> void add(
            String name, Function<C, T> block, C config, Function<Family, Resources> cost) {
        points.add(new Point(name, _ -> Elaborator.elaborate("unit", block, config), cost));
    }
}
