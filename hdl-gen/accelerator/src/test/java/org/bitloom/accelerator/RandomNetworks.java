package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.bitloom.network.BitPattern;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.NetworkTypes;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;
import org.bitloom.network.integer.Padding;
import org.bitloom.network.integer.ThresholdTable;
import org.bitloom.network.integer.Weights;
import org.bitloom.network.integer.Window;

/**
 * Random small networks: dense layers, convolutions and pooling of any stride, padding and dilation, branches that are
 * added, concatenated or sliced; all operand types, directions, biases, and foldings that need not divide.
 */
public final class RandomNetworks {
    private static final int FRAMES = 7;

    private final RandomGenerator random;

    public RandomNetworks(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public record Sample(IntegerNetwork network, List<Folding> foldings, List<long[]> frames) {}

    /** Dense layers behind each other. */
    public Sample next() {
        Draft draft = new Draft(Shape.of(between(1, 20)));
        draft.offset();
        if (!(draft.type() instanceof ValueType.Bipolar) && random.nextInt(3) == 0) {
            draft.quantize();
        }
        draft.dense(between(1, 3));
        return draft.sample();
    }

    /** A picture through convolutions, pooling and branches, then perhaps dense layers. */
    public Sample nextImage() {
        Draft draft = new Draft(Shape.of(between(1, 9), between(1, 9), between(1, 5)));
        draft.offset();
        if (!(draft.type() instanceof ValueType.Bipolar) && random.nextInt(3) == 0) {
            draft.quantize();
        }
        int steps = between(1, 4);
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(7)) {
                case 0, 1, 2 -> draft.convolution();
                case 3 -> draft.pool();
                case 4 -> draft.slice();
                default -> draft.branches();
            }
        }
        if (random.nextInt(3) != 0 || draft.layers.isEmpty()) {
            draft.dense(between(1, 2));
        }
        return draft.sample();
    }

    /** A network that is being made; {@code at} is the layer that stands open. */
    private final class Draft {
        final TensorType input;
        final List<Layer> layers = new ArrayList<>();
        final List<TensorType> types = new ArrayList<>();
        final List<Folding> foldings = new ArrayList<>();
        int at = IntegerNetwork.INPUT;

        Draft(Shape shape) {
            input = new TensorType(shape, random.nextBoolean() ? ValueType.unsigned(between(1, 8)) : activation());
        }

        TensorType tensor() {
            return at == IntegerNetwork.INPUT ? input : types.get(at);
        }

        ValueType type() {
            return tensor().type();
        }

        Shape shape() {
            return tensor().shape();
        }

        void add(String name, Operation operation, Integer... inputs) {
            List<TensorType> sources = Arrays.stream(inputs)
                    .map(i -> i == IntegerNetwork.INPUT ? input : types.get(i))
                    .toList();
            types.add(NetworkTypes.outputOf(operation, sources));
            layers.add(new Layer(name + layers.size(), operation, List.of(inputs)));
            at = layers.size() - 1;
        }

        void add(String name, Operation operation) {
            add(name, operation, at);
        }

        void quantize() {
            quantize(activation(), random.nextBoolean() ? 1 : shape().channels(), type().min() - 1, type().max() + 1);
        }

        void quantize(ValueType out, int channels, long low, long high) {
            if (!(out instanceof ValueType.Bipolar) && type().bits() > 1 && random.nextInt(3) == 0) {
                requantize(out, channels, high);
                return;
            }
            add("act", new Operation.Threshold(table(channels, out, low, high), out));
        }

        /** Numbers up to {@code high} about as far as the type goes; something is left of them after the shift. */
        void requantize(ValueType out, int channels, long high) {
            int shift = between(1, Math.clamp(type().bits() - 1, 1, 6));
            long most = Math.max(1, (out.max() + 1 << shift) / Math.max(1, high));
            List<Long> multipliers = random.nextInt(3) == 0
                    ? List.of(1L)
                    : random.longs(random.nextBoolean() ? 1 : channels, random.nextBoolean() ? -most : 1, 2 * most + 1)
                            .boxed()
                            .toList();
            List<Long> offsets = random.nextBoolean()
                    ? List.of(1L << shift - 1)
                    : random.longs(channels, -1L << shift, 1L << shift).boxed().toList();
            add("scale", new Operation.Requantize(multipliers, offsets, shift, out));
        }

        void offset() {
            if (random.nextInt(3) == 0) {
                add("mean", new Operation.Offset(random.longs(shape().size(), -5, 6).boxed().toList()));
            }
        }

        void positionScale() {
            if (random.nextBoolean()) {
                List<Integer> rows = random.ints(shape().height(), 1, 4).boxed().toList();
                List<Integer> columns = random.ints(shape().width(), 1, 4).boxed().toList();
                add("even", new Operation.PositionScale(rows, columns));
            }
        }

        void dense(int matrices) {
            for (int m = 0; m < matrices; m++) {
                int rows = between(1, 20);
                int columns = shape().size();
                add("fc", new Operation.Dense(weights(rows, columns), bias(rows)));
                foldings.add(new Folding(between(1, rows), between(1, columns)));
                if (m < matrices - 1 || random.nextBoolean()) {
                    long reach = 3L + columns;
                    quantize(activation(), rows, -reach, reach);
                } else if (rows > 1 && random.nextBoolean()) {
                    add("top", new Operation.ArgMax());
                }
            }
        }

        void convolution() {
            Window window = window(shape());
            convolution(window, around(type(), window), between(1, 6));
            if (random.nextInt(4) != 0) {
                threshold();
            }
        }

        void convolution(Window window, Padding padding, int rows) {
            int channels = shape().channels();
            int columns = channels * window.taps();
            add("conv", new Operation.Convolution(weights(rows, columns), bias(rows), window, padding, 1));
            foldings.add(switch (random.nextInt(6)) {
                case 0 -> new Folding(between(1, rows), between(1, columns));
                case 1 -> new Folding(rows, columns);
                default -> new Folding(between(1, rows), between(1, channels));
            });
        }

        void threshold() {
            long reach = 3 + Math.min(40, type().max());
            quantize(activation(), random.nextBoolean() ? 1 : shape().channels(), -reach, reach);
        }

        void pool() {
            boolean global = random.nextInt(4) == 0;
            Window window = global
                    ? new Window(shape().height(), shape().width(), 1, 1, 1, 1)
                    : window(shape());
            boolean max = random.nextBoolean();
            Padding around = around(type(), window);
            Padding padding = global || around.isEmpty()
                    ? Padding.NONE
                    : new Padding(around.top(), around.left(), around.bottom(), around.right(),
                            max ? type().min() : around.value());
            add("pool", max ? new Operation.MaxPool(window, padding) : new Operation.SumPool(window, padding));
            if (!max) {
                positionScale();
            }
            if (!max && random.nextBoolean()) {
                threshold();
            }
        }

        void slice() {
            int first = random.nextInt(shape().channels());
            add("slice", new Operation.Slice(first, between(1, shape().channels() - first)));
        }

        /** Two or three ways from here that keep the size of the image, and meet again. */
        void branches() {
            int from = at;
            Shape common = shape();
            boolean sum = random.nextBoolean();
            ValueType type = activation();
            int ways = sum ? 2 : between(2, 3);
            List<Integer> ends = new ArrayList<>();
            for (int way = 0; way < ways; way++) {
                at = from;
                if (!sum || way == 0 || random.nextBoolean()) {
                    int kernel = random.nextBoolean() ? 1 : 3;
                    Padding same = kernel == 1 ? Padding.NONE : Padding.around(1, value(type()));
                    convolution(Window.square(kernel, 1), same, sum ? common.channels() : between(1, 5));
                    long reach = 3 + Math.min(40, type().max());
                    if (!sum || random.nextBoolean()) {
                        quantize(type, 1, -reach, reach);
                    }
                }
                ends.add(at);
            }
            add(sum ? "sum" : "join", sum ? new Operation.Add() : new Operation.Concat(ways), ends.toArray(Integer[]::new));
        }

        Sample sample() {
            int outputs = shape().size();
            boolean index = layers.getLast().operation() instanceof Operation.ArgMax;
            Classifier classifier =
                    new Classifier(index ? Classifier.Rule.INDEX : Classifier.Rule.FIRST_MAXIMUM, outputs);
            IntegerNetwork network = new IntegerNetwork(
                    "random", input.shape(), input.type(), layers, classifier, OutputScale.NONE);
            List<long[]> frames = new ArrayList<>();
            for (int f = 0; f < FRAMES; f++) {
                long[] frame = new long[input.shape().size()];
                Arrays.setAll(frame, _ -> value(input.type()));
                frames.add(frame);
            }
            return new Sample(network, foldings, frames);
        }
    }

    private Window window(Shape shape) {
        int height = between(1, Math.min(3, shape.height()));
        int width = between(1, Math.min(3, shape.width()));
        int dilationHeight = height > 1 && (height - 1) * 2 < shape.height() ? between(1, 2) : 1;
        int dilationWidth = width > 1 && (width - 1) * 2 < shape.width() ? between(1, 2) : 1;
        return new Window(height, width, between(1, 3), between(1, 3), dilationHeight, dilationWidth);
    }

    /** Padding that a window does not lie in wholly. */
    private Padding around(ValueType type, Window window) {
        if (random.nextBoolean()) {
            return Padding.NONE;
        }
        int rows = (int) window.spanHeight() - 1;
        int columns = (int) window.spanWidth() - 1;
        return new Padding(between(0, rows), between(0, columns), between(0, rows), between(0, columns), value(type));
    }

    private List<Long> bias(int rows) {
        return random.nextInt(3) == 0 ? random.longs(rows, -9, 10).boxed().toList() : List.of();
    }

    private ValueType activation() {
        return switch (random.nextInt(4)) {
            case 0, 1 -> ValueType.bipolar();
            case 2 -> ValueType.unsigned(between(1, 3));
            default -> ValueType.signed(between(2, 3));
        };
    }

    private Weights weights(int rows, int columns) {
        if (random.nextBoolean()) {
            return Weights.Binary.of(rows, columns, (_, _) -> random.nextBoolean() ? 1 : -1);
        }
        if (random.nextInt(3) == 0) {
            BitPattern pattern = new BitPattern(7, between(1, 63));
            int[] values = pattern.values();
            return Weights.BitMasked.of(pattern, rows, columns, (_, _) -> values[random.nextInt(values.length)]);
        }
        ValueType type = random.nextBoolean() ? ValueType.signed(between(1, 4)) : ValueType.unsigned(between(1, 3));
        return Weights.IntegerMatrix.of(type, rows, columns, (_, _) -> (int) value(type));
    }

    private ThresholdTable table(int channels, ValueType out, long low, long high) {
        int count = between(1, (int) out.levels() - 1);
        long[][] thresholds = new long[channels][];
        boolean[] descending = new boolean[channels];
        for (int c = 0; c < channels; c++) {
            descending[c] = random.nextBoolean();
            long[] sorted = random.longs(count, low, high + 1).sorted().toArray();
            if (random.nextInt(8) == 0) {
                sorted[0] = ThresholdTable.ALWAYS;
                sorted[count - 1] = random.nextBoolean() ? ThresholdTable.NEVER : sorted[count - 1];
            }
            Arrays.sort(sorted);
            int last = count - 1;
            boolean down = descending[c];
            thresholds[c] = IntStream.range(0, count)
                    .mapToLong(i -> sorted[down ? last - i : i])
                    .toArray();
        }
        return new ThresholdTable(thresholds, descending);
    }

    private long value(ValueType type) {
        return type instanceof ValueType.Bipolar
                ? (random.nextBoolean() ? 1 : -1)
                : random.nextLong(type.min(), type.max() + 1);
    }

    private int between(int least, int greatest) {
        return random.nextInt(least, greatest + 1);
    }
}
