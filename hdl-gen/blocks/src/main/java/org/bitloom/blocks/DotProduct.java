package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/**
 * The products of SIMD weights and activations, summed up, in the cycle in which they arrive.
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
 * Other operands are multiplied.
 */
public final class DotProduct extends Component {
    public record Config(int simd, Format weights, Format activations) implements Labelled {
        @Override
        public String label() {
            return "s" + simd + "_" + weights + activations;
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
    /** Read as unsigned where both operands are bipolar, else as signed. */
    public final Bits result;

    public DotProduct(Config config) {
        weights = input(bits(config.simd() * config.weights().bits()));
        activations = input(bits(config.simd() * config.activations().bits()));
        result = output(bits(config.resultBits()));
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

    /** Σ_b ±2^b·popcount(signs xnor bit b of the numbers), the sign bit of a signed number counting negative. */
    private SInt planes(Bits signs, Bits numbers, Format format) {
        List<SInt> planes = new ArrayList<>();
        for (int b = 0; b < format.bits(); b++) {
            List<Bool> plane = new ArrayList<>();
            for (int lane = 0; lane < signs.width(); lane++) {
                plane.add(numbers.at(lane * format.bits() + b));
            }
            SInt count = signs.xnor(bits(plane)).popCount().asSInt().shl(b);
            boolean negative = format instanceof Format.Signed && b == format.bits() - 1;
            planes.add(negative ? count.negate() : count);
        }
        return signedSum(planes);
    }

    private Bits sized(SInt number, int width) {
        return (number.width() > width ? number.fit(width) : number.extend(width)).asBits();
    }

    private Bits lane(Bits all, Format format, int lane) {
        return all.slice((lane + 1) * format.bits() - 1, lane * format.bits());
    }

    private SInt number(Bits bits, Format format) {
        return format instanceof Format.Signed ? bits.asSInt() : bits.asUInt().asSInt();
    }
}
