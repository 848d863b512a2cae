package org.bitloom.compression;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.ThresholdTable;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Rounding;

/** Replaces a quantizer of a stream by a threshold layer, or by nothing when it changes no integer. */
final class QuantizerFolder {
    /** More thresholds than this are multiplied where they can be. */
    private static final int MOST_COMPARISONS = 15;

    private final NetworkDraft draft;
    private final String name;
    private final Stream stream;
    private final TensorType source;

    QuantizerFolder(NetworkDraft draft, String name, Stream stream) {
        this.draft = draft;
        this.name = name;
        this.stream = stream;
        this.source = draft.typeOf(stream.layer());
    }

    Stream fold(Quantizer quantizer) {
        return switch (quantizer) {
            case Quantizer.BipolarQuant quant -> fold(ladders(quant.scale().shape(), Lattice.rationals(quant.scale()),
                    Ladder::bipolar));
            case Quantizer.IntegerQuant quant -> integer(quant);
            case Quantizer.Truncation truncation -> truncation(truncation);
            case Quantizer.MultiThreshold multi -> multiThreshold(multi);
            case Quantizer.BitMasked m -> throw new NetworkException("gives activations a bit pattern; patterns are for "
                    + "weights: quantize activations to n bits");
        };
    }

    /** Sign has three levels, but two suffice when no integer stands for 0 itself. */
    Stream sign() {
        boolean zeroOccurs = false;
        Ladder sign = Ladder.sign();
        Ladder bipolar = Ladder.bipolar(Rational.ONE);
        ThresholdTable three = new ThresholdFolder(source, sign.type()).table(stream, same(sign));
        for (int channel = 0; channel < three.channels(); channel++) {
            // Thresholds: always, at least 0, above 0. Equal ones leave no integer for 0.
            zeroOccurs |= three.at(channel, 1) != three.at(channel, 2);
        }
        return fold(same(zeroOccurs ? sign : bipolar));
    }

    private Stream integer(Quantizer.IntegerQuant quant) {
        ValueType type = quant.signed() ? ValueType.signed(quant.bits()) : ValueType.unsigned(quant.bits());
        int[] scaleOf = quant.scale().shape().broadcastIndexes(stream.shape());
        int[] zeroOf = quant.zeroPoint().shape().broadcastIndexes(stream.shape());
        Map<List<Float>, Ladder> shared = new HashMap<>();
        Ladder[] ladders = new Ladder[stream.size()];
        for (int i = 0; i < ladders.length; i++) {
            float scale = quant.scale().at(scaleOf[i]);
            float zero = quant.zeroPoint().at(zeroOf[i]);
            ladders[i] = shared.computeIfAbsent(List.of(scale, zero), key -> Ladder.rounded(quant.min(), quant.max(),
                    type, quant.rounding(), Rational.of(scale), (long) zero));
        }
        return shifted(quant, ladders).orElseGet(() -> fold(ladders));
    }

    /**
     * Numbers that differ from their integers by an offset of their own, a mean image subtracted: levels as far apart as
     * the integers, offsets that differ within a channel. A level is then the integer and the rounded offset; where two
     * levels are equally near, only rounding upward takes the same one for every integer.
     */
    private Optional<Stream> shifted(Quantizer.IntegerQuant quant, Ladder[] ladders) {
        Response common = stream.common();
        if (common != null || source.type().step() != 1) {
            return Optional.empty();
        }
        List<Long> offsets = new ArrayList<>(Collections.nCopies(stream.size(), 0L));
        for (int i = 0; i < ladders.length; i++) {
            Response response = stream.responses()[i];
            Rational scale = ladders[i].scale();
            if (!response.isLine() || !response.line().offset().isRational()
                    || !response.line().slope().equals(Surd.of(scale))) {
                return Optional.empty();
            }
            Rational up = response.line().offset().rational().minus(ladders[i].offset()).over(scale)
                    .plus(Rational.of(1, 2));
            boolean tie = up.denominator().equals(BigInteger.ONE);
            boolean nearest = quant.rounding().doubledBoundary(1) == 1;
            if (!nearest || tie && quant.rounding() != Rounding.HALF_UPWARD || up.floor().bitLength() > Quantizer.MAX_BITS) {
                return Optional.empty();
            }
            long offset = up.floor().longValueExact();
            if (source.type().min() + offset < quant.min() || source.type().max() + offset > quant.max()) {
                return Optional.empty();
            }
            offsets.set(stream.places()[i], offset);
        }
        int layer = draft.add(name, new Operation.Offset(offsets), stream.layer());
        return Optional.of(new Stream(layer, stream.shape(), stream.places(), meanings(ladders), null));
    }

    private Stream truncation(Quantizer.Truncation truncation) {
        Rational outputScale = Rational.of(truncation.outputScale());
        Rational outputZero = Rational.of(truncation.outputZero());
        long low = truncation.min();
        long high = truncation.max();
        if (!truncation.clamps()) {
            long[] range = reachable(truncation);
            low = range[0];
            high = range[1];
        }
        return fold(same(Ladder.truncated(low, high, ValueType.holding(low, high), truncation.rounding(),
                truncation.shift(), Rational.of(truncation.scale()), (long) truncation.zeroPoint(), outputScale,
                outputZero)));
    }

    /** The levels that an unclamped truncation can give: one below and above what the ends of the range give. */
    private long[] reachable(Quantizer.Truncation truncation) {
        BigInteger low = null;
        BigInteger high = null;
        for (Response response : stream.responses()) {
            for (long end : new long[] {source.type().min(), source.type().max()}) {
                Rational level = response.at(end).rounded(Long.SIZE).over(Rational.of(truncation.scale()))
                        .plus(Rational.of(truncation.zeroPoint())).over(Rational.of(1L << truncation.shift()));
                BigInteger below = level.floor().subtract(BigInteger.ONE);
                BigInteger above = level.ceiling().add(BigInteger.ONE);
                low = low == null ? below : low.min(below);
                high = high == null ? above : high.max(above);
            }
        }
        if (low == null || high == null || low.bitLength() > Quantizer.MAX_BITS || high.bitLength() > Quantizer.MAX_BITS) {
            throw new NetworkException("gives levels of more than " + Quantizer.MAX_BITS + " bits; drop more bits");
        }
        return new long[] {low.longValueExact(), high.longValueExact()};
    }

    private Stream multiThreshold(Quantizer.MultiThreshold multi) {
        Rational scale = Rational.of(multi.outputScale());
        Rational bias = Rational.of(multi.outputBias());
        int stride = stream.shape().stride(multi.axis());
        Ladder[] byRow = new Ladder[multi.rows()];
        for (int row = 0; row < byRow.length; row++) {
            List<Rational> thresholds = new ArrayList<>();
            for (int step = 0; step < multi.steps(); step++) {
                thresholds.add(Rational.of(multi.thresholds().at(row * multi.steps() + step)));
            }
            byRow[row] = counted(thresholds, scale, bias);
        }
        Ladder[] ladders = new Ladder[stream.size()];
        Arrays.setAll(ladders, i -> byRow[byRow.length == 1 ? 0 : i / stride % byRow.length]);
        return fold(ladders);
    }

    /** Levels as near to the model's numbers as integers can be: −1 and +1, a shifted count, or the count itself. */
    private static Ladder counted(List<Rational> thresholds, Rational scale, Rational bias) {
        Rational shift = bias.over(scale);
        int count = thresholds.size();
        if (count == 1 && shift.equals(Rational.of(-1, 2))) {
            return Ladder.counted(thresholds, -1, ValueType.bipolar(), scale.times(Rational.of(1, 2)), Rational.ZERO);
        }
        boolean whole = shift.denominator().equals(BigInteger.ONE) && shift.signum() < 0
                && shift.numerator().bitLength() < Quantizer.MAX_BITS;
        if (whole) {
            long lowest = shift.numerator().longValueExact();
            return Ladder.counted(thresholds, lowest, ValueType.holding(lowest, lowest + count), scale, Rational.ZERO);
        }
        return Ladder.counted(thresholds, 0, ValueType.holding(0, count), scale, bias);
    }

    private Ladder[] same(Ladder ladder) {
        Ladder[] ladders = new Ladder[stream.size()];
        Arrays.fill(ladders, ladder);
        return ladders;
    }

    private Ladder[] ladders(Dimensions shape, Rational[] parameters, Function<Rational, Ladder> make) {
        Ladder[] each = Arrays.stream(parameters).map(make).toArray(Ladder[]::new);
        int[] indexes = shape.broadcastIndexes(stream.shape());
        Ladder[] ladders = new Ladder[stream.size()];
        Arrays.setAll(ladders, i -> each[indexes[i]]);
        return ladders;
    }

    /** Few thresholds are compared; many at even distances are a product and a shift. */
    private Operation operation(ThresholdTable table, ValueType type, Ladder[] ladders) {
        Operation compared = new Operation.Threshold(table, type);
        if (table.count() <= MOST_COMPARISONS) {
            return compared;
        }
        double[] slopes = new double[table.channels()];
        for (int i = 0; i < stream.size(); i++) {
            slopes[stream.places()[i] % table.channels()] =
                    stream.responses()[i].slope() / ladders[i].scale().doubleValue();
        }
        return new EvenLevels(table, source.type(), type, slopes).operation().<Operation>map(even -> even).orElse(compared);
    }

    private Stream fold(Ladder[] ladders) {
        ValueType type = ladders[0].type();
        ThresholdFolder folder = new ThresholdFolder(source, type);
        ThresholdTable table = folder.table(stream, ladders);
        int layer = folder.isIdentity(table) ? stream.layer()
                : draft.add(name, operation(table, type, ladders), stream.layer());
        return new Stream(layer, stream.shape(), stream.places(), meanings(ladders), null);
    }

    private static Response[] meanings(Ladder[] ladders) {
        Map<Ladder, Response> meanings = new IdentityHashMap<>();
        return Arrays.stream(ladders).map(ladder -> meanings.computeIfAbsent(ladder, Ladder::meaning))
                .toArray(Response[]::new);
    }
}
