package org.bitloom.blocks;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/**
 * The products of SIMD weights and activations, summed up, in the cycle in which they arrive or some registers later.
 *
 * <p>With a bipolar operand a product is a conditional negation, and a negation is an inversion plus one; the sum over
 * lanes then is one XNOR-popcount for each bit of the other operand (BNN, arXiv 1602.02830, section 1.3, bit by bit):
 *
 * <ul>
 *   <li>bipolar × bipolar: Σ w·a = 2·popcount(w xnor a) − SIMD; given is the popcount;
 *   <li>bipolar w × n-bit a: Σ w·a = Σ_b ±2^b·popcount(w xnor a_b) + popcount(¬w)·(1 − [a unsigned]·2^n);
 *       given is the sum over b; the rest depends on the weights alone and belongs into the accumulator's start;
 *   <li>n-bit w × bipolar a: the same with the operands exchanged; the rest depends on the activations and is added here.
 * </ul>
 *
 * Other operands are multiplied, see {@link Multiplier}. Weights with masked bits, and all weights in LUTs, are multiplied
 * unsigned: the activation of a negative weight of sign and magnitude is inverted, a signed activation has 2^(n−1) added
 * (its sign bit inverted), and the row of a two's complement's sign bit is inverted. What that changes is known from the
 * weights, see {@link Config#missing}, and belongs into the accumulator's start.
 *
 * <p>Registers on the way lie where {@link SumPlan} cuts.
 */
public final class DotProduct extends Block {
    /**
     * @param multiplier of numbers; of no meaning with a bipolar operand
     * @param stages     registers one behind the other on the way to the result
     */
    public record Config(int simd, Format weights, Format activations, Multiplier multiplier, int stages)
            implements Labelled {
        public Config {
            if (activations instanceof Format.BitMasked masked) {
                throw masked.onlyForWeights();
            }
        }

        /** With products of numbers, without registers. */
        public Config(int simd, Format weights, Format activations) {
            this(simd, weights, activations, Multiplier.DSP, 0);
        }

        @Override
        public String label() {
            return "s" + simd + "_" + weights + activations + (hasProducts() && multiplier == Multiplier.LUT ? "_lut" : "")
                    + (stages == 0 ? "" : "_d" + stages);
        }

        /** Whether numbers are multiplied; else ones are counted. */
        boolean hasProducts() {
            return !(weights instanceof Format.Bipolar) && !(activations instanceof Format.Bipolar);
        }

        /** How often the lanes are counted, see the class comment. */
        int terms() {
            return switch (activations) {
                case Format.Bipolar _ when weights instanceof Format.Bipolar -> 1;
                case Format.Bipolar _ when weights instanceof Format.BitMasked masked -> maskedTerms(masked.places());
                case Format.Bipolar _ -> weights.bits() + (weights instanceof Format.Unsigned ? 2 : 1);
                default -> activations.bits();
            };
        }

        /** Whether the operands are multiplied unsigned. */
        boolean isShifted() {
            return hasProducts() && (multiplier == Multiplier.LUT || weights instanceof Format.BitMasked);
        }

        /** Whether the result is to be read as unsigned; else as signed. */
        boolean isUnsigned() {
            return isShifted() || weights instanceof Format.Bipolar && activations instanceof Format.Bipolar;
        }

        /**
         * What is to be added for each lane of this weight, whatever its activation: the result, doubled where both
         * operands are bipolar, and what is missing of its lanes is the dot product.
         */
        public long missing(long weight) {
            long most = (1L << activations.bits()) - 1;
            if (weights instanceof Format.Bipolar) {
                return switch (activations) {
                    case Format.Bipolar _ -> -1;
                    case Format.Unsigned _ -> weight < 0 ? -most : 0;
                    case Format.Signed _ -> weight < 0 ? 1 : 0;
                    case Format.BitMasked masked -> throw masked.onlyForWeights();
                };
            }
            if (!isShifted()) {
                return 0;
            }
            long moved = activations instanceof Format.Signed(int n) ? 1L << n - 1 : 0;
            return switch (weights) {
                case Format.BitMasked _ -> weight < 0 ? weight * (most - moved) : -weight * moved;
                case Format.Signed(int bits) -> -(most << bits - 1) - weight * moved;
                default -> -weight * moved;
            };
        }

        private static int maskedTerms(List<Integer> places) {
            int runs = (int) places.stream().filter(place -> !places.contains(place - 1)).count();
            return places.size() + 2 * runs;
        }

        /** Levels of adders that a product takes as long as. */
        int productLevels() {
            return multiplier == Multiplier.LUT ? places().size() : 3;
        }

        /** What it takes of a device. */
        public Resources cost(Family family) {
            return ProductCost.of(this, family);
        }

        /** Bits of a number from 0 to {@code lanes}. */
        static int countBits(int lanes) {
            return bitsFor(lanes);
        }

        /** Bits of the result. */
        public int resultBits() {
            return resultBits(simd);
        }

        /** Bits of the sum of the results for {@code columns} columns. */
        public int resultBits(int columns) {
            if (weights instanceof Format.Bipolar && activations instanceof Format.Bipolar) {
                return bitsFor(columns);
            }
            if (isShifted()) {
                return BigInteger.valueOf(columns)
                        .multiply(BigInteger.valueOf((1L << activations.bits()) - 1))
                        .multiply(BigInteger.valueOf(magnitude()))
                        .bitLength();
            }
            int weightBits = weights instanceof Format.BitMasked(int width, int _) ? width : weights.bits();
            int planes = hasProducts() ? weightBits + activations.bits() : Math.max(weightBits, activations.bits()) + 1;
            return bitsFor(columns) + planes + 1;
        }

        /** All places that a weight has rows at, as a number. */
        private long magnitude() {
            return weights instanceof Format.BitMasked(int _, int kept) ? kept : (1L << weights.bits()) - 1;
        }

        /** The places of a weight's rows. */
        List<Integer> places() {
            return weights instanceof Format.BitMasked masked
                    ? masked.places()
                    : IntStream.range(0, weights.bits()).boxed().toList();
        }
    }

    public final Bits weights;
    public final Bits activations;
    /** For each register: it takes what comes. */
    public final List<Bool> keep;

    /** A number: unsigned, or signed, as {@link Config#isUnsigned} says. */
    public final Bits result;

    public DotProduct(Config config) {
        weights = input(bits(config.simd() * config.weights().bits()));
        activations = input(bits(config.simd() * config.activations().bits()));
        result = output(bits(config.resultBits()));
        keep = IntStream.range(0, config.stages())
                .mapToObj(i -> input(bool()).named("keep_" + i))
                .toList();
        if (config.isShifted()) {
            result.drive(shifted(config));
            return;
        }
        result.drive(sum(config, stagedSum(SumPlan.of(config), this::kept)));
    }

    private Bits sum(Config config, StagedSum sum) {
        if (config.hasProducts()) {
            List<SInt> products = new ArrayList<>();
            for (int lane = 0; lane < config.simd(); lane++) {
                products.add(product(config, lane));
            }
            return sized(sum.ofNumbers(products), config);
        }
        boolean bipolarWeights = config.weights() instanceof Format.Bipolar;
        if (bipolarWeights && config.activations() instanceof Format.Bipolar) {
            return sum.ofOnes(weights.xnor(activations)).asBits();
        }
        if (config.weights() instanceof Format.BitMasked masked) {
            return sized(sum.of(maskedOnes(masked)), config);
        }
        Bits signs = bipolarWeights ? weights : activations;
        Bits numbers = bipolarWeights ? activations : weights;
        Format format = bipolarWeights ? config.activations() : config.weights();
        // The sign bit of a signed number counts negative.
        List<StagedSum.Ones> terms = new ArrayList<>();
        for (int b = 0; b < format.bits(); b++) {
            boolean negative = format instanceof Format.Signed && b == format.bits() - 1;
            terms.add(new StagedSum.Ones(signs.xnor(plane(numbers, format, b)), b, negative));
        }
        if (bipolarWeights) {
            return sized(sum.of(terms), config);
        }
        if (config.stages() == 0) {
            // One number more, which needs no tree.
            SInt minusOnes = signs.not().popCount().asSInt();
            SInt rest = format instanceof Format.Unsigned(int n) ? minusOnes.minus(minusOnes.shl(n)) : minusOnes;
            return sized(sum.of(terms).plus(rest), config);
        }
        terms.add(new StagedSum.Ones(signs.not(), 0, false));
        if (format instanceof Format.Unsigned(int n)) {
            terms.add(new StagedSum.Ones(signs.not(), n, true));
        }
        return sized(sum.of(terms), config);
    }

    /** As wide as the result. What registers hold before the first word need not fit. */
    private Bits sized(SInt sum, Config config) {
        int width = config.resultBits();
        return (config.stages() == 0 && sum.width() > width ? sum.fit(width) : resized(sum, width)).asBits();
    }

    private Bits kept(Bits value, int stage) {
        return kept(value, keep.get(stage));
    }

    /** The sum of products of unsigned operands. */
    private Bits shifted(Config config) {
        List<UInt> products = new ArrayList<>();
        for (int lane = 0; lane < config.simd(); lane++) {
            products.add(shiftedProduct(config, lane));
        }
        UInt sum = stagedSum(SumPlan.of(config), this::kept).ofUnsigned(products);
        UInt placed = sum.shl(config.places().getFirst());
        int width = config.resultBits();
        return (placed.width() > width ? placed.low(width) : placed.extend(width)).asBits();
    }

    /** Counted in units of the weight's lowest place. */
    private UInt shiftedProduct(Config config, int lane) {
        Bits weight = lane(weights, config.weights(), lane);
        Bits factor = factor(config, weight, lane(activations, config.activations(), lane));
        List<Integer> places = config.places();
        if (config.multiplier() == Multiplier.DSP) {
            List<Bool> magnitude = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                while (magnitude.size() < places.get(i) - places.getFirst()) {
                    magnitude.add(no());
                }
                magnitude.add(weight.at(i));
            }
            return factor.asUInt().times(bits(magnitude).asUInt());
        }
        List<UInt> rows = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            boolean inverted = config.weights() instanceof Format.Signed && i == places.size() - 1;
            Bits low = gated(factor.low(1), weight.at(i), inverted);
            // In two pieces: of two operands as wide as each other Yosys makes the one of fewer pieces the left one.
            rows.add((factor.width() == 1
                            ? low
                            : gated(factor.high(factor.width() - 1), weight.at(i), inverted).cat(low))
                    .asUInt());
        }
        return Adders.shifted(rows, places);
    }

    private static Bits gated(Bits factor, Bool bit, boolean inverted) {
        Bits row = factor.and(bit.repeat(factor.width()));
        return inverted ? row.not() : row;
    }

    /** The activation as it is multiplied: unsigned, and inverted where the weight has a sign that is set. */
    private Bits factor(Config config, Bits weight, Bits activation) {
        Bits unsigned = activation;
        if (config.activations() instanceof Format.Signed(int n)) {
            Bits top = activation.at(n - 1).not().asBits();
            unsigned = n == 1 ? top : top.cat(activation.low(n - 1));
        }
        return config.weights() instanceof Format.BitMasked
                ? unsigned.xor(weight.at(weight.width() - 1).repeat(unsigned.width()))
                : unsigned;
    }

    /**
     * Masked weights with bipolar activations. Where the product is negative, its magnitude's bits are inverted, and it
     * counts too much by all places: Σ_p 2^p·popcount(bits of place p xor negative) − Σ_p 2^p·popcount(negative).
     */
    private List<StagedSum.Ones> maskedOnes(Format.BitMasked format) {
        Bits signs = plane(weights, format, format.bits() - 1);
        Bits positive = signs.xor(activations);
        Bits negative = signs.xnor(activations);
        List<StagedSum.Ones> terms = new ArrayList<>();
        List<Integer> places = format.places();
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            terms.add(new StagedSum.Ones(plane(weights, format, i).xnor(positive), place, false));
            // A run of places weighs one at its end less one at its beginning.
            if (!places.contains(place - 1)) {
                terms.add(new StagedSum.Ones(negative, place, false));
            }
            if (!places.contains(place + 1)) {
                terms.add(new StagedSum.Ones(negative, place + 1, true));
            }
        }
        return terms;
    }

    /** Bit b of each number. */
    private Bits plane(Bits numbers, Format format, int b) {
        List<Bool> plane = new ArrayList<>();
        for (int lane = 0; lane < numbers.width() / format.bits(); lane++) {
            plane.add(numbers.at(lane * format.bits() + b));
        }
        return bits(plane);
    }

    private SInt product(Config config, int lane) {
        SInt weight = number(config.weights(), lane(weights, config.weights(), lane));
        return weight.times(number(config.activations(), lane(activations, config.activations(), lane)));
    }

    private Bits lane(Bits all, Format format, int lane) {
        return all.slice((lane + 1) * format.bits() - 1, lane * format.bits());
    }
}
