package org.bitloom.accelerator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bitloom.accelerator.DataflowBuilder.Link;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.AddUnit;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.blocks.ConcatUnit;
import org.bitloom.blocks.LookupUnit;
import org.bitloom.blocks.Packer;
import org.bitloom.blocks.PaddingUnit;
import org.bitloom.blocks.PoolUnit;
import org.bitloom.blocks.SliceUnit;
import org.bitloom.blocks.SlidingWindow;
import org.bitloom.blocks.ThresholdUnit;
import org.bitloom.blocks.WindowShape;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.Padding;
import org.bitloom.network.integer.ThresholdTable;
import org.bitloom.network.integer.Window;
import org.jspecify.annotations.Nullable;

/**
 * Which block serves which layer: a graph of layers becomes a graph of stages. A threshold that alone reads a matrix layer
 * is served by that layer's matrix-vector unit.
 */
final class Mapper {
    /** More thresholds than this on few bits are a table. */
    private static final int MOST_COMPARISONS = 15;

    /** Blocks of several streams have at most so many on a side. */
    private static final int MOST_STREAMS = 31;

    private static final MatrixStages UNITS = (layer, threshold, activations, folding, name) ->
            new MatrixMapping(layer, threshold, activations, folding).stage(name);

    private final IntegerNetwork network;
    private final List<MatrixLayer> matrices;
    private final Map<Integer, Folding> foldings = new HashMap<>();
    private final DataflowBuilder builder;

    /** For each layer, and the input, the streams with its values that are still to be read. */
    private final Map<Integer, Deque<Link>> values = new HashMap<>();

    private final MatrixStages units;

    private Mapper(IntegerNetwork network, List<Folding> foldings, MatrixStages units, Pipelining pipelining) {
        this.network = network;
        this.units = units;
        this.matrices = MatrixLayer.of(network);
        requireFoldings(foldings);
        for (int i = 0; i < foldings.size(); i++) {
            this.foldings.put(matrices.get(i).index(), foldings.get(i));
        }
        this.builder = new DataflowBuilder(inputFormat(), pipelining);
    }

    /** @throws AcceleratorException where a layer has no block, or the foldings do not match the layers */
    static Dataflow map(IntegerNetwork network, List<Folding> foldings, Pipelining pipelining) {
        return map(network, foldings, UNITS, pipelining);
    }

    /** The same with other stages for the matrix layers. */
    static Dataflow map(
            IntegerNetwork network, List<Folding> foldings, MatrixStages units, Pipelining pipelining) {
        Mapper mapper = new Mapper(network, foldings, units, pipelining);
        mapper.mapLayers();
        return mapper.builder.build();
    }

    /** What {@link #map} would do with each layer, or refuse; goes on behind a refusal with numbers of the right type. */
    static List<ServedLayer> survey(IntegerNetwork network, List<Folding> foldings) {
        Mapper mapper = new Mapper(network, foldings, UNITS, Pipelining.LEAST);
        mapper.keep(IntegerNetwork.INPUT, "input", mapper.builder.input());
        List<ServedLayer> served = new ArrayList<>();
        Map<Integer, Integer> within = new HashMap<>();
        for (int i = 0; i < network.layers().size(); i++) {
            if (within.containsKey(i)) {
                served.add(new ServedLayer(i, List.of(), Optional.of(within.get(i)), Optional.empty()));
                continue;
            }
            int before = mapper.builder.stages().size();
            Optional<String> refusal = Optional.empty();
            try {
                mapper.map(i, network.layers().get(i));
            } catch (AcceleratorException e) {
                refusal = Optional.of(String.valueOf(e.getMessage()).replace(mapper.place(i), ""));
                mapper.keep(i, identifier(network.layers().get(i)), mapper.substitute(i));
            }
            if (!mapper.values.containsKey(i)) {
                within.put(mapper.soleThreshold(i), i);
            }
            List<Stage> stages = mapper.builder.stages();
            served.add(new ServedLayer(
                    i, refusal.isPresent() ? List.of() : stages.subList(before, stages.size()), Optional.empty(), refusal));
        }
        return served;
    }

    /** A stream like that of a layer which has no block. */
    private Link substitute(int layer) {
        Shape shape = network.typeOf(layer).shape();
        return new Link(
                Dataflow.Port.INPUT,
                new FrameFormat(shape.size() / shape.channels(), shape.channels(), network.typeOf(layer).type(), 1));
    }

    private void requireFoldings(List<Folding> given) {
        if (given.size() != matrices.size()) {
            throw new AcceleratorException("network " + network.name() + " has " + matrices.size()
                    + " matrix layers, but " + given.size() + " foldings are given (" + Folding.text(given)
                    + "): give PExSIMD for each, in order");
        }
        for (int i = 0; i < given.size(); i++) {
            MatrixLayer matrix = matrices.get(i);
            Folding folding = given.get(i);
            if (folding.pe() > nextMultiple(matrix.rows(), 64) || folding.simd() > nextMultiple(matrix.columns(), 64)) {
                throw new AcceleratorException(place(matrix.index()) + "folding " + folding
                        + " is larger than its matrix, even padded to a multiple of 64, of " + matrix.rows()
                        + " rows and " + matrix.columns() + " columns");
            }
        }
    }

    private static int nextMultiple(int value, int of) {
        return (value + of - 1) / of * of;
    }

    /** The input comes as wide as the first layer reads it, as a vector where only dense layers do. */
    private FrameFormat inputFormat() {
        Shape shape = network.inputShape();
        boolean vector = shape.rank() == 1 || isReadAsVector(IntegerNetwork.INPUT);
        int channels = vector ? shape.size() : shape.channels();
        int reader = readers(IntegerNetwork.INPUT).getFirst();
        while (isByValue(network.layers().get(reader).operation()) && !readers(reader).isEmpty()) {
            reader = readers(reader).getFirst();
        }
        Folding folding = foldings.get(reader);
        int wanted = folding == null ? 1 : MatrixLayer.of(network, reader).inputLanes(folding);
        int lanes = vector ? wanted : Math.min(wanted, channels);
        return new FrameFormat(shape.size() / channels, channels, network.inputType(), lanes);
    }

    private static boolean isByValue(Operation operation) {
        return operation instanceof Operation.Threshold
                || operation instanceof Operation.Requantize
                || operation instanceof Operation.Offset;
    }

    private boolean isReadAsVector(int layer) {
        return !readers(layer).isEmpty()
                && readers(layer).stream().allMatch(reader -> switch (network.layers().get(reader).operation()) {
                    case Operation.Dense _ -> true;
                    case Operation.Threshold threshold -> threshold.table().channels() == 1 && isReadAsVector(reader);
                    case Operation.Requantize requantize ->
                        requantize.multipliers().size() == 1 && requantize.offsets().size() == 1 && isReadAsVector(reader);
                    case Operation.Offset _ -> isReadAsVector(reader);
                    default -> false;
                });
    }

    /** The layers that read a layer, one entry for each input. */
    private List<Integer> readers(int layer) {
        return IntStream.range(0, network.layers().size())
                .flatMap(i -> network.layers().get(i).inputs().stream()
                        .filter(source -> source == layer)
                        .mapToInt(_ -> i))
                .boxed()
                .toList();
    }

    private void mapLayers() {
        keep(IntegerNetwork.INPUT, "input", builder.input());
        List<Layer> layers = network.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (!values.containsKey(i)) {
                map(i, layers.get(i));
            }
        }
    }

    private void map(int index, Layer layer) {
        String name = identifier(layer);
        List<Link> inputs = layer.inputs().stream()
                .map(source -> values.getOrDefault(source, new ArrayDeque<>()).removeFirst())
                .toList();
        Link first = inputs.getFirst();
        switch (layer.operation()) {
            case Operation.Dense _ -> {
                int threshold = soleThreshold(index);
                int given = threshold < 0 ? index : threshold;
                Link vector = builder.regroup(name, builder.flat(name, first), folding(index).simd());
                keep(given, name, matrix(index, name, threshold, vector));
            }
            case Operation.Convolution convolution -> {
                int threshold = soleThreshold(index);
                int given = threshold < 0 ? index : threshold;
                keep(given, name, matrix(index, name, threshold, patches(index, name, convolution, first)));
            }
            case Operation.MaxPool pool ->
                keep(index, name, pool(index, name, PoolUnit.Operation.MAX, pool.window(), pool.padding(), first));
            case Operation.SumPool pool ->
                keep(index, name, pool(index, name, PoolUnit.Operation.SUM, pool.window(), pool.padding(), first));
            case Operation.Add _ -> keep(index, name, add(index, name, inputs));
            case Operation.Concat _ -> keep(index, name, concat(index, name, inputs));
            case Operation.Slice slice -> keep(index, name, slice(index, name, slice, first));
            case Operation.Threshold threshold -> keep(index, name, thresholds(index, name, threshold, first));
            case Operation.Requantize requantize -> keep(index, name, scaled(index, name, requantize, first));
            case Operation.Offset offset -> keep(index, name, scaled(index, name, offset, first));
            case Operation.PositionScale scale -> keep(index, name, scaled(index, name, scale, first));
            case Operation.ArgMax _ -> keep(index, name, argMax(index, name, first));
        }
    }

    /** The threshold that is the only reader of a layer, or −1. */
    private int soleThreshold(int layer) {
        List<Integer> readers = readers(layer);
        return readers.size() == 1 && network.layers().get(readers.getFirst()).operation() instanceof Operation.Threshold
                ? readers.getFirst()
                : -1;
    }

    private void keep(int layer, String name, Link link) {
        int readers = Math.max(1, readers(layer).size());
        if (readers > MOST_STREAMS) {
            throw new AcceleratorException("network " + network.name() + ": " + name + " is read by " + readers
                    + " layers; there is a fork for at most " + MOST_STREAMS);
        }
        values.put(layer, new ArrayDeque<>(builder.copies(name, link, readers)));
    }

    /** The matrix-vector unit of a layer, with the thresholds behind it unless their index is −1. */
    private Link matrix(int index, String name, int thresholdIndex, Link vectors) {
        MatrixLayer layer = MatrixLayer.of(network, index);
        Folding folding = folding(index);
        ValueType activations = vectors.format().type();
        Operation.@Nullable Threshold threshold =
                thresholdIndex < 0 ? null : (Operation.Threshold) network.layers().get(thresholdIndex).operation();
        requireOperands(index, layer.weights().type(), activations);
        Stage.Matrix stage = units.stage(layer, threshold, activations, folding, builder.unique(name));
        ValueType result = threshold != null
                ? threshold.outputType()
                : new ValueType.Signed(stage.config().accumulatorBits());
        return builder.add(
                stage,
                threshold == null ? index : thresholdIndex,
                List.of(vectors),
                new FrameFormat(layer.vectors(), layer.rows(), result, stage.config().resultBits(), folding.pe()));
    }

    /** The columns of a convolution under each position of its kernel, as its matrix-vector unit reads them. */
    private Link patches(int index, String name, Operation.Convolution convolution, Link input) {
        MatrixLayer layer = MatrixLayer.of(network, index);
        Folding folding = folding(index);
        Link image = builder.regroup(name, input, layer.inputLanes(folding));
        Link taps = windows(index, name, convolution.window(), convolution.padding(), image);
        if (folding.simd() <= layer.run()) {
            return taps;
        }
        FrameFormat format = taps.format();
        FrameFormat columns = new FrameFormat(
                layer.vectors(), layer.columns(), format.type(), format.laneBits(), format.lanes());
        return builder.regroup(name + "_patch", new Link(taps.port(), columns), folding.simd());
    }

    /** The pixels under each position of a window, as so many pixels one behind the other. */
    private Link windows(int index, String name, Window window, Padding padding, Link image) {
        Shape shape = network.typeOf(network.layers().get(index).inputs().getFirst()).shape();
        FrameFormat format = image.format();
        int height = shape.height() + padding.top() + padding.bottom();
        int width = shape.width() + padding.left() + padding.right();
        Link padded = image;
        if (!padding.isEmpty()) {
            FrameFormat around =
                    new FrameFormat(height * width, format.channels(), format.type(), format.laneBits(), format.lanes());
            PaddingUnit.Config config = new PaddingUnit.Config(
                    shape.height(), shape.width(), format.folds(), padding.top(), padding.left(), padding.bottom(),
                    padding.right(), padWord(format, padding.value()));
            padded = builder.add(new Stage.Padded(builder.unique(name + "_padding"), config), image, around);
            // Spare lanes of the border hold the value too; what adds them up counts on zeros there.
            boolean clean = around.isDense() || format.type().encode(padding.value()) == 0;
            padded = clean ? padded : builder.regroup(name + "_padded", padded, format.lanes());
        }
        boolean everyPixelOnce = window.taps() == 1 && window.strideHeight() == 1 && window.strideWidth() == 1;
        boolean whole = window.kernelHeight() == height && window.kernelWidth() == width;
        if (everyPixelOnce || whole) {
            return padded;
        }
        WindowShape windows = new WindowShape(
                height, width, format.folds(), window.kernelHeight(), window.kernelWidth(),
                window.strideHeight(), window.strideWidth(), window.dilationHeight(), window.dilationWidth());
        SlidingWindow.Config config = SlidingWindow.Config.gapless(format.wordBits(), windows);
        FrameFormat pixels = new FrameFormat(
                windows.positions() * window.taps(), format.channels(), format.type(),
                format.laneBits(), format.lanes());
        return builder.add(new Stage.Window(builder.unique(name + "_window"), config), padded, pixels);
    }

    private static BitVector padWord(FrameFormat format, long value) {
        Packer word = new Packer();
        for (int lane = 0; lane < format.lanes(); lane++) {
            word.add(format.type().encode(value), format.laneBits());
        }
        return word.vector();
    }

    private Link pool(
            int index, String name, PoolUnit.Operation operation, Window window, Padding padding, Link input) {
        Shape output = network.typeOf(index).shape();
        int taps = window.taps();
        int lanes = poolLanes(input.format(), (long) output.height() * output.width() * taps);
        Link image = builder.regroup(name, input, lanes);
        FrameFormat format = image.format();
        requireOperands(index, format.type(), format.type());
        Link pixels = windows(index, name, window, padding, image);
        ValueType type = operation == PoolUnit.Operation.MAX ? format.type() : network.typeOf(index).type();
        PoolUnit.Config config = new PoolUnit.Config(
                MatrixMapping.format(format.type()), lanes, format.folds(), taps, operation, type.bits());
        Link pooled = builder.add(
                new Stage.Pool(builder.unique(name), config),
                index,
                List.of(pixels),
                new FrameFormat(output.height() * output.width(), format.channels(), type, lanes));
        return readers(index).isEmpty() ? pooled : builder.queue(name + "_pooled", pooled, 0);
    }

    /** As many lanes as come, or more where pooling would else be slower than the slowest matrix layer. */
    private int poolLanes(FrameFormat format, long pixels) {
        long bound = matrices.stream()
                .mapToLong(layer -> layer.cycles(folding(layer.index())))
                .max()
                .orElse(Long.MAX_VALUE);
        for (int lanes = format.lanes(); lanes < format.channels(); lanes++) {
            if (pixels * Math.ceilDiv(format.channels(), lanes) <= bound
                    && (lanes == format.lanes() || format.channels() % lanes == 0)) {
                return lanes;
            }
        }
        return Math.max(format.lanes(), format.channels());
    }

    private Folding folding(int index) {
        Folding folding = foldings.get(index);
        if (folding == null) {
            throw new IllegalStateException("no folding for " + place(index));
        }
        return folding;
    }

    private void requireOperands(int index, ValueType first, ValueType second) {
        if (first.bits() > 32 || second.bits() > 32) {
            throw new AcceleratorException(place(index) + "there is no block for operands of more than 32 bits: "
                    + first + " and " + second);
        }
    }

    private Link add(int index, String name, List<Link> inputs) {
        int lanes = inputs.stream().mapToInt(link -> link.format().lanes()).max().orElseThrow();
        List<Link> terms =
                inputs.stream().map(link -> builder.regroup(name, link, lanes)).toList();
        FrameFormat first = terms.getFirst().format();
        FrameFormat second = terms.getLast().format();
        requireOperands(index, first.type(), second.type());
        ValueType type = network.typeOf(index).type();
        AddUnit.Config config = new AddUnit.Config(
                MatrixMapping.format(first.type()), MatrixMapping.format(second.type()), lanes, type.bits());
        return builder.add(
                new Stage.Add(builder.unique(name), config),
                index,
                terms,
                new FrameFormat(first.pixels(), first.channels(), type, lanes));
    }

    /** In lanes that every input's channels fill. */
    private Link concat(int index, String name, List<Link> inputs) {
        ValueType type = network.typeOf(index).type();
        if (inputs.size() > MOST_STREAMS) {
            throw new AcceleratorException(place(index) + inputs.size() + " inputs are put together; there is a block for at most "
                    + MOST_STREAMS + ": concatenate them in two steps");
        }
        int widest = inputs.stream().mapToInt(link -> link.format().lanes()).max().orElseThrow();
        int common = inputs.stream().mapToInt(link -> link.format().channels()).reduce(0, DataflowBuilder::gcd);
        int lanes = DataflowBuilder.greatestDivisor(common, widest);
        List<Link> parts = inputs.stream()
                .map(link -> builder.regroup(name, builder.recode(name, link, type), lanes))
                .toList();
        ConcatUnit.Config config = new ConcatUnit.Config(
                lanes * type.bits(),
                parts.stream().map(link -> link.format().folds()).toList());
        int channels = parts.stream().mapToInt(link -> link.format().channels()).sum();
        return builder.add(
                new Stage.Concat(builder.unique(name), config),
                index,
                parts,
                new FrameFormat(parts.getFirst().format().pixels(), channels, type, lanes));
    }

    /** In lanes that what is kept fills, and what stands before it. */
    private Link slice(int index, String name, Operation.Slice slice, Link input) {
        int channels = input.format().channels();
        int common = DataflowBuilder.gcd(channels, DataflowBuilder.gcd(slice.first(), slice.channels()));
        int lanes = DataflowBuilder.greatestDivisor(common, input.format().lanes());
        FrameFormat format = input.format();
        SliceUnit.Config config = new SliceUnit.Config(
                lanes * format.laneBits(), channels / lanes, slice.first() / lanes, slice.channels() / lanes);
        return builder.add(
                new Stage.Slice(builder.unique(name), config),
                index,
                List.of(builder.regroup(name, input, lanes)),
                new FrameFormat(format.pixels(), slice.channels(), format.type(), format.laneBits(), lanes));
    }

    /** The values one by one scaled or shifted. */
    private Link scaled(int index, String name, Operation operation, Link input) {
        FrameFormat format = input.format();
        ValueType result = network.typeOf(index).type();
        requireOperands(index, format.type(), result);
        String unique = builder.unique(name);
        Stage stage;
        try {
            stage = switch (operation) {
                case Operation.Requantize requantize -> ScaleStages.requantize(unique, requantize, format);
                case Operation.Offset offset -> ScaleStages.offset(unique, offset, format, result);
                case Operation.PositionScale scale -> ScaleStages.scale(unique, scale, format, result);
                default -> throw new IllegalStateException(operation + " scales nothing");
            };
        } catch (IllegalArgumentException e) {
            throw new AcceleratorException(place(index) + e.getMessage() + "; leave the layer out");
        }
        return builder.add(
                stage, index, List.of(input), new FrameFormat(format.pixels(), format.channels(), result, format.lanes()));
    }

    private Link thresholds(int index, String name, Operation.Threshold threshold, Link input) {
        FrameFormat format = input.format();
        ThresholdTable table = threshold.table().clampedTo(format.type().min(), format.type().max());
        boolean shared = table.channels() == 1;
        FrameFormat output =
                new FrameFormat(format.pixels(), format.channels(), threshold.outputType(), format.lanes());
        if (shared && table.count() > MOST_COMPARISONS && format.type().bits() <= LookupUnit.Config.MOST_BITS) {
            LookupUnit.Config config = new LookupUnit.Config(
                    MatrixMapping.format(format.type()), format.lanes(), output.laneBits(), levels(threshold, format.type()));
            return builder.add(new Stage.Lookup(builder.unique(name), config), index, List.of(input), output);
        }
        List<Long> common = shared
                ? LongStream.range(0, table.count()).map(i -> table.at(0, (int) i)).boxed().toList()
                : List.of();
        ThresholdUnit.Config config = new ThresholdUnit.Config(
                MatrixMapping.format(format.type()),
                format.lanes(),
                format.folds(),
                common,
                table.count(),
                threshold.outputType().bits(),
                (int) MatrixMapping.lowestCode(threshold.outputType()),
                direction(table));
        Stage stage = new Stage.Levels(
                builder.unique(name), config, shared ? Optional.empty() : Optional.of(contents(table, config)));
        return builder.add(stage, index, List.of(input), output);
    }

    /** The level of each number, by its bits. */
    private static List<Long> levels(Operation.Threshold threshold, ValueType input) {
        ValueType output = threshold.outputType();
        return LongStream.range(0, 1L << input.bits())
                .map(bits -> output.encode(
                        output.min() + output.step() * threshold.table().level(0, input.decode(bits))))
                .boxed()
                .toList();
    }

    private static ThresholdUnit.Direction direction(ThresholdTable table) {
        long descending =
                IntStream.range(0, table.channels()).filter(table::descending).count();
        return descending == 0
                ? ThresholdUnit.Direction.ASCENDING
                : descending == table.channels()
                        ? ThresholdUnit.Direction.DESCENDING
                        : ThresholdUnit.Direction.BY_CHANNEL;
    }

    private static MemoryContents contents(ThresholdTable table, ThresholdUnit.Config config) {
        long[][] thresholds = new long[table.channels()][table.count()];
        boolean[] descending = new boolean[table.channels()];
        for (int channel = 0; channel < thresholds.length; channel++) {
            descending[channel] = table.descending(channel);
            for (int t = 0; t < table.count(); t++) {
                thresholds[channel][t] = table.at(channel, t);
            }
        }
        return config.table(thresholds, descending);
    }

    private Link argMax(int index, String name, Link input) {
        ValueType type = input.format().type();
        boolean signed = type instanceof ValueType.Signed;
        // The order of numbers that are not negative, and of -1 and +1, is that of their bits.
        Link numbers = signed ? input : builder.recode(name, input, new ValueType.Signed(type.bits() + 1));
        Link vector = builder.flat(name, numbers);
        FrameFormat format = vector.format();
        if (format.values() < 2) {
            throw new AcceleratorException(place(index) + "the arg-max of a single number is always 0; leave it out");
        }
        ArgMaxUnit.Config config = new ArgMaxUnit.Config(format.laneBits(), format.lanes(), format.values());
        return builder.add(
                new Stage.ArgMax(builder.unique(name), config),
                index,
                List.of(vector),
                new FrameFormat(1, 1, new ValueType.Unsigned(config.indexBits()), 1));
    }

    /** The layer's name as a Verilog identifier. */
    private static String identifier(Layer layer) {
        String name = layer.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "layer_" + name : name;
    }

    private String place(int layer) {
        return "network " + network.name() + ", layer " + network.layers().get(layer).name() + ": ";
    }
}
