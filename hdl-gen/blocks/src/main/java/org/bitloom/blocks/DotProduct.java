package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.SInt;
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
 * Other operands are multiplied. Registers on the way lie where {@link SumPlan} cuts.
 */
public final class DotProduct extends Component {
    /** @param stages registers one behind the other on the way to the result */
    public record Config(int simd, Format weights, Format activations, int stages) implements Labelled {
        /** Without registers. */
        public Config(int simd, Format weights, Format activations) {
            this(simd, weights, activations, 0);
        }

        @Override
        public String label() {
            return "s" + simd + "_" + weights + activations + (stages == 0 ? "" : "_d" + stages);
        }

        /** Whether numbers are multiplied; else ones are counted. */
        boolean hasProducts() {
            return !(weights instanceof Format.Bipolar) && !(activations instanceof Format.Bipolar);
        }

        /** How often the lanes are counted, see the class comment. */
        int terms() {
            return switch (activations) {
                case Format.Bipolar _ when weights instanceof Format.Bipolar -> 1;
                case Format.Bipolar _ -> weights.bits() + (weights instanceof Format.Unsigned ? 2 : 1);
                default -> activations.bits();
            };
        }

        /** What it takes of a device. */
        public Resources cost(Family family) {
            return ProductCost.of(this, family);
        }

        /** Bits of a number from 0 to {@code lanes}. */
        static int countBits(int lanes) {
            return bitsFor(lanes);
        }

        /** Bits of the result, which is signed unless both operands are bipolar. */
        public int resultBits() {
            return resultBits(simd);
        }

        /** Bits of the sum of the results for {@code columns} columns. */
        public int resultBits(int columns) {
            if (weights instanceof Format.Bipolar && activations instanceof Format.Bipolar) {
                return bitsFor(columns);
            }
            int planes = weights instanceof Format.Bipolar || activations instanceof Format.Bipolar
                    ? Math.max(weights.bits(), activations.bits()) + 1
                    : weights.bits() + activations.bits();
            return bitsFor(columns) + planes + 1;
        }
    }

    public final Bits weights;
    public final Bits activations;
    /** For each register: it takes what comes. */
    public final List<Bool> keep;

    /** Read as unsigned where both operands are bipolar, else as signed. */
    public final Bits result;

    public DotProduct(Config config) {
        weights = input(bits(config.simd() * config.weights().bits()));
        activations = input(bits(config.simd() * config.activations().bits()));
        result = output(bits(config.resultBits()));
        keep = IntStream.range(0, config.stages())
                .mapToObj(i -> input(bool()).named("keep_" + i))
                .toList();
        if (config.stages() > 0) {
            result.drive(cut(config, SumPlan.of(config)));
            return;
        }
        boolean bipolarWeights = config.weights() instanceof Format.Bipolar;
        boolean bipolarActivations = config.activations() instanceof Format.Bipolar;
        if (bipolarWeights && bipolarActivations) {
            result.drive(weights.xnor(activations).popCount().asBits());
        } else if (bipolarWeights) {
            result.drive(sized(planes(weights, activations, config.activations()), config.resultBits()));
        } else if (bipolarActivations) {
            SInt minusOnes = activations.not().popCount().asSInt();
            SInt rest = config.weights() instanceof Format.Unsigned(int n) ? minusOnes.minus(minusOnes.shl(n)) : minusOnes;
            result.drive(sized(planes(activations, weights, config.weights()).plus(rest), config.resultBits()));
        } else {
            List<SInt> products = new ArrayList<>();
            for (int lane = 0; lane < config.simd(); lane++) {
                SInt weight = number(lane(weights, config.weights(), lane), config.weights());
                SInt activation = number(lane(activations, config.activations(), lane), config.activations());
                products.add(weight.times(activation));
            }
            result.drive(sized(signedSum(products), config.resultBits()));
        }
    }

    /** The same sum, cut by registers. */
    private Bits cut(Config config, SumPlan plan) {
        StagedSum sum = new StagedSum(plan, (value, stage) -> {
            Bits kept = register(value.type());
            when(keep.get(stage), () -> kept.next(value));
            return kept;
        });
        if (config.hasProducts()) {
            List<SInt> products = new ArrayList<>();
            for (int lane = 0; lane < config.simd(); lane++) {
                products.add(product(config, lane));
            }
            return resized(sum.ofNumbers(products), config.resultBits());
        }
        boolean bipolarWeights = config.weights() instanceof Format.Bipolar;
        if (bipolarWeights && config.activations() instanceof Format.Bipolar) {
            return sum.ofOnes(weights.xnor(activations)).asBits();
        }
        Bits signs = bipolarWeights ? weights : activations;
        Bits numbers = bipolarWeights ? activations : weights;
        Format format = bipolarWeights ? config.activations() : config.weights();
        List<StagedSum.Ones> terms = new ArrayList<>();
        for (int b = 0; b < format.bits(); b++) {
            boolean negative = format instanceof Format.Signed && b == format.bits() - 1;
            terms.add(new StagedSum.Ones(signs.xnor(plane(numbers, format, b)), b, negative));
        }
        if (!bipolarWeights) {
            terms.add(new StagedSum.Ones(signs.not(), 0, false));
            if (format instanceof Format.Unsigned(int n)) {
                terms.add(new StagedSum.Ones(signs.not(), n, true));
            }
        }
        return resized(sum.of(terms), config.resultBits());
    }

    /** Σ_b ±2^b·popcount(signs xnor bit b of the numbers), the sign bit of a signed number counting negative. */
    private SInt planes(Bits signs, Bits numbers, Format format) {
        List<SInt> planes = new ArrayList<>();
        for (int b = 0; b < format.bits(); b++) {
            SInt count = signs.xnor(plane(numbers, format, b)).popCount().asSInt().shl(b);
            boolean negative = format instanceof Format.Signed && b == format.bits() - 1;
            planes.add(negative ? count.negate() : count);
        }
        return signedSum(planes);
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
        SInt weight = number(lane(weights, config.weights(), lane), config.weights());
        return weight.times(number(lane(activations, config.activations(), lane), config.activations()));
    }

    private Bits sized(SInt number, int width) {
        return (number.width() > width ? number.fit(width) : number.extend(width)).asBits();
    }

    /** What registers hold before the first word need not fit. */
    private Bits resized(SInt number, int width) {
        return (number.width() > width ? number.low(width) : number.extend(width)).asBits();
    }

    private Bits lane(Bits all, Format format, int lane) {
        return all.slice((lane + 1) * format.bits() - 1, lane * format.bits());
    }

    private SInt number(Bits bits, Format format) {
        return format instanceof Format.Signed ? bits.asSInt() : bits.asUInt().asSInt();
    }
}
