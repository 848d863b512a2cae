package org.bitloom.network.integer;

import java.util.List;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;

/** What a layer computes from its inputs, in exact integers. A sum is never saturated. */
public sealed interface Operation {
    /** How many inputs the operation takes. */
    default int arity() {
        return 1;
    }

    /**
     * {@code out[row] = bias[row] + Σ weights[row, column] · in[column]}; the input is taken flat, channel last. An
     * empty bias list means none.
     */
    record Dense(Weights weights, List<Long> bias) implements Operation {
        public Dense {
            bias = List.copyOf(bias);
            requireBias(bias, weights);
        }

        public Dense(Weights weights) {
            this(weights, List.of());
        }
    }

    /**
     * Cross-correlation (no kernel flip) of a [height, width, channels] image. A row of weights is an output channel,
     * its columns are ordered ky, kx, channel (channel fastest). With groups, output channels and input channels are
     * cut into as many equal runs, and run g of the outputs sees run g of the inputs only.
     */
    record Convolution(Weights weights, List<Long> bias, Window window, Padding padding, int groups)
            implements Operation {
        public Convolution {
            bias = List.copyOf(bias);
            requireBias(bias, weights);
            if (groups < 1 || weights.rows() % groups != 0) {
                throw new NetworkException(groups + " groups do not divide " + weights.rows() + " output channels");
            }
            if (weights.columns() % window.taps() != 0) {
                throw new NetworkException("a kernel of " + window.kernelHeight() + " x " + window.kernelWidth()
                        + " does not divide " + weights.columns() + " weight columns");
            }
        }

        /** No bias, no padding, one group. */
        public Convolution(Weights weights, Window window) {
            this(weights, List.of(), window, Padding.NONE, 1);
        }

        /** Input channels that one output channel sees. */
        public int channelsPerGroup() {
            return weights.columns() / window.taps();
        }

        /**
         * The same sums as one group, for hardware that has no other: the weights between groups are 0, so that signs
         * become integers of 2 bits, and there are as many times more of them as there are groups.
         */
        public Convolution ungrouped() {
            if (groups == 1) {
                return this;
            }
            int perGroup = channelsPerGroup();
            int channels = Math.toIntExact((long) perGroup * groups);
            // Too many columns are refused by the weights themselves.
            int columns = (int) Math.min(Integer.MAX_VALUE, (long) window.taps() * channels);
            int rowsPerGroup = weights.rows() / groups;
            ValueType type = weights.type() instanceof ValueType.Bipolar ? ValueType.signed(2) : weights.type();
            Weights.IntegerMatrix all = Weights.IntegerMatrix.of(type, weights.rows(), columns, (row, column) -> {
                int channel = column % channels;
                return channel / perGroup != row / rowsPerGroup ? 0
                        : (int) weights.at(row, column / channels * perGroup + channel % perGroup);
            });
            Weights each = weights instanceof Weights.BitMasked masked
                    ? new Weights.BitMasked(masked.pattern(), all)
                    : all;
            return new Convolution(each, bias, window, padding, 1);
        }
    }

    /**
     * The largest value of each channel under the window. Padding must be the least value of the input's type, so that
     * it never wins; positions that do not fit are left out.
     */
    record MaxPool(Window window, Padding padding) implements Operation {
        /** No padding. */
        public MaxPool(Window window) {
            this(window, Padding.NONE);
        }
    }

    /**
     * The sum of each channel under the window, padding counting its value. An average is this sum and a scale; global
     * pooling is a window as large as the image.
     */
    record SumPool(Window window, Padding padding) implements Operation {
        /** No padding. */
        public SumPool(Window window) {
            this(window, Padding.NONE);
        }
    }

    /** The sum of two inputs of one shape, element by element. */
    record Add() implements Operation {
        @Override
        public int arity() {
            return 2;
        }
    }

    /** The inputs' channels one after the other: shapes that agree but in their last extent, and one type. */
    record Concat(int inputs) implements Operation {
        /** The most inputs. */
        public static final int MAX_INPUTS = 1024;

        public Concat {
            if (inputs < 2 || inputs > MAX_INPUTS) {
                throw new NetworkException("concat of " + inputs + " inputs: there must be 2 to " + MAX_INPUTS);
            }
        }

        @Override
        public int arity() {
            return inputs;
        }
    }

    /** {@code channels} channels from channel {@code first} on. Splits and shuffles are several slices of one layer. */
    record Slice(int first, int channels) implements Operation {
        public Slice {
            if (first < 0 || channels < 1) {
                throw new NetworkException("a slice of " + channels + " channels from channel " + first
                        + ": it takes at least one, from channel 0 on");
            }
        }
    }

    /**
     * {@code out = outputType.min + step · level}, the level being the thresholds that the value passes, by the
     * channel's row of the table (see {@link ThresholdTable}).
     */
    record Threshold(ThresholdTable table, ValueType outputType) implements Operation {
        public Threshold {
            if (table.count() > outputType.levels() - 1) {
                throw new NetworkException(table.count() + " thresholds give " + (table.count() + 1)
                        + " levels, but " + outputType + " has " + outputType.levels());
            }
        }
    }

    /**
     * {@code out = (in · multiplier + offset) >> shift}, a shift that rounds down, then the nearest value of the output
     * type: an unsigned one makes it a ReLU. The channel's multiplier and offset apply; one of either serves all
     * channels. An offset holds half a unit of the result for rounding, and a bias.
     */
    record Requantize(List<Long> multipliers, List<Long> offsets, int shift, ValueType outputType)
            implements Operation {
        /** The most bits shifted out. */
        public static final int MAX_SHIFT = 61;

        public Requantize {
            multipliers = List.copyOf(multipliers);
            offsets = List.copyOf(offsets);
            if (multipliers.isEmpty() || offsets.isEmpty()) {
                throw new NetworkException("there must be a multiplier and an offset for all channels, or one for each");
            }
            if (shift < 0 || shift > MAX_SHIFT) {
                throw new NetworkException("a shift by " + shift + " bits: it must be 0 to " + MAX_SHIFT);
            }
            if (outputType instanceof ValueType.Bipolar) {
                throw new NetworkException("requantizing to bipolar values: that is a threshold");
            }
        }

        public long multiplier(int channel) {
            return multipliers.get(multipliers.size() == 1 ? 0 : channel);
        }

        public long offset(int channel) {
            return offsets.get(offsets.size() == 1 ? 0 : channel);
        }
    }

    /** {@code out[i] = in[i] + offsets[i]} for every element of the flat input: a mean image, subtracted. */
    record Offset(List<Long> offsets) implements Operation {
        public Offset {
            offsets = List.copyOf(offsets);
        }
    }

    /**
     * {@code out[y, x, channel] = in[y, x, channel] · rows[y] · columns[x]}, factors of at least 1. Sums of pools whose
     * window is cut at the border get a common divisor by it: of 9, 6 and 4 elements, multiplied by 4, 6 and 9.
     */
    record PositionScale(List<Integer> rows, List<Integer> columns) implements Operation {
        public PositionScale {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
            if (Stream.concat(rows.stream(), columns.stream()).anyMatch(factor -> factor < 1)) {
                throw new NetworkException("a factor of a position is less than 1");
            }
        }
    }

    /** Index of the largest element of the flat input; the first of equal ones wins. */
    record ArgMax() implements Operation { }

    private static void requireBias(List<Long> bias, Weights weights) {
        if (!bias.isEmpty() && bias.size() != weights.rows()) {
            throw new NetworkException("bias of " + bias.size() + " values for " + weights.rows()
                    + " outputs: there must be as many, or none");
        }
    }
}
