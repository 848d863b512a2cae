package org.bitloom.testbenches;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.bitloom.blocks.AddUnit;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.blocks.ByChannel;
import org.bitloom.blocks.ConcatUnit;
import org.bitloom.blocks.Depth;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.LookupUnit;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.Multiplier;
import org.bitloom.blocks.OffsetUnit;
import org.bitloom.blocks.PaddingUnit;
import org.bitloom.blocks.ParallelWindow;
import org.bitloom.blocks.PoolUnit;
import org.bitloom.blocks.PositionScaleUnit;
import org.bitloom.blocks.RequantizeUnit;
import org.bitloom.blocks.SliceUnit;
import org.bitloom.blocks.SlidingWindow;
import org.bitloom.blocks.ThresholdUnit;
import org.bitloom.blocks.WindowShape;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.Memory;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.stream.Fifo;
import org.bitloom.hdl.stream.LaneConverter;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamPort;

/**
 * A component with the streams {@code in} and {@code out}, its memories filled at random.
 *
 * @param inWords  words of a frame that comes in
 * @param outWords words of a frame that leaves
 */
record StreamDesign(Design design, int inWords, int outWords) {
    private static final Format BIPOLAR = new Format.Bipolar();

    /** At least one of each component of the stream library and of each block. */
    static List<StreamDesign> all() {
        List<StreamDesign> all = new ArrayList<>();
        for (MemoryStyle style : List.of(MemoryStyle.DISTRIBUTED, MemoryStyle.BLOCK)) {
            Fifo.Config config = new Fifo.Config(70, 6, style);
            all.add(new StreamDesign(elaborate("fifo_", config, Fifo::new), 1, 1));
        }
        all.add(new StreamDesign(Elaborator.elaborate("diamond", Diamond::new), 1, 1));
        for (LaneConverter.Config config : List.of(
                new LaneConverter.Config(2, 3, 2, 4),
                new LaneConverter.Config(1, 5, 7, 35),
                new LaneConverter.Config(8, 2, 9, 20))) {
            all.add(new StreamDesign(elaborate("lanes_", config, LaneConverter::new), config.inWords(), config.outWords()));
        }
        ThresholdUnit.Config common = new ThresholdUnit.Config(
                new Format.Unsigned(8), 3, 2, List.of(10L, 90L, 200L), 3, 2, 0, ThresholdUnit.Direction.DESCENDING, 0);
        all.add(new StreamDesign(elaborate("levels_", common, ThresholdUnit::new), 1, 1));
        ThresholdUnit.Config table = new ThresholdUnit.Config(
                new Format.Signed(7), 3, 4, List.of(), 3, 3, -2, ThresholdUnit.Direction.BY_CHANNEL, 0);
        all.add(new StreamDesign(elaborate("levels_table_", table, StreamDesign::filled), 1, 1));
        ArgMaxUnit.Config argMax = new ArgMaxUnit.Config(9, 4, 10);
        all.add(new StreamDesign(elaborate("arg_max_", argMax, ArgMaxUnit::new), argMax.words(), 1));
        addConvolution(all);
        all.add(new StreamDesign(Elaborator.elaborate("branches", Branches::new), 2, 2));
        all.add(matrix(BIPOLAR, BIPOLAR, 3, 70, 2, 3, new MatrixVectorUnit.Result.Sign()));
        all.add(matrix(BIPOLAR, new Format.Unsigned(8), 2, 5, 3, 4, new MatrixVectorUnit.Result.Accumulator()));
        all.add(matrix(new Format.Signed(4), new Format.Unsigned(3), 4, 3, 1, 5, new MatrixVectorUnit.Result.Levels(3, 2, 0)));
        all.add(matrix(new Format.Signed(5), new Format.Signed(6), 2, 4, 4, 1, new MatrixVectorUnit.Result.Levels(2, 4, -1)));
        addDeep(all);
        addMasked(all);
        addScales(all);
        return all;
    }

    /** Weights with masked bits, and products in LUTs. */
    private static void addMasked(List<StreamDesign> all) {
        Format masked = new Format.BitMasked(6, 0b01011);
        MatrixVectorUnit.Result sum = new MatrixVectorUnit.Result.Accumulator();
        MatrixVectorUnit.Result levels = new MatrixVectorUnit.Result.Levels(2, 2, 0);
        for (Multiplier multiplier : Multiplier.values()) {
            all.add(matrix(masked, new Format.Unsigned(8), 2, 4, 3, 3, sum, multiplier, Depth.LEAST));
            Format far = new Format.BitMasked(8, 0b0100010);
            all.add(matrix(far, new Format.Signed(5), 3, 3, 2, 1, levels, multiplier, new Depth(1, 1)));
        }
        all.add(matrix(masked, BIPOLAR, 2, 9, 2, 2, sum));
        all.add(matrix(masked, BIPOLAR, 1, 5, 2, 2, sum, Multiplier.LUT, new Depth(3, 0)));
        MatrixVectorUnit.Result sign = new MatrixVectorUnit.Result.Sign();
        all.add(matrix(new Format.Signed(4), new Format.Signed(6), 2, 5, 2, 3, sign, Multiplier.LUT, new Depth(2, 0)));
    }

    private static void addScales(List<StreamDesign> all) {
        Format s12 = new Format.Signed(12);
        Format u8 = new Format.Unsigned(8);
        for (RequantizeUnit.Config config : List.of(
                new RequantizeUnit.Config(s12, 3, 2, new ByChannel.Table(9), new ByChannel.Table(15), 8, u8),
                new RequantizeUnit.Config(s12, 2, 1, new ByChannel.Common(11), new ByChannel.Common(-9), 5, s12),
                new RequantizeUnit.Config(s12, 1, 70, new ByChannel.Common(1), new ByChannel.Table(7), 3, u8))) {
            all.add(new StreamDesign(elaborate("requantize_", config, c -> {
                RequantizeUnit unit = new RequantizeUnit(c);
                unit.table.forEach(rom -> fill(rom, c.tableBits(), c.folds()));
                return unit;
            }), 1, 1));
        }
        OffsetUnit.Config offset = new OffsetUnit.Config(u8, 3, 100, 9, 9);
        all.add(new StreamDesign(elaborate("offset_", offset, c -> {
            OffsetUnit unit = new OffsetUnit(c);
            fill(unit.offsets, c.tableBits(), c.words());
            return unit;
        }), 1, 1));
        for (PositionScaleUnit.Config scale : List.of(
                new PositionScaleUnit.Config(u8, 2, 3, List.of(2, 2, 2, 3), List.of(2, 2, 3), 12),
                new PositionScaleUnit.Config(s12, 1, 1, List.of(1, 7, 5), List.of(3), 18))) {
            all.add(new StreamDesign(elaborate("position_scale_", scale, PositionScaleUnit::new), 1, 1));
        }
    }

    /** Matrix-vector units with registers beyond the least, for every way in which a dot product is made. */
    private static void addDeep(List<StreamDesign> all) {
        MatrixVectorUnit.Result sum = new MatrixVectorUnit.Result.Accumulator();
        MatrixVectorUnit.Result levels = new MatrixVectorUnit.Result.Levels(15, 4, -8);
        all.add(matrix(BIPOLAR, BIPOLAR, 3, 70, 2, 3, new MatrixVectorUnit.Result.Sign(), new Depth(3, 0)));
        ThresholdUnit.Config common = new ThresholdUnit.Config(
                new Format.Signed(6), 3, 2, List.of(-9L, 0L, 1L, 5L, 8L, 20L, 31L), 7, 3, 0,
                ThresholdUnit.Direction.ASCENDING, 2);
        all.add(new StreamDesign(elaborate("levels_", common, ThresholdUnit::new), 1, 1));
        ThresholdUnit.Config table = new ThresholdUnit.Config(
                new Format.Signed(7), 3, 4, List.of(), 6, 3, -2, ThresholdUnit.Direction.BY_CHANNEL, 3);
        all.add(new StreamDesign(elaborate("levels_table_", table, StreamDesign::filled), 1, 1));
        for (int stages : new int[] {1, 2, 4}) {
            ArgMaxUnit.Config argMax = new ArgMaxUnit.Config(9, 5, 13, stages);
            all.add(new StreamDesign(elaborate("arg_max_", argMax, ArgMaxUnit::new), argMax.words(), 1));
        }
        all.add(matrix(BIPOLAR, BIPOLAR, 2, 20, 3, 1, levels, new Depth(1, 3)));
        all.add(matrix(BIPOLAR, new Format.Unsigned(8), 2, 5, 3, 4, sum, new Depth(2, 0)));
        all.add(matrix(BIPOLAR, new Format.Signed(3), 2, 12, 1, 4, sum, new Depth(5, 0)));
        all.add(matrix(new Format.Unsigned(2), BIPOLAR, 2, 11, 3, 2, levels, new Depth(1, 1)));
        all.add(matrix(new Format.Signed(4), BIPOLAR, 2, 9, 3, 2, sum, new Depth(4, 0)));
        all.add(matrix(new Format.Signed(4), new Format.Unsigned(3), 4, 7, 1, 5, levels, new Depth(2, 2)));
    }

    private static void addConvolution(List<StreamDesign> all) {
        List<SlidingWindow.Config> windows = new ArrayList<>();
        WindowShape shape = new WindowShape(5, 6, 2, 3, 2, 1, 2, 1, 2);
        windows.add(SlidingWindow.Config.gapless(70, shape));
        windows.add(SlidingWindow.Config.smallest(9, new WindowShape(4, 5, 1, 2, 3, 3, 1, 2, 1)));
        windows.add(windows.getFirst().withCapacity(600).withStyle(MemoryStyle.BLOCK));
        windows.add(SlidingWindow.Config.gapless(8, new WindowShape(5, 5, 1, 1, 1, 2, 2, 1, 1)));
        windows.add(windows.getFirst().withAhead(true));
        windows.add(windows.get(1).withAhead(true));
        for (SlidingWindow.Config config : windows) {
            Design design = elaborate("window_" + all.size() + "_", config, SlidingWindow::new);
            all.add(new StreamDesign(design, config.inputWords(), config.outputWords()));
        }
        for (ParallelWindow.Config config : List.of(
                new ParallelWindow.Config(9, shape),
                new ParallelWindow.Config(5, new WindowShape(4, 40, 1, 3, 2, 2, 3, 1, 1)))) {
            Design design = elaborate("parallel_", config, ParallelWindow::new);
            all.add(new StreamDesign(design, config.inputWords(), config.outputWords()));
        }
        for (PaddingUnit.Config config : List.of(
                new PaddingUnit.Config(3, 4, 2, 1, 1, 1, 1, BitVector.of(70, 5L, 9L)),
                new PaddingUnit.Config(2, 3, 1, 2, 0, 0, 0, BitVector.ones(8)),
                new PaddingUnit.Config(3, 1, 1, 0, 0, 1, 2, BitVector.zero(9)))) {
            all.add(new StreamDesign(
                    elaborate("padding_", config, PaddingUnit::new),
                    config.height() * config.width() * config.folds(),
                    config.outputHeight() * config.outputWidth() * config.folds()));
        }
        for (PoolUnit.Config config : List.of(
                new PoolUnit.Config(BIPOLAR, 9, 1, 4, PoolUnit.Operation.MAX, 1, 0),
                new PoolUnit.Config(new Format.Signed(5), 3, 3, 4, PoolUnit.Operation.MAX, 5, 0),
                new PoolUnit.Config(new Format.Signed(5), 3, 3, 4, PoolUnit.Operation.MAX, 5, 1),
                new PoolUnit.Config(new Format.Unsigned(4), 2, 20, 2, PoolUnit.Operation.SUM, 6, 1),
                new PoolUnit.Config(BIPOLAR, 5, 2, 9, PoolUnit.Operation.SUM, 5, 0))) {
            all.add(new StreamDesign(
                    elaborate("pool_", config, PoolUnit::new), config.taps() * config.folds(), config.folds()));
        }
        SliceUnit.Config slice = new SliceUnit.Config(70, 5, 1, 3);
        all.add(new StreamDesign(elaborate("slice_", slice, SliceUnit::new), 5, 3));
        List<Long> table = random().longs(64).boxed().toList();
        LookupUnit.Config lookup = new LookupUnit.Config(new Format.Signed(6), 3, 11, table);
        all.add(new StreamDesign(elaborate("lookup_", lookup, LookupUnit::new), 1, 1));
    }

    int inBits() {
        return port("in_data", design.top().module().inputs(), Netlist.InputPort::name, Netlist.InputPort::width);
    }

    int outBits() {
        return port("out_data", design.top().module().outputs(), Netlist.OutputPort::name, Netlist.OutputPort::width);
    }

    @Override
    public String toString() {
        return design.name();
    }

    private static <P> int port(String name, List<P> ports, Function<P, String> nameOf, Function<P, Integer> widthOf) {
        return ports.stream().filter(port -> nameOf.apply(port).equals(name)).findFirst().map(widthOf).orElseThrow();
    }

    private static <C extends Labelled, T extends Component> Design elaborate(
            String prefix, C config, Function<C, T> constructor) {
        return Elaborator.elaborate(prefix + config.label(), constructor, config);
    }

    private static ThresholdUnit filled(ThresholdUnit.Config config) {
        ThresholdUnit unit = new ThresholdUnit(config);
        RandomGenerator random = random();
        int channels = config.lanes() * config.folds();
        long[][] thresholds = new long[channels][];
        boolean[] descending = new boolean[channels];
        for (int channel = 0; channel < channels; channel++) {
            thresholds[channel] = random.longs(config.thresholds(), -70, 70).sorted().toArray();
            descending[channel] = random.nextBoolean();
        }
        unit.table.getFirst().contents(config.table(thresholds, descending));
        return unit;
    }

    private static StreamDesign matrix(
            Format weights, Format activations, int pe, int simd, int folds, int words, MatrixVectorUnit.Result result) {
        return matrix(weights, activations, pe, simd, folds, words, result, Depth.LEAST);
    }

    private static StreamDesign matrix(
            Format weights,
            Format activations,
            int pe,
            int simd,
            int folds,
            int words,
            MatrixVectorUnit.Result result,
            Depth depth) {
        return matrix(weights, activations, pe, simd, folds, words, result, Multiplier.DSP, depth);
    }

    private static StreamDesign matrix(
            Format weights,
            Format activations,
            int pe,
            int simd,
            int folds,
            int words,
            MatrixVectorUnit.Result result,
            Multiplier multiplier,
            Depth depth) {
        boolean doubled = weights instanceof Format.Bipolar && activations instanceof Format.Bipolar;
        // In a block memory with an even depth, which is where one of its registers stands.
        MemoryStyle style = depth.sum() > 0 && depth.sum() % 2 == 0 ? MemoryStyle.BLOCK : MemoryStyle.AUTOMATIC;
        MatrixVectorUnit.Config config = new MatrixVectorUnit.Config(
                weights, activations, pe, simd, folds, words, 18, doubled, result, style, multiplier, depth);
        Design design = elaborate("matrix_", config, c -> {
            MatrixVectorUnit unit = new MatrixVectorUnit(c);
            fill(unit.weights, c.weightWordBits(), c.weightWords());
            fill(unit.starts, c.pe() * c.accumulatorBits(), c.neuronFolds());
            if (c.result() instanceof MatrixVectorUnit.Result.Levels levels) {
                int bits = c.pe() * levels.thresholds() * c.accumulatorBits();
                unit.thresholds.forEach(rom -> fill(rom, bits, c.neuronFolds()));
            }
            return unit;
        });
        return new StreamDesign(design, words, folds);
    }

    private static void fill(Memory<Bits, ?> memory, int width, int depth) {
        memory.contents(MemoryContents.of(width, words(width, depth)));
    }

    static List<BitVector> words(int width, int count) {
        RandomGenerator random = random();
        return IntStream.range(0, count)
                .mapToObj(_ -> BitVector.of(width, random.longs(BitVector.limbCount(width)).toArray()))
                .toList();
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    }

    /** Each number plus what a table has for it; then the two words of a pixel in the opposite order. */
    private static final class Branches extends Component {
        private final StreamIn<Bits> in = slave(stream(bits(15)));
        private final StreamOut<Bits> out = master(stream(bits(21)));

        Branches() {
            List<Long> table = random().longs(32, -16, 16).boxed().toList();
            AddUnit add = instance(AddUnit::new, new AddUnit.Config(new Format.Unsigned(5), new Format.Signed(5), 3, 7, 1));
            List<StreamPort<Bits>> copies = in.fork(2);
            copies.getFirst().queue(3).into(add.first);
            LookupUnit lookup =
                    instance(LookupUnit::new, new LookupUnit.Config(new Format.Unsigned(5), 3, 5, table));
            copies.getLast().into(lookup.in);
            lookup.out.into(add.second);
            List<StreamPort<Bits>> words = add.out.fork(2);
            ConcatUnit concat = instance(ConcatUnit::new, new ConcatUnit.Config(21, List.of(1, 1)));
            for (int word = 0; word < 2; word++) {
                SliceUnit slice = instance("slice" + word, SliceUnit::new, new SliceUnit.Config(21, 2, 1 - word, 1));
                words.get(word).into(slice.in);
                slice.out.into(concat.ins.get(word));
            }
            concat.out.into(out);
        }
    }

    /** A stream on two ways that meet again. */
    private static final class Diamond extends Component {
        private final StreamIn<Bits> in = slave(stream(bits(12)));
        private final StreamOut<Bits> out = master(stream(bits(24)));

        Diamond() {
            List<StreamPort<Bits>> copies = in.fork(2);
            StreamPort<Bits> straight = copies.getFirst().queue(3);
            StreamPort<Bits> around = copies.getLast().converted(bits(18)).registered().converted(bits(12));
            straight.join(around).converted(bits(24)).into(out);
        }
    }
}
