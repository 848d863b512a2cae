package org.bitloom.compression;

import java.util.Arrays;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Rounding;
import org.bitloom.network.model.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A quantized constant: element i is exactly {@code integers[i] · scales[scaleOf[i]]}. No array is ever written after
 * construction.
 *
 * @param pattern the bit pattern of which all integers are values, or null
 */
record Lattice(Dimensions shape, int[] integers, Rational[] scales, int[] scaleOf, @Nullable BitPattern pattern)
        implements Value {
    private static final int LARGEST_PLAIN_INTEGER = 127;

    private Lattice(Dimensions shape, int[] integers, Rational[] scales, int[] scaleOf) {
        this(shape, integers, scales, scaleOf, null);
    }

    /** What a quantizer makes of constants. */
    static Lattice of(Quantizer quantizer, Tensor values) {
        return switch (quantizer) {
            case Quantizer.BipolarQuant quant -> {
                int[] integers = new int[values.size()];
                for (int i = 0; i < integers.length; i++) {
                    integers[i] = values.at(i) >= 0 ? 1 : -1;
                }
                yield new Lattice(values.shape(), integers, rationals(quant.scale()),
                        quant.scale().shape().broadcastIndexes(values.shape()));
            }
            case Quantizer.IntegerQuant quant -> integer(quant, values);
            case Quantizer.BitMasked(BitPattern pattern, BitPattern.Overflow overflow) -> {
                int[] integers = new int[values.size()];
                Arrays.setAll(integers, i -> pattern.quantize(values.at(i), overflow));
                Rational unit = Rational.of(1, 1L << pattern.fractionBits());
                yield new Lattice(values.shape(), integers, new Rational[] {unit}, new int[integers.length], pattern);
            }
            case Quantizer.Truncation t -> throw unsupported();
            case Quantizer.MultiThreshold m -> throw unsupported();
        };
    }

    private static NetworkException unsupported() {
        return new NetworkException("quantizes constants; only Quant, BipolarQuant and bit masks are supported for weights");
    }

    private static Lattice integer(Quantizer.IntegerQuant quant, Tensor values) {
        int[] scaleOf = quant.scale().shape().broadcastIndexes(values.shape());
        int[] zeroOf = quant.zeroPoint().shape().broadcastIndexes(values.shape());
        int[] integers = new int[values.size()];
        for (int i = 0; i < integers.length; i++) {
            long zero = (long) quant.zeroPoint().at(zeroOf[i]);
            long level = level(quant, values.at(i), quant.scale().at(scaleOf[i]), zero) - zero;
            if (level != (int) level) {
                throw new NetworkException("makes the weight " + level + ", which does not fit 32 bits; "
                        + "use a smaller bit width or zero point");
            }
            integers[i] = (int) level;
        }
        return new Lattice(values.shape(), integers, rationals(quant.scale()), scaleOf);
    }

    /** A guess in floating point, moved until the exact comparisons agree. */
    private static long level(Quantizer.IntegerQuant quant, float value, float scale, long zero) {
        Rounding rounding = quant.rounding();
        long level = Math.clamp((long) rounding.round((double) value / scale + zero), quant.min(), quant.max());
        while (level < quant.max() && reaches(value, scale, zero, rounding, level + 1)) {
            level++;
        }
        while (level > quant.min() && !reaches(value, scale, zero, rounding, level)) {
            level--;
        }
        return level;
    }

    /** Whether {@code value / scale + zero} rounds to the level or higher, decided exactly. */
    private static boolean reaches(float value, float scale, long zero, Rounding rounding, long level) {
        long doubled = rounding.doubledBoundary(level) - 2 * zero;
        int order;
        if (Math.abs(doubled) < 1L << 28) {
            // A float has 24 bits: the product is exact in a double.
            order = Double.compare(2.0 * value + 0.0, (double) scale * doubled + 0.0);
        } else {
            order = Rational.of(2.0 * value).compareTo(Rational.of(scale).times(Rational.of(doubled)));
        }
        return rounding.includesBoundary(level) ? order >= 0 : order > 0;
    }

    /**
     * Constants that are integers as they stand (at most {@value #LARGEST_PLAIN_INTEGER} in size), or of one magnitude;
     * anything else is refused as not quantized.
     */
    static Lattice plain(Tensor values) {
        float magnitude = values.size() == 0 ? 1 : Math.abs(values.at(0));
        boolean same = magnitude > 0;
        boolean whole = true;
        for (int i = 0; i < values.size(); i++) {
            same &= Math.abs(values.at(i)) == magnitude;
            whole &= values.at(i) == Math.rint(values.at(i)) && Math.abs(values.at(i)) <= LARGEST_PLAIN_INTEGER;
        }
        if (!same && !whole) {
            throw new NetworkException("its weights are not quantized; train it with quantized weights (Brevitas: "
                    + "QuantLinear or QuantConv2d with weight_bit_width), so that a Quant or BipolarQuant node stands "
                    + "before it");
        }
        int[] integers = new int[values.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = same ? (int) Math.signum(values.at(i)) : (int) values.at(i);
        }
        Rational scale = same ? Rational.of(magnitude) : Rational.ONE;
        return new Lattice(values.shape(), integers, new Rational[] {scale}, new int[integers.length]);
    }

    @Override
    public Lattice reshaped(Dimensions target) {
        return new Lattice(target, integers, scales, scaleOf, pattern);
    }

    @Override
    public Lattice moved(Dimensions target, int[] indexes) {
        return new Lattice(target, Arrays.stream(indexes).map(i -> integers[i]).toArray(), scales,
                Arrays.stream(indexes).map(i -> scaleOf[i]).toArray(), pattern);
    }

    /** Every element times the same number. */
    Lattice times(Rational factor) {
        return new Lattice(shape, integers, Arrays.stream(scales).map(factor::times).toArray(Rational[]::new), scaleOf,
                pattern);
    }

    Rational scale(int element) {
        return scales[scaleOf[element]];
    }

    Rational[] values() {
        Rational[] values = new Rational[integers.length];
        Arrays.setAll(values, i -> scale(i).times(Rational.of(integers[i])));
        return values;
    }

    static Rational[] rationals(Tensor tensor) {
        Rational[] values = new Rational[tensor.size()];
        Arrays.setAll(values, i -> Rational.of(tensor.at(i)));
        return values;
    }
}
