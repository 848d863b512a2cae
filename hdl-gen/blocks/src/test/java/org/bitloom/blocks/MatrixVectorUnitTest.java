package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.sim.Interpreter;
import org.bitloom.hdl.stream.Stalls;
import org.bitloom.hdl.stream.StreamBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix-vector unit against a direct matrix product, for every kind of operand, result and folding. */
class MatrixVectorUnitTest {
    private static final Format B = new Format.Bipolar();

    /** Weights, activations, PE, SIMD, neuron folds, synapse folds, and what numbers are multiplied with. */
    static Stream<Arguments> shapes() {
        return foldings().flatMap(folding -> {
            Object[] of = folding.get();
            boolean multiplies = !of[0].equals(B) && !of[1].equals(B);
            return Stream.of(Multiplier.LUT, Multiplier.DSP)
                    .filter(multiplier -> multiplies || multiplier == Multiplier.DSP)
                    .map(multiplier -> Arguments.of(of[0], of[1], of[2], of[3], of[4], of[5], multiplier));
        });
    }

    private static Stream<Arguments> foldings() {
        return Stream.of(
                Arguments.of(B, B, 4, 8, 3, 5),
                Arguments.of(B, B, 1, 1, 4, 3),
                Arguments.of(B, B, 3, 70, 2, 2),
                Arguments.of(B, B, 2, 9, 1, 4),
                Arguments.of(B, B, 5, 16, 4, 1),
                Arguments.of(B, B, 2, 8, 1, 1),
                Arguments.of(B, new Format.Unsigned(8), 2, 3, 3, 4),
                Arguments.of(B, new Format.Signed(2), 4, 8, 2, 3),
                Arguments.of(new Format.Signed(3), B, 2, 6, 3, 3),
                Arguments.of(new Format.Unsigned(2), B, 2, 5, 2, 3),
                Arguments.of(new Format.Signed(4), new Format.Unsigned(4), 2, 3, 2, 4),
                Arguments.of(new Format.Signed(8), new Format.Signed(5), 3, 2, 2, 2),
                Arguments.of(new Format.Unsigned(2), new Format.Signed(2), 2, 7, 2, 2),
                Arguments.of(new Format.BitMasked(6, 0b01011), new Format.Unsigned(8), 2, 4, 3, 3),
                Arguments.of(new Format.BitMasked(8, 0b0100010), new Format.Signed(5), 3, 3, 2, 1),
                Arguments.of(new Format.BitMasked(7, 0b000111), B, 2, 9, 2, 2),
                Arguments.of(new Format.BitMasked(5, 0b1111), new Format.Unsigned(1), 1, 6, 2, 2));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void accumulatorsAreTheMatrixProduct(Format w, Format a, int pe, int simd, int nf, int sf, Multiplier m) {
        Case c = new Case(w, a, pe, simd, nf, sf, m, new MatrixVectorUnit.Result.Accumulator(), 1);
        c.check(0.0);
        c.check(0.3);
        c.check(0.9);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aSignIsTheAccumulatorAgainstItsThreshold(Format w, Format a, int pe, int simd, int nf, int sf, Multiplier m) {
        Case c = new Case(w, a, pe, simd, nf, sf, m, new MatrixVectorUnit.Result.Sign(), 2);
        c.check(0.0);
        c.check(0.4);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void levelsCountThePassedThresholds(Format w, Format a, int pe, int simd, int nf, int sf, Multiplier m) {
        Case c = new Case(w, a, pe, simd, nf, sf, m, new MatrixVectorUnit.Result.Levels(3, 2, -2), 3);
        c.check(0.0);
        c.check(0.6);
    }

    /** Registers within the sum, and behind the accumulators. */
    @ParameterizedTest
    @MethodSource("shapes")
    void registersMoreChangeTheLatencyAlone(Format w, Format a, int pe, int simd, int nf, int sf, Multiplier m) {
        for (int depth : new int[] {1, 2, 4}) {
            new Case(w, a, pe, simd, nf, sf, m, new MatrixVectorUnit.Result.Accumulator(), new Depth(depth, 0), 4).check(0.0, 0.4);
            new Case(w, a, pe, simd, nf, sf, m, new MatrixVectorUnit.Result.Sign(), new Depth(depth, 0), 5).check(0.0, 0.4);
            for (int result : new int[] {0, 1, 2}) {
                new Case(w, a, pe, simd, nf, sf, m, new MatrixVectorUnit.Result.Levels(3, 2, -2), new Depth(depth, result), 6)
                        .check(0.0, 0.4);
            }
        }
    }

    @Test
    void manyThresholdsAreCountedInPieces() {
        for (int result = 0; result <= 4; result++) {
            new Case(B, B, 2, 9, 3, 3, Multiplier.DSP, new MatrixVectorUnit.Result.Levels(31, 5, 0), new Depth(1, result), 7).check(0.0, 0.4);
        }
    }

    /** A unit with random contents, and the same product computed directly. */
    private static final class Case {
        private static final int FRAMES = 6;

        final MatrixVectorUnit.Config config;
        final long[][] weights;
        final long[][] vectors = new long[FRAMES][];
        final long[][] thresholds;
        final Design design;
        final RandomGenerator random;

        Case(Format w, Format a, int pe, int simd, int nf, int sf, Multiplier m, MatrixVectorUnit.Result result, long seed) {
            this(w, a, pe, simd, nf, sf, m, result, Depth.LEAST, seed);
        }

        Case(Format w, Format a, int pe, int simd, int nf, int sf, Multiplier m, MatrixVectorUnit.Result result,
                Depth depth, long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            int rows = pe * nf;
            int columns = simd * sf;
            boolean bothBipolar = w instanceof Format.Bipolar && a instanceof Format.Bipolar;
            boolean doubled = bothBipolar;
            int bits = 2 + new DotProduct.Config(simd, w, a).resultBits(columns) + (doubled ? 1 : 0);
            MemoryStyle style = depth.sum() % 2 == 0 ? MemoryStyle.BLOCK : MemoryStyle.AUTOMATIC;
            config = new MatrixVectorUnit.Config(w, a, pe, simd, nf, sf, bits, doubled, result, style, m, depth);
            weights = new long[rows][columns];
            for (long[] row : weights) {
                Arrays.setAll(row, _ -> number(w));
            }
            for (int f = 0; f < FRAMES; f++) {
                vectors[f] = new long[columns];
                Arrays.setAll(vectors[f], _ -> number(a));
            }
            int count = result instanceof MatrixVectorUnit.Result.Levels l ? l.thresholds() : 1;
            thresholds = new long[rows][count];
            for (int row = 0; row < rows; row++) {
                long[] sample = {product(row, 0), product(row, 1), product(row, 2)};
                Arrays.setAll(thresholds[row], t -> sample[t % 3] + random.nextInt(3) - 1);
                Arrays.sort(thresholds[row]);
            }
            design = Elaborator.elaborate("unit", Case.this::build, config);
        }

        private MatrixVectorUnit build(MatrixVectorUnit.Config c) {
            MatrixVectorUnit unit = new MatrixVectorUnit(c);
            List<BitVector> words = new ArrayList<>();
            List<BitVector> starts = new ArrayList<>();
            List<BitVector> tables = new ArrayList<>();
            for (int nf = 0; nf < c.neuronFolds(); nf++) {
                for (int sf = 0; sf < c.synapseFolds(); sf++) {
                    Packer word = new Packer();
                    for (int p = 0; p < c.pe(); p++) {
                        for (int lane = 0; lane < c.simd(); lane++) {
                            word.add(c.weights().code(weights[nf * c.pe() + p][sf * c.simd() + lane]), c.weights().bits());
                        }
                    }
                    words.add(word.vector());
                }
                Packer start = new Packer();
                Packer table = new Packer();
                for (int p = 0; p < c.pe(); p++) {
                    int row = nf * c.pe() + p;
                    long rest = rest(row, c);
                    start.add(c.result() instanceof MatrixVectorUnit.Result.Sign ? rest - thresholds[row][0] : rest, c.accumulatorBits());
                    for (long t : thresholds[row]) {
                        table.add(t, c.accumulatorBits());
                    }
                }
                starts.add(start.vector());
                tables.add(table.vector());
            }
            unit.weights.contents(MemoryContents.of(c.weightWordBits(), words));
            unit.starts.contents(MemoryContents.of(c.pe() * c.accumulatorBits(), starts));
            unit.thresholds.forEach(rom -> rom.contents(MemoryContents.of(tables.getFirst().width(), tables)));
            return unit;
        }

        /** What the dot product leaves out, see {@link DotProduct}. */
        private long rest(int row, MatrixVectorUnit.Config c) {
            return Arrays.stream(weights[row]).map(c.product()::missing).sum();
        }

        void check(double... stalls) {
            for (double stall : stalls) {
                check(stall);
            }
        }

        void check(double stall) {
            List<BitVector> words = new ArrayList<>();
            for (long[] vector : vectors) {
                for (int sf = 0; sf < config.synapseFolds(); sf++) {
                    Packer word = new Packer();
                    for (int lane = 0; lane < config.simd(); lane++) {
                        word.add(config.activations().code(vector[sf * config.simd() + lane]), config.activations().bits());
                    }
                    words.add(word.vector());
                }
            }
            StreamBench bench = new StreamBench(new Interpreter(design, 7)).reset().follow(config.timing());
            bench.feed("in", words, Stalls.random(stall, 7)).take("out", Stalls.random(stall, 8));
            bench.runUntil("out", FRAMES * config.neuronFolds());
            List<BitVector> results = bench.given("out");
            for (int f = 0; f < FRAMES; f++) {
                for (int row = 0; row < weights.length; row++) {
                    BitVector word = results.get(f * config.neuronFolds() + row / config.pe());
                    int low = row % config.pe() * config.resultBits();
                    BitVector result = word.slice(low + config.resultBits() - 1, low);
                    assertThat(result).as("frame %d row %d", f, row).isEqualTo(BitVector.ofSigned(config.resultBits(), expected(row, f)));
                }
            }
            if (stall == 0.0) {
                List<Long> cycles = bench.cycles("out");
                for (int f = 1; f < FRAMES; f++) {
                    assertThat(cycles.get((f + 1) * config.neuronFolds() - 1) - cycles.get(f * config.neuronFolds() - 1))
                            .as("interval").isEqualTo(config.neuronFolds() * config.synapseFolds());
                }
            }
        }

        private long expected(int row, int frame) {
            long acc = product(row, frame);
            long passed = Arrays.stream(thresholds[row]).filter(t -> acc >= t).count();
            return switch (config.result()) {
                case MatrixVectorUnit.Result.Sign _ -> passed;
                case MatrixVectorUnit.Result.Levels l -> l.least() + passed;
                case MatrixVectorUnit.Result.Accumulator _ -> acc;
            };
        }

        private long product(int row, int frame) {
            long sum = 0;
            for (int i = 0; i < weights[row].length; i++) {
                sum += weights[row][i] * vectors[frame][i];
            }
            return sum;
        }

        private long number(Format format) {
            return Lanes.number(format, random);
        }
    }
}
