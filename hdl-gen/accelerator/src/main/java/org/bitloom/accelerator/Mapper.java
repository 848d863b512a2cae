package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.hdl.stream.LaneConverter;
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
 * Which block serves which layer: a chain of layers becomes a chain of stages. Behind each matrix-vector unit that feeds
 * another stands a FIFO, and between stages of different lanes a converter.
 */
final class Mapper {
    private final IntegerNetwork network;
    private final List<Folding> foldings;
    private final List<Stage> stages = new ArrayList<>();

    /** What stands at the output of the last stage so far. */
    private FrameFormat current;

    private final FrameFormat input;
    private int matrices;

    private Mapper(IntegerNetwork network, List<Folding> foldings) {
        this.network = network;
        this.foldings = foldings;
        requireChain();
        ValueType type = network.inputType();
        int values = network.inputShape().size();
        int lanes = firstLanes();
        this.input = new FrameFormat(values, type, type.bits(), lanes);
        this.current = input;
    }

    record Mapping(FrameFormat input, FrameFormat output, List<Stage> stages) {}

    /** @throws AcceleratorException where a layer has no block, or the foldings do not match the layers */
    static Mapping map(IntegerNetwork network, List<Folding> foldings) {
        Mapper mapper = new Mapper(network, foldings);
        mapper.mapLayers();
        return new Mapping(mapper.input, mapper.current, List.copyOf(mapper.stages));
    }

    /** The layers that a folding is to be given for. */
    static List<Layer> matrixLayers(IntegerNetwork network) {
        return network.layers().stream()
                .filter(layer -> layer.operation() instanceof Operation.Dense)
                .toList();
    }

    private void requireChain() {
        List<Layer> layers = network.layers();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (!layer.inputs().equals(List.of(i - 1))) {
                throw new AcceleratorException(place(layer) + "it does not follow on the layer before it; "
                        + "branching networks cannot be mapped to hardware yet");
            }
            if (!(layer.operation() instanceof Operation.Dense || layer.operation() instanceof Operation.Threshold
                    || layer.operation() instanceof Operation.ArgMax)) {
                throw new AcceleratorException(place(layer) + "there is no block for a "
                        + layer.operation().getClass().getSimpleName()
                        + " yet; dense layers, thresholds and arg-max can be mapped, and the golden model runs it all");
            }
        }
        int expected = matrixLayers(network).size();
        if (foldings.size() != expected) {
            throw new AcceleratorException("network " + network.name() + " has " + expected + " matrix layers, but "
                    + foldings.size() + " foldings are given (" + Folding.text(foldings)
                    + "): give PExSIMD for each, in order");
        }
        for (int i = 0; i < expected; i++) {
            Layer layer = matrixLayers(network).get(i);
            Operation.Dense dense = (Operation.Dense) layer.operation();
            Folding folding = foldings.get(i);
            if (folding.pe() > nextMultiple(dense.weights().rows(), 64)
                    || folding.simd() > nextMultiple(dense.weights().columns(), 64)) {
                throw new AcceleratorException(place(layer) + "folding " + folding + " is larger than its matrix, even padded to a multiple of 64, of "
                        + dense.weights().rows() + " rows and " + dense.weights().columns() + " columns");
            }
        }
    }

    private static int nextMultiple(int value, int of) {
        return (value + of - 1) / of * of;
    }

    /** Input is offered at the width of the first matrix layer. */
    private int firstLanes() {
        return foldings.isEmpty() ? 1 : foldings.getFirst().simd();
    }

    private void mapLayers() {
        List<Layer> layers = network.layers();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            ValueType type = network.typeOf(i - 1).type();
            switch (layer.operation()) {
                case Operation.Dense dense -> {
                    Operation.@Nullable Threshold threshold =
                            i + 1 < layers.size() && layers.get(i + 1).operation() instanceof Operation.Threshold t ? t : null;
                    matrix(layer, dense, threshold, type);
                    i += threshold == null ? 0 : 1;
                }
                case Operation.Threshold threshold -> thresholds(layer, threshold, network.typeOf(i - 1).shape());
                case Operation.ArgMax _ -> argMax(layer, network.typeOf(i - 1).shape().size());
                case Operation.Convolution _, Operation.MaxPool _, Operation.SumPool _, Operation.Add _,
                        Operation.Concat _, Operation.Slice _ ->
                    throw new IllegalStateException("refused before: " + layer);
            }
        }
    }

    private void matrix(
            Layer layer, Operation.Dense dense, Operation.@Nullable Threshold threshold, ValueType type) {
        Folding folding = foldings.get(matrices++);
        if (dense.weights().type().bits() > 32 || type.bits() > 32) {
            throw new AcceleratorException(place(layer) + "operands of more than 32 bits cannot be multiplied: "
                    + dense.weights().type() + " and " + type);
        }
        regroup(layer, folding.simd());
        Stage.Matrix stage = new MatrixMapping(dense, threshold, type, folding).stage(identifier(layer));
        stages.add(stage);
        ValueType result = threshold != null
                ? threshold.outputType()
                : new ValueType.Signed(stage.config().accumulatorBits());
        current = new FrameFormat(dense.weights().rows(), result, stage.config().resultBits(), folding.pe());
    }

    /** Puts a FIFO behind a matrix-vector unit, and a converter where the next stage wants other lanes. */
    private void regroup(Layer layer, int lanes) {
        if (!stages.isEmpty() && stages.getLast() instanceof Stage.Matrix) {
            stages.add(new Stage.Queue(identifier(layer) + "_queue", current.wordBits(), QueueSizing.LEAST_DEPTH));
        }
        LaneConverter.Config converter =
                new LaneConverter.Config(current.laneBits(), current.lanes(), lanes, current.values());
        if (!converter.isIdentity()) {
            stages.add(new Stage.Lanes(identifier(layer) + "_lanes", converter));
            current = new FrameFormat(current.values(), current.type(), current.laneBits(), lanes);
        }
    }

    private void thresholds(Layer layer, Operation.Threshold threshold, Shape shape) {
        ThresholdTable table = threshold.table().clampedTo(current.type().min(), current.type().max());
        boolean shared = table.channels() == 1;
        if (!shared && shape.channels() != shape.size()) {
            throw new AcceleratorException(place(layer) + "thresholds by channel on an input of shape " + shape
                    + " cannot be mapped yet; use the same for all channels");
        }
        List<Long> common = shared
                ? LongStream.range(0, table.count()).map(i -> table.at(0, (int) i)).boxed().toList()
                : List.of();
        ThresholdUnit.Config config = new ThresholdUnit.Config(
                MatrixMapping.format(current.type()),
                current.lanes(),
                current.words(),
                common,
                table.count(),
                threshold.outputType().bits(),
                (int) MatrixMapping.lowestCode(threshold.outputType()),
                direction(table));
        stages.add(new Stage.Levels(
                identifier(layer), config, shared ? Optional.empty() : Optional.of(contents(table, config))));
        current = new FrameFormat(
                current.values(), threshold.outputType(), threshold.outputType().bits(), current.lanes());
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

    private void argMax(Layer layer, int count) {
        if (!(current.type() instanceof ValueType.Signed)) {
            throw new AcceleratorException(place(layer) + "arg-max is there for accumulators, not for " + current.type());
        }
        if (count < 2) {
            throw new AcceleratorException(place(layer) + "the arg-max of a single number is always 0; leave it out");
        }
        ArgMaxUnit.Config config = new ArgMaxUnit.Config(current.laneBits(), current.lanes(), count);
        stages.add(new Stage.ArgMax(identifier(layer), config));
        current = new FrameFormat(1, new ValueType.Unsigned(config.indexBits()), config.indexBits(), 1);
    }

    /** The layer's name as a Verilog identifier. */
    private static String identifier(Layer layer) {
        String name = layer.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "layer_" + name : name;
    }

    private String place(Layer layer) {
        return "network " + network.name() + ", layer " + layer.name() + ": ";
    }
}
