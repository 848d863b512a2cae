package org.bitloom.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bitloom.cli.report.Histogram;
import org.bitloom.compression.quantize.TrainedWeights;
import org.bitloom.network.BitPattern;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.LayerNames;
import org.bitloom.network.integer.Weights;
import org.bitloom.network.model.Quantizer;

/**
 * The weights of a layer: a histogram over the numbers that its format has (as figures 2 and 3 of the bit-mask thesis),
 * and what is to be said of it. Trained weights, where they are known; else the integers.
 */
record WeightFigure(String layer, String svg, String caption) {
    /** A wide format is drawn as a block: so many of its numbers will do. */
    private static final int MOST_NUMBERS = 4096;

    /** Of every layer with weights, in order. */
    static List<WeightFigure> of(IntegerNetwork network, List<TrainedWeights> trained) {
        List<TrainedWeights> left = new ArrayList<>(trained);
        List<WeightFigure> figures = new ArrayList<>();
        for (Layer layer : network.layers()) {
            Weights weights = LayerLine.weights(layer.operation());
            if (weights == null) {
                continue;
            }
            String title = network.name() + ", weights of " + layer.name();
            Optional<TrainedWeights> own =
                    left.stream().filter(each -> isOf(each, layer, weights)).findFirst();
            own.ifPresent(left::remove);
            figures.add(own.map(found -> of(layer.name(), title, found)).orElseGet(() -> of(layer.name(), title, weights)));
        }
        return List.copyOf(figures);
    }

    /** A layer of integers has the name of the model's node, with a number where two nodes would have the same. */
    private static boolean isOf(TrainedWeights trained, Layer layer, Weights weights) {
        return layer.name().matches(LayerNames.identifier(trained.layer()) + "(_\\d+)?")
                && (long) weights.rows() * weights.columns() == trained.weights().size();
    }

    private static WeightFigure of(String layer, String title, TrainedWeights trained) {
        Histogram histogram = new Histogram(title, "weight", trained.weights().toArray(), 0,
                List.of(new Histogram.Comb(trained.format(), trained.representable())));
        return new WeightFigure(layer, histogram.svg(), "%s: %s trained weights (with batch normalization), quantized to %s: %s".formatted(
                layer, count(trained.weights().size()), format(trained), losses(trained)));
    }

    private static String format(TrainedWeights trained) {
        return trained.quantizer() instanceof Quantizer.BitMasked(BitPattern pattern, BitPattern.Overflow rule)
                ? "%s (%s, overflow: %s)".formatted(pattern, pattern.listed(), rule.name().toLowerCase(Locale.ROOT))
                : trained.format();
    }

    private static String losses(TrainedWeights trained) {
        if (trained.quantizer() instanceof Quantizer.BipolarQuant) {
            return "the sign of each, times one number. The marks are what a weight can be.";
        }
        TrainedWeights.Losses losses = trained.losses();
        return share(losses.saturated()) + " saturated, "
                + (trained.quantizer() instanceof Quantizer.BitMasked ? share(losses.masked()) + " in need of masked bits, " : "")
                + share(losses.zero()) + " became 0. The marks are what a weight can be.";
    }

    private static WeightFigure of(String layer, String title, Weights weights) {
        float[] values = new float[Math.multiplyExact(weights.rows(), weights.columns())];
        long reach = 0;
        int zeros = 0;
        for (int row = 0; row < weights.rows(); row++) {
            for (int column = 0; column < weights.columns(); column++) {
                long weight = weights.at(row, column);
                values[row * weights.columns() + column] = weight;
                reach = Math.max(reach, Math.abs(weight));
                zeros += weight == 0 ? 1 : 0;
            }
        }
        String name = switch (weights) {
            case Weights.Binary b -> "binary";
            case Weights.IntegerMatrix matrix -> LayerLine.brief(matrix.type());
            case Weights.BitMasked masked -> masked.pattern().toString();
        };
        double[] numbers = switch (weights) {
            case Weights.Binary b -> new double[] {-1, 1};
            case Weights.IntegerMatrix matrix -> numbers(matrix.type(), reach);
            case Weights.BitMasked(BitPattern pattern, var integers) -> Arrays.stream(pattern.values()).asDoubleStream().toArray();
        };
        return new WeightFigure(layer,
                new Histogram(title, "integer weight", values, 1, List.of(new Histogram.Comb(name, numbers))).svg(),
                "%s: %s integer weights (%s)%s. The marks are what a weight can be.".formatted(layer, count(values.length), name,
                        weights instanceof Weights.Binary ? "" : ", " + share((double) zeros / values.length) + " of them 0"));
    }

    /** Those of a type that are to be seen, and some beyond where it has such. */
    private static double[] numbers(ValueType type, long reach) {
        long low = Math.max(type.min(), -2 * reach - 1);
        long high = Math.min(type.max(), 2 * reach + 1);
        long step = Math.max(1, (high - low) / MOST_NUMBERS);
        return LongStream.rangeClosed(0, (high - low) / step).mapToDouble(i -> low + i * step).toArray();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
