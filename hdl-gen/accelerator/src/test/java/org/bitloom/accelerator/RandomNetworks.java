package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;
import org.bitloom.network.integer.ThresholdTable;
import org.bitloom.network.integer.Weights;

/** Random small networks of dense layers: all operand types, directions, biases, and foldings that need not divide. */
public final class RandomNetworks {
    private final RandomGenerator random;

    public RandomNetworks(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public record Sample(IntegerNetwork network, List<Folding> foldings, List<long[]> frames) {}

    public Sample next() {
        List<Layer> layers = new ArrayList<>();
        List<Folding> foldings = new ArrayList<>();
        int width = between(1, 20);
        int inputs = width;
        ValueType inputType = random.nextBoolean() ? ValueType.unsigned(between(1, 8)) : activation();
        ValueType type = inputType;
        if (!(type instanceof ValueType.Bipolar) && random.nextInt(3) == 0) {
            ValueType out = activation();
            int channels = random.nextBoolean() ? 1 : width;
            ThresholdTable table = table(channels, out, type.min() - 1, type.max() + 1);
            layers.add(new Layer("quantize", new Operation.Threshold(table, out), layers.size() - 1));
            type = out;
        }
        int matrices = between(1, 3);
        for (int m = 0; m < matrices; m++) {
            int rows = between(1, 20);
            Weights weights = weights(rows, width);
            List<Long> bias = random.nextInt(3) == 0 ? random.longs(rows, -9, 10).boxed().toList() : List.of();
            layers.add(new Layer("fc" + m, new Operation.Dense(weights, bias), layers.size() - 1));
            foldings.add(new Folding(between(1, rows), between(1, width)));
            width = rows;
            if (m < matrices - 1 || random.nextBoolean()) {
                type = activation();
                long reach = 3L + weights.columns();
                layers.add(new Layer("act" + m, new Operation.Threshold(table(rows, type, -reach, reach), type), layers.size() - 1));
            } else if (rows > 1 && random.nextBoolean()) {
                layers.add(new Layer("top", new Operation.ArgMax(), layers.size() - 1));
            }
        }
        boolean index = layers.getLast().operation() instanceof Operation.ArgMax;
        Classifier classifier = new Classifier(index ? Classifier.Rule.INDEX : Classifier.Rule.FIRST_MAXIMUM, width);
        IntegerNetwork network = new IntegerNetwork(
                "random", Shape.of(inputs), inputType, layers, classifier, OutputScale.NONE);
        List<long[]> frames = new ArrayList<>();
        for (int f = 0; f < 7; f++) {
            long[] frame = new long[inputs];
            Arrays.setAll(frame, _ -> value(inputType));
            frames.add(frame);
        }
        return new Sample(network, foldings, frames);
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
            thresholds[c] = new long[count];
            for (int i = 0; i < count; i++) {
                thresholds[c][i] = descending[c] ? sorted[count - 1 - i] : sorted[i];
            }
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
