package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.blocks.DotProduct.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.sim.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a dot product gives, and what it says is missing, make Σ w·a: for all operands where they are few. */
class DotProductTest {
    /** More bits of operands than these are tried at random. */
    private static final int ALL = 14;

    @ParameterizedTest
    @CsvSource({
        "b, b", "b, u3", "b, s3", "s3, b", "u3, b", "m4x5, b", "m6x1e, b", "m8x22, b", "m2x1, b",
        "s3, u4", "s3, s4", "u3, u4", "u3, s4", "s1, u3", "s1, s1", "u1, u1", "s4, u1",
        "m2x1, u1", "m2x1, s1", "m4x7, u4", "m4x7, s4", "m4x5, u3", "m4x5, s3", "m5x6, u4", "m5x6, s4", "m6x11, u3",
        "m6x14, s3", "m8x22, u4", "m8x22, s4", "m8x46, u8", "m8x46, s8", "s8, u8", "s8, s8", "m25x800001, u16"
    })
    void theResultAndWhatIsMissingAreTheSumOfProducts(String weightName, String activationName) {
        Format weights = Lanes.format(weightName);
        Format activations = Lanes.format(activationName);
        for (int simd : new int[] {1, 2, 3, 5, 8}) {
            for (Multiplier multiplier : Multiplier.values()) {
                check(new Config(simd, weights, activations, multiplier, 0));
            }
        }
    }

    private static void check(Config config) {
        Simulation simulation =
                CompiledSimulator.compile(Elaborator.elaborate("unit", DotProduct::new, config), 1);
        int weightBits = config.weights().bits();
        int activationBits = config.activations().bits();
        int bits = config.simd() * (weightBits + activationBits);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(bits);
        int scale = config.weights() instanceof Format.Bipolar && config.activations() instanceof Format.Bipolar ? 2 : 1;
        int cases = bits <= ALL ? 1 << bits : 2_000;
        for (int each = 0; each < cases; each++) {
            int operands = each;
            long sum = 0;
            long missing = 0;
            Packer weights = new Packer();
            Packer activations = new Packer();
            for (int lane = 0; lane < config.simd(); lane++) {
                long weightCode = bits <= ALL ? operands & (1 << weightBits) - 1 : random.nextLong(1L << weightBits);
                operands >>= weightBits;
                long activationCode =
                        bits <= ALL ? operands & (1 << activationBits) - 1 : random.nextLong(1L << activationBits);
                operands >>= activationBits;
                weights.add(weightCode, weightBits);
                activations.add(activationCode, activationBits);
                long weight = number(config.weights(), weightCode);
                sum += weight * number(config.activations(), activationCode);
                missing += config.missing(weight);
            }
            simulation.set(0, weights.vector());
            simulation.set(1, activations.vector());
            simulation.clock(); // claims are checked at the edge
            BitVector result = simulation.output(0);
            long given = (config.isUnsigned() ? result.toUnsigned() : result.toSigned()).longValueExact();
            assertThat(scale * given + missing).as("%s of %s and %s", config, weights.vector(), activations.vector()).isEqualTo(sum);
        }
    }

    private static long number(Format format, long code) {
        return switch (format) {
            case Format.Bipolar _ -> 2 * code - 1;
            case Format.Unsigned _ -> code;
            case Format.Signed(int n) -> code << 64 - n >> 64 - n;
            case Format.BitMasked masked -> {
                long magnitude = Long.expand(code & (1L << masked.bits() - 1) - 1, masked.kept());
                yield code >> masked.bits() - 1 == 1 ? -magnitude : magnitude;
            }
        };
    }

    @Test
    void codesAreTheSignAboveTheKeptBits() {
        Format.BitMasked format = new Format.BitMasked(6, 0b01011);
        assertThat(format.bits()).isEqualTo(4);
        assertThat(format.code(0)).isZero();
        assertThat(format.code(9)).isEqualTo(0b0101);
        assertThat(format.code(-10)).isEqualTo(0b1110);
        assertThatThrownBy(() -> format.code(4)).hasMessage("4 needs bits that m6xb does not keep");
        assertThatThrownBy(() -> new Format.BitMasked(4, 8)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void activationsHaveNoMaskedBits() {
        assertThatThrownBy(() -> new Config(2, new Format.Signed(4), new Format.BitMasked(4, 5)))
                .hasMessage("only weights have masked bits, not numbers of a stream");
    }
}
