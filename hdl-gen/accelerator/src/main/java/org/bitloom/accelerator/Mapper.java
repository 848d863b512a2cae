package org.bitloom.accelerator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitloom.accelerator.DataflowBuilder.Link;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.AddUnit;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.blocks.ConcatUnit;
import org.bitloom.blocks.PoolUnit;
import org.bitloom.blocks.SliceUnit;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Which block serves which layer: a graph of layers becomes a graph of stages. A threshold that alone reads a matrix layer
 * is served by that layer's matrix-vector unit.
 */
final class Mapper {
    /** Blocks of several streams have at most so many on a side. */
    private static final int MOST_STREAMS = 31;

    private static final MatrixStages UNITS = (layer, threshold, activations, folding, name) ->
            new MatrixMapping(layer, threshold, activations, folding).stage(name);

    private final IntegerNetwork network;
    private final List<MatrixLayer> matrices;
    private final Map<Integer, Folding> foldings = new HashMap<>();
    private final DataflowBuilder builder;
    private final WindowStages images;

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
        this.builder = new DataflowBuilder(InputFormat.of(network, this.foldings), pipelining);
        long slowest = matrices.stream()
                .mapToLong(layer -> layer.cycles(folding(layer.index())))
                .max()
                .orElse(Long.MAX_VALUE);
        this.images = new WindowStages(network, builder, slowest);
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
                Link vector = builder.vectors(name, builder.flat(name, first), folding(index).simd());
                keep(given, name, matrix(index, name, threshold, vector));
            }
            case Operation.Convolution convolution -> {
                int threshold = soleThreshold(index);
                int given = threshold < 0 ? index : threshold;
                MatrixLayer matrix = MatrixLayer.of(network, index);
                Link patches = images.patches(name, matrix, convolution, first, folding(index));
                keep(given, name, matrix(index, name, threshold, patches));
            }
            case Operation.MaxPool pool ->
                keep(index, name, images.pool(index, name, PoolUnit.Operation.MAX, pool.window(), pool.padding(), first));
            case Operation.SumPool pool ->
                keep(index, name, images.pool(index, name, PoolUnit.Operation.SUM, pool.window(), pool.padding(), first));
            case Operation.Add _ -> keep(index, name, add(index, name, inputs));
            case Operation.Concat _ -> keep(index, name, concat(index, name, inputs));
            case Operation.Slice slice -> keep(index, name, slice(index, name, slice, first));
            case Operation.Threshold threshold ->
                keep(index, name, byValue(index, name, first, it -> ThresholdStages.of(it, threshold, first.format())));
            case Operation.Requantize requantize ->
                keep(index, name, scaled(index, name, first, it -> ScaleStages.requantize(it, requantize, first.format())));
            case Operation.Offset offset -> {
                ValueType sums = network.typeOf(index).type();
                keep(index, name, scaled(index, name, first, it -> ScaleStages.offset(it, offset, first.format(), sums)));
            }
            case Operation.PositionScale scale -> {
                ValueType products = network.typeOf(index).type();
                keep(index, name, scaled(index, name, first, it -> ScaleStages.scale(it, scale, first.format(), products)));
            }
            case Operation.ArgMax _ -> keep(index, name, argMax(index, name, first));
        }
    }

    /** The threshold that is the only reader of a layer, or −1. */
    private int soleThreshold(int layer) {
        List<Integer> readers = network.readers(layer);
        return readers.size() == 1 && network.layers().get(readers.getFirst()).operation() instanceof Operation.Threshold
                ? readers.getFirst()
                : -1;
    }

    private void keep(int layer, String name, Link link) {
        int readers = Math.max(1, network.readers(layer).size());
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
        Operands.require(network, index, layer.weights().type(), activations);
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

    private Folding folding(int index) {
        Folding folding = foldings.get(index);
        if (folding == null) {
            throw new IllegalStateException("no folding for " + place(index));
        }
        return folding;
    }

    private Link add(int index, String name, List<Link> inputs) {
        int lanes = inputs.stream().mapToInt(link -> link.format().lanes()).max().orElseThrow();
        List<Link> terms =
                inputs.stream().map(link -> builder.regroup(name, link, lanes)).toList();
        FrameFormat first = terms.getFirst().format();
        FrameFormat second = terms.getLast().format();
        Operands.require(network, index, first.type(), second.type());
        ValueType type = network.typeOf(index).type();
        AddUnit.Config config = new AddUnit.Config(
                Operands.format(first.type()), Operands.format(second.type()), lanes, type.bits(), 0);
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

    /** The values one by one in other numbers. */
    private Link byValue(int index, String name, Link input, Function<String, Stage> stage) {
        FrameFormat format = input.format();
        return builder.add(
                stage.apply(builder.unique(name)),
                index,
                List.of(input),
                new FrameFormat(format.pixels(), format.channels(), network.typeOf(index).type(), format.lanes()));
    }

    /** The values one by one scaled or shifted. */
    private Link scaled(int index, String name, Link input, Function<String, Stage> stage) {
        Operands.require(network, index, input.format().type(), network.typeOf(index).type());
        try {
            return byValue(index, name, input, stage);
        } catch (IllegalArgumentException e) {
            throw new AcceleratorException(place(index) + e.getMessage() + "; check the scales that the model has there");
        }
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
