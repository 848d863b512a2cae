package org.bitloom.network.integer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bitloom.network.BitPattern;
import org.bitloom.network.Rational;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;

/** Small random networks of every operation, legal by construction; the same seed gives the same network. */
public final class RandomNetworks {
    private final Random random;
    private final boolean scaling;
    private final List<Layer> layers = new ArrayList<>();

    /** Of the input, and of each layer. */
    private final List<TensorType> types = new ArrayList<>();

    public RandomNetworks(long seed) {
        this(seed, true);
    }

    private RandomNetworks(long seed, boolean scaling) {
        random = new Random(seed);
        this.scaling = scaling;
    }

    /** Networks whose values are only compared with thresholds, never multiplied or shifted each by itself. */
    public static RandomNetworks ofThresholds(long seed) {
        return new RandomNetworks(seed, false);
    }

    public IntegerNetwork network() {
        TensorType input = new TensorType(random.nextBoolean() ? Shape.of(between(1, 90))
                : Shape.of(between(1, 6), between(1, 6), between(1, 6)), type(8));
        layers.clear();
        types.clear();
        types.add(input);
        int steps = between(1, 5);
        for (int i = 0; i < steps; i++) {
            if (random.nextInt(3) == 0) {
                join();
            } else {
                add(operation(types.getLast()), List.of(layers.size() - 1));
            }
        }
        TensorType type = types.getLast();
        boolean index = random.nextInt(4) == 0;
        if (index) {
            layers.add(new Layer("top", new Operation.ArgMax(), layers.size() - 1));
        }
        int outputs = type.shape().size();
        Classifier classifier = index ? new Classifier(Classifier.Rule.INDEX, outputs)
                : new Classifier(random.nextBoolean() ? Classifier.Rule.FIRST_MAXIMUM : Classifier.Rule.HIGHEST_SET,
                        between(1, outputs));
        return new IntegerNetwork("random", input.shape(), input.type(), layers, classifier,
                index ? OutputScale.NONE : scale(outputs));
    }

    private int add(Operation operation, List<Integer> inputs) {
        layers.add(new Layer("layer" + layers.size(), operation, inputs));
        types.add(NetworkTypes.outputOf(operation, inputs.stream().map(i -> types.get(i + 1)).toList()));
        return layers.size() - 1;
    }

    /** The last layer meets earlier ones, or its own parts in another order. */
    private void join() {
        int last = layers.size() - 1;
        TensorType type = types.getLast();
        int channels = type.shape().channels();
        switch (random.nextInt(3)) {
            case 0 -> add(new Operation.Add(), List.of(last, anyLike(type, false)));
            case 1 -> {
                List<Integer> inputs = new ArrayList<>(List.of(last));
                for (int i = between(1, 3); i > 0; i--) {
                    inputs.add(random.nextInt(inputs.size() + 1), anyLike(type, true));
                }
                add(new Operation.Concat(inputs.size()), inputs);
            }
            default -> {
                int cut = between(1, channels);
                int right = add(new Operation.Slice(channels - cut, cut), List.of(last));
                int left = add(new Operation.Slice(0, between(1, channels)), List.of(last));
                add(new Operation.Concat(2), List.of(right, left));
            }
        }
    }

    /** A layer, or the input, of this shape; or of this value type and a shape that differs in channels only. */
    private int anyLike(TensorType type, boolean concat) {
        List<Integer> like = IntStream.range(0, types.size()).filter(i -> {
            TensorType other = types.get(i);
            List<Integer> a = other.shape().dimensions();
            List<Integer> b = type.shape().dimensions();
            return concat ? other.type().equals(type.type()) && a.size() == b.size()
                    && a.subList(0, a.size() - 1).equals(b.subList(0, b.size() - 1)) : a.equals(b);
        }).mapToObj(i -> i - 1).toList();
        return like.get(random.nextInt(like.size()));
    }

    public long[] input(TensorType type) {
        return IntStream.range(0, type.shape().size()).mapToLong(i -> value(type.type())).toArray();
    }

    long value(ValueType type) {
        return type.min() + type.step() * (long) (random.nextDouble() * type.levels());
    }

    ValueType type(int maxBits) {
        return switch (random.nextInt(3)) {
            case 0 -> ValueType.bipolar();
            case 1 -> ValueType.unsigned(between(1, maxBits));
            default -> ValueType.signed(between(1, maxBits));
        };
    }

    Weights weights(int rows, int columns) {
        if (random.nextInt(4) == 0) {
            BitPattern pattern = new BitPattern(4, between(1, 7));
            return Weights.BitMasked.of(pattern, rows, columns, (row, column) -> pattern.decode(random.nextInt(1 << pattern.bits())));
        }
        ValueType type = type(5);
        return type instanceof ValueType.Bipolar
                ? Weights.Binary.of(rows, columns, (row, column) -> random.nextBoolean() ? 1 : -1)
                : Weights.IntegerMatrix.of(type, rows, columns, (row, column) -> (int) value(type));
    }

    private Operation operation(TensorType input) {
        boolean image = input.shape().rank() == 3;
        if (scaling && random.nextInt(3) == 0) {
            return switch (random.nextInt(image ? 3 : 2)) {
                case 0 -> new Operation.Offset(numbers(input.shape().size()));
                case 1 -> requantize(input);
                default -> new Operation.PositionScale(factors(input.shape().height()), factors(input.shape().width()));
            };
        }
        return switch (random.nextInt(image ? 6 : 2)) {
            case 0 -> dense(input);
            case 1 -> threshold(input);
            case 2, 3 -> convolution(input);
            case 4 -> {
                Padding padding = padding(input.type().min());
                yield new Operation.MaxPool(window(input.shape(), padding), padding);
            }
            default -> {
                Padding padding = padding(value(input.type()));
                yield new Operation.SumPool(window(input.shape(), padding), padding);
            }
        };
    }

    private Operation dense(TensorType input) {
        int rows = between(1, 12);
        return new Operation.Dense(weights(rows, input.shape().size()), bias(rows));
    }

    private Operation convolution(TensorType input) {
        int channels = input.shape().channels();
        int groups = random.nextBoolean() ? channels : 1;
        int rows = groups * between(1, 3);
        Padding padding = padding(value(input.type()));
        Window window = window(input.shape(), padding);
        return new Operation.Convolution(weights(rows, window.taps() * channels / groups), bias(rows), window, padding,
                groups);
    }

    private Padding padding(long value) {
        return random.nextBoolean() ? Padding.NONE
                : new Padding(random.nextInt(2), random.nextInt(3), random.nextInt(2), random.nextInt(2), value);
    }

    private Window window(Shape image, Padding padding) {
        int kernelHeight = between(1, Math.min(3, image.height() + padding.top() + padding.bottom()));
        int kernelWidth = between(1, Math.min(3, image.width() + padding.left() + padding.right()));
        Window dilated = new Window(kernelHeight, kernelWidth, between(1, 3), between(1, 2), 2, 2);
        boolean fits = dilated.spanHeight() <= image.height() + padding.top() + padding.bottom()
                && dilated.spanWidth() <= image.width() + padding.left() + padding.right();
        return fits && random.nextBoolean() ? dilated
                : new Window(kernelHeight, kernelWidth, dilated.strideHeight(), dilated.strideWidth(), 1, 1);
    }

    private Operation threshold(TensorType input) {
        ValueType output = type(3);
        int channels = random.nextBoolean() ? input.shape().channels() : 1;
        int count = between(1, (int) Math.min(5, output.levels() - 1));
        boolean[] descending = new boolean[channels];
        long[][] thresholds = new long[channels][];
        for (int channel = 0; channel < channels; channel++) {
            descending[channel] = random.nextBoolean();
            thresholds[channel] = IntStream.range(0, count).mapToLong(i -> switch (random.nextInt(8)) {
                case 0 -> ThresholdTable.ALWAYS;
                case 1 -> ThresholdTable.NEVER;
                default -> value(input.type()) + random.nextInt(3) - 1;
            }).sorted().toArray();
            if (descending[channel]) {
                long[] reversed = thresholds[channel].clone();
                Arrays.setAll(thresholds[channel], i -> reversed[count - 1 - i]);
            }
        }
        return new Operation.Threshold(new ThresholdTable(thresholds, descending), output);
    }

    private Operation requantize(TensorType input) {
        int channels = input.shape().channels();
        return new Operation.Requantize(numbers(random.nextBoolean() ? channels : 1),
                numbers(random.nextBoolean() ? channels : 1), random.nextInt(6),
                random.nextBoolean() ? ValueType.unsigned(between(1, 6)) : ValueType.signed(between(1, 6)));
    }

    private List<Long> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> (long) random.nextInt(41) - 20).toList();
    }

    private List<Integer> factors(int count) {
        return IntStream.range(0, count).mapToObj(i -> between(1, 3)).toList();
    }

    private List<Long> bias(int rows) {
        return random.nextBoolean() ? List.of()
                : numbers(rows);
    }

    private OutputScale scale(int outputs) {
        return switch (random.nextInt(3)) {
            case 0 -> OutputScale.NONE;
            case 1 -> OutputScale.ofTensor(rational(), rational());
            default -> new OutputScale(IntStream.range(0, outputs).mapToObj(i -> rational()).toList(),
                    IntStream.range(0, outputs).mapToObj(i -> rational()).toList());
        };
    }

    private Rational rational() {
        return Rational.of(random.nextInt(201) - 100, between(1, 50));
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }
}
