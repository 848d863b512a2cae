package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.Depth;
import org.bitloom.blocks.DotProduct;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.MatrixVectorUnit.Result;
import org.bitloom.blocks.Multiplier;
import org.bitloom.blocks.Packer;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.RowSums;
import org.bitloom.network.integer.ThresholdTable;
import org.bitloom.network.integer.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Puts the matrix of a layer, with the thresholds behind it if there are any, into a {@link MatrixVectorUnit}: which bits stand
 * in its memories so that it computes exactly what the layer says.
 *
 * <p>The unit sums up R, the dot products of {@link DotProduct}. The layer's accumulator is {@code scale·R + rest + bias},
 * with scale 2 and rest −columns where both operands are bipolar, else scale 1 and what {@code DotProduct} leaves out. A
 * row whose thresholds descend is negated, weights and thresholds alike. Rows and columns are padded to whole folds:
 * padded columns count nothing for activations of bits 0, padded rows give 0 where a row gives one bit.
 */
final class MatrixMapping {
    private final MatrixLayer layer;
    private final Weights weights;
    private final List<Long> bias;
    private final @Nullable ThresholdTable table;
    private final ValueType input;
    private final Folding folding;
    private final int rows;
    private final int columns;

    /** Columns that begin a new word together: those of a pixel, or all where whole pixels fill the words. */
    private final int run;

    private final Format weightFormat;
    private final Format activationFormat;
    private final boolean bothBipolar;
    private final Result result;

    /** For each row: what the accumulator starts from, its thresholds, and between which values it ends. */
    private final long[] starts;

    private final long[][] thresholds;
    private long least;
    private long greatest;

    MatrixMapping(MatrixLayer layer, Operation.@Nullable Threshold threshold, ValueType input, Folding folding) {
        this.layer = layer;
        this.weights = layer.weights();
        this.bias = layer.bias();
        this.run = folding.simd() > layer.run() ? layer.columns() : layer.run();
        this.table = threshold == null ? null : threshold.table();
        this.input = input;
        this.folding = folding;
        this.rows = weights.rows();
        this.columns = weights.columns();
        this.weightFormat = weightFormat();
        this.activationFormat = Operands.format(input);
        this.bothBipolar = weightFormat instanceof Format.Bipolar && activationFormat instanceof Format.Bipolar;
        if (threshold == null) {
            result = new Result.Accumulator();
        } else if (threshold.table().count() == 1
                && threshold.outputType().bits() == 1
                && Operands.lowestCode(threshold.outputType()) == 0) {
            result = new Result.Sign();
        } else {
            result = new Result.Levels(
                    threshold.table().count(), threshold.outputType().bits(), (int) Operands.lowestCode(threshold.outputType()));
        }
        int padded = neuronFolds() * folding.pe();
        this.starts = new long[padded];
        this.thresholds = new long[padded][table == null ? 0 : table.count()];
        for (int row = 0; row < padded; row++) {
            if (row < rows) {
                prepare(row);
            } else {
                preparePadding(row);
            }
        }
    }

    private int neuronFolds() {
        return (rows + folding.pe() - 1) / folding.pe();
    }

    /** Words of a run. */
    private int runFolds() {
        return Math.ceilDiv(run, folding.simd());
    }

    private boolean negated(int row) {
        return table != null && table.descending(table.channels() == 1 ? 0 : row);
    }

    private long weight(int row, int column) {
        return negated(row) ? -weights.at(row, column) : weights.at(row, column);
    }

    private long biasOf(int row) {
        long value = bias.isEmpty() ? 0 : bias.get(row);
        return negated(row) ? -value : value;
    }

    /** The layer's weight type, widened where a negated row needs it. */
    private Format weightFormat() {
        if (weights instanceof Weights.BitMasked) {
            return maskedFormat();
        }
        Format own = Operands.format(weights.type());
        if (own instanceof Format.Bipolar) {
            return own;
        }
        long min = 0;
        long max = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                long value = weight(row, column);
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        if (own instanceof Format.Unsigned && min >= 0) {
            return own;
        }
        return new Format.Signed(Math.max(own instanceof Format.Signed ? own.bits() : 1, Operands.signedBits(min, max)));
    }

    /** The bits that the weights have, which may be fewer than their pattern keeps. */
    private Format maskedFormat() {
        long kept = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                kept |= Math.abs(weights.at(row, column));
            }
        }
        int magnitude = Math.max(1, (int) kept);
        return new Format.BitMasked(33 - Integer.numberOfLeadingZeros(magnitude), magnitude);
    }

    private void prepare(int row) {
        RowSums own = RowSums.of(weights, row);
        RowSums sums = negated(row) ? own.negated() : own;
        long lowest = biasOf(row) + sums.least(input);
        long highest = biasOf(row) + sums.greatest(input);
        long rest = biasOf(row) + rest(sums);
        long[] levels = ownThresholds(row, lowest, highest);
        switch (result) {
            case Result.Accumulator _ -> end(row, rest, lowest, highest);
            case Result.Sign _ -> {
                // Both bipolar: 2R + rest ≥ t, as R ≥ ⌈(t − rest) / 2⌉, with R from 0 to the number of columns.
                long t = bothBipolar ? Math.clamp(Math.ceilDiv(levels[0] - rest, 2L), 0, columns + 1L) : levels[0] - rest;
                long bottom = bothBipolar ? 0 : lowest - rest;
                long top = bothBipolar ? columns : highest - rest;
                end(row, -t, bottom - t, top - t);
            }
            case Result.Levels _ -> {
                for (int i = 0; i < levels.length; i++) {
                    thresholds[row][i] = bothBipolar
                            ? Math.clamp(Math.ceilDiv(levels[i] - rest, 2L), 0, columns + 1L)
                            : levels[i];
                    least = Math.min(least, thresholds[row][i]);
                    greatest = Math.max(greatest, thresholds[row][i]);
                }
                end(row, bothBipolar ? 0 : rest, bothBipolar ? 0 : lowest, bothBipolar ? columns : highest);
            }
        }
    }

    /** The thresholds of a row, ascending, brought into its range. */
    private long[] ownThresholds(int row, long lowest, long highest) {
        if (table == null) {
            return new long[0];
        }
        int channel = table.channels() == 1 ? 0 : row;
        long[] own = new long[table.count()];
        for (int i = 0; i < own.length; i++) {
            long t = table.at(channel, i);
            // −Long.MIN_VALUE does not exist; both ends mean "beyond every value".
            long ascending = table.descending(channel) ? (t == Long.MIN_VALUE ? Long.MAX_VALUE : -t) : t;
            own[i] = Math.clamp(ascending, lowest, highest + 1);
        }
        return own;
    }

    private void preparePadding(int row) {
        long top = bothBipolar ? columns : weightFormat instanceof Format.Bipolar ? columns * input.max() : 0;
        long bottom = bothBipolar ? 0 : weightFormat instanceof Format.Bipolar ? columns * input.min() : 0;
        long start = result instanceof Result.Sign ? -(top + 1) : 0;
        end(row, start, bottom + start, top + start);
    }

    private void end(int row, long start, long lowest, long highest) {
        starts[row] = start;
        least = Math.min(least, lowest);
        greatest = Math.max(greatest, highest);
    }

    /** What is missing from scale·R to the product, see {@link DotProduct}. */
    private long rest(RowSums sums) {
        // Of numbers it is proportional to the weight on either side of 0.
        DotProduct.Config product = new DotProduct.Config(1, weightFormat, activationFormat, multiplier(), 0);
        return sums.positive() * product.missing(1) - sums.negative() * product.missing(-1);
    }

    /** Masked weights are there to be multiplied in logic. */
    private Multiplier multiplier() {
        return weightFormat instanceof Format.BitMasked ? Multiplier.LUT : Multiplier.DSP;
    }

    /** The unit of another folding, with accumulators as wide as here. */
    MatrixVectorUnit.Config config(Folding other) {
        int neuronFolds = Math.ceilDiv(rows, other.pe());
        int synapseFolds = layer.synapseFolds(other);
        return new MatrixVectorUnit.Config(
                weightFormat,
                activationFormat,
                other.pe(),
                other.simd(),
                neuronFolds,
                synapseFolds,
                Operands.signedBits(least, greatest),
                bothBipolar && result instanceof Result.Accumulator,
                result,
                Fabric.tableStyle(neuronFolds * synapseFolds),
                multiplier(),
                Depth.LEAST);
    }

    Stage.Matrix stage(String name) {
        MatrixVectorUnit.Config config = config(folding);
        return new Stage.Matrix(
                name,
                config,
                MemoryContents.of(config.weightWordBits(), weightWords(config)),
                MemoryContents.of(folding.pe() * config.accumulatorBits(), words(config, row -> new long[] {starts[row]})),
                result instanceof Result.Levels
                        ? Optional.of(MemoryContents.of(
                                folding.pe() * thresholds[0].length * config.accumulatorBits(), words(config, row -> thresholds[row])))
                        : Optional.empty());
    }

    private List<BitVector> weightWords(MatrixVectorUnit.Config config) {
        List<BitVector> words = new ArrayList<>(config.weightWords());
        for (int nf = 0; nf < config.neuronFolds(); nf++) {
            for (int sf = 0; sf < config.synapseFolds(); sf++) {
                Packer word = new Packer();
                for (int p = 0; p < config.pe(); p++) {
                    addLanes(word, nf * config.pe() + p, sf);
                }
                words.add(word.vector());
            }
        }
        return words;
    }

    /** The weights of a row that the lanes of word sf of a vector meet; padding is +1 or 0. */
    private void addLanes(Packer word, int row, int sf) {
        int start = sf % runFolds() * folding.simd();
        int from = sf / runFolds() * run + start;
        int filled = row < rows ? Math.clamp(run - start, 0, folding.simd()) : 0;
        if (weights instanceof Weights.Binary binary) {
            long flip = row < rows && negated(row) ? -1 : 0;
            for (int lane = 0; lane < folding.simd(); lane += Long.SIZE) {
                int count = Math.min(Long.SIZE, folding.simd() - lane);
                int held = Math.clamp(filled - lane, 0, count);
                long plus = held == 0 ? -1 : binary.bits(row, from + lane, held) ^ flip | (held == Long.SIZE ? 0 : -1L << held);
                word.add(plus, count);
            }
        } else {
            for (int lane = 0; lane < folding.simd(); lane++) {
                word.add(weightFormat.code(lane < filled ? weight(row, from + lane) : 0), weightFormat.bits());
            }
        }
    }

    /** A word for each fold of the neurons: the numbers of its PEs side by side. */
    private List<BitVector> words(MatrixVectorUnit.Config config, IntFunction<long[]> numbersOfRow) {
        List<BitVector> words = new ArrayList<>();
        for (int nf = 0; nf < config.neuronFolds(); nf++) {
            Packer word = new Packer();
            for (int p = 0; p < config.pe(); p++) {
                for (long number : numbersOfRow.apply(nf * config.pe() + p)) {
                    word.add(number, config.accumulatorBits());
                }
            }
            words.add(word.vector());
        }
        return words;
    }
}
