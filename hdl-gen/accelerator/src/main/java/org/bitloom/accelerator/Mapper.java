package org.bitloom.accelerator;

import java.util.ArrayDeque;
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
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.blocks.ThresholdUnit;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.ThresholdTable;
import org.jspecify.annotations.Nullable;

/**
 * Which block serves which layer: a graph of layers becomes a graph of stages. A threshold that alone reads a matrix layer
 * is served by that layer's matrix-vector unit.
 */
final class Mapper {
    private final IntegerNetwork network;
    private final List<MatrixLayer> matrices;
    private final Map<Integer, Folding> foldings = new HashMap<>();
    private final DataflowBuilder builder;

    /** For each layer, and the input, the streams with its values that are still to be read. */
    private final Map<Integer, Deque<Link>> values = new HashMap<>();

    private Mapper(IntegerNetwork network, List<Folding> foldings) {
        this.network = network;
        this.matrices = MatrixLayer.of(network);
        requireFoldings(foldings);
        for (int i = 0; i < foldings.size(); i++) {
            this.foldings.put(matrices.get(i).index(), foldings.get(i));
        }
        this.builder = new DataflowBuilder(inputFormat());
    }

    /** @throws AcceleratorException where a layer has no block, or the foldings do not match the layers */
    static Dataflow map(IntegerNetwork network, List<Folding> foldings) {
        Mapper mapper = new Mapper(network, foldings);
        mapper.mapLayers();
        return mapper.builder.build();
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

    /** The input comes as wide as the first layer reads it, as a vector where that is a dense layer. */
    private FrameFormat inputFormat() {
        Shape shape = network.inputShape();
        ValueType type = network.inputType();
        int layer = IntegerNetwork.INPUT;
        boolean flat = shape.rank() == 1;
        List<Integer> readers = readers(layer);
        while (network.layers().get(readers.getFirst()).operation() instanceof Operation.Threshold threshold
                && !(readers(readers.getFirst()).isEmpty())) {
            flat &= shape.rank() == 1 || threshold.table().channels() == 1;
            layer = readers.getFirst();
            readers = readers(layer);
        }
        Operation first = network.layers().get(readers.getFirst()).operation();
        boolean dense = first instanceof Operation.Dense;
        int pixels = dense || shape.rank() == 1 ? 1 : shape.size() / shape.channels();
        int channels = shape.size() / pixels;
        Folding folding = foldings.get(readers.getFirst());
        return new FrameFormat(pixels, channels, type, folding == null ? 1 : folding.simd());
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
            case Operation.Dense dense -> {
                int threshold = soleThreshold(index);
                int given = threshold < 0 ? index : threshold;
                keep(given, name, dense(index, name, dense, threshold, first));
            }
            case Operation.Threshold threshold -> keep(index, name, thresholds(index, name, threshold, first));
            case Operation.ArgMax _ -> keep(index, name, argMax(index, name, first));
            default -> throw new AcceleratorException(place(index) + "there is no block for it yet: "
                    + layer.operation().getClass().getSimpleName());
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
        values.put(layer, new ArrayDeque<>(builder.copies(name, link, readers)));
    }

    private Link dense(int index, String name, Operation.Dense dense, int thresholdIndex, Link input) {
        Folding folding = folding(index);
        Operation.@Nullable Threshold threshold =
                thresholdIndex < 0 ? null : (Operation.Threshold) network.layers().get(thresholdIndex).operation();
        requireOperands(index, dense.weights().type(), input.format().type());
        Link vector = builder.regroup(name, builder.flat(name, input), folding.simd());
        Stage.Matrix stage =
                new MatrixMapping(MatrixLayer.of(network, index), threshold, input.format().type(), folding).stage(builder.unique(name));
        return builder.add(
                stage,
                threshold == null ? index : thresholdIndex,
                List.of(vector),
                matrixOutput(stage, threshold, 1, dense.weights().rows(), folding));
    }

    private static FrameFormat matrixOutput(
            Stage.Matrix stage, Operation.@Nullable Threshold threshold, int pixels, int rows, Folding folding) {
        ValueType result = threshold != null
                ? threshold.outputType()
                : new ValueType.Signed(stage.config().accumulatorBits());
        return new FrameFormat(pixels, rows, result, stage.config().resultBits(), folding.pe());
    }

    private Folding folding(int index) {
        Folding folding = foldings.get(index);
        if (folding == null) {
            throw new IllegalStateException("no folding for " + place(index));
        }
        return folding;
    }

    private void requireOperands(int index, ValueType weights, ValueType activations) {
        if (weights.bits() > 32 || activations.bits() > 32) {
            throw new AcceleratorException(place(index) + "operands of more than 32 bits cannot be multiplied: "
                    + weights + " and " + activations);
        }
    }

    private Link thresholds(int index, String name, Operation.Threshold threshold, Link input) {
        FrameFormat format = input.format();
        ThresholdTable table = threshold.table().clampedTo(format.type().min(), format.type().max());
        boolean shared = table.channels() == 1;
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
        return builder.add(
                stage,
                index,
                List.of(input),
                new FrameFormat(format.pixels(), format.channels(), threshold.outputType(), format.lanes()));
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
        if (!(input.format().type() instanceof ValueType.Signed)) {
            throw new AcceleratorException(
                    place(index) + "arg-max is there for accumulators, not for " + input.format().type());
        }
        Link vector = builder.flat(name, input);
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
