package org.bitloom.network.model;

import org.bitloom.network.NetworkException;

/** Operators on images: a kernel moves over the last two axes of [batch, channel, row, column]. */
public sealed interface Spatial extends Operator {
    Sweep rows();

    Sweep columns();

    /**
     * Cross-correlation of the first input with weights [output, channel / groups, row, column], padded with 0; a third
     * input is a bias for each output channel.
     */
    record Convolution(Sweep rows, Sweep columns, int groups) implements Spatial {
        public Convolution {
            if (groups < 1) {
                throw new NetworkException("has " + groups + " groups; there must be at least one");
            }
        }
    }

    /** The largest element under the kernel; padding never wins. */
    record MaxPool(Sweep rows, Sweep columns) implements Spatial {
    }

    /**
     * The mean of the elements under the kernel, padded with 0. Padding is part of the mean only where it counts; what
     * rounding up adds never is. With {@code countsPadding} this is the average of Caffe: the divisor is the window,
     * clipped to the image plus its padding.
     */
    record AveragePool(Sweep rows, Sweep columns, boolean countsPadding) implements Spatial {
        /** By what the sum of row {@code y} and column {@code x} is divided, for an image of the given extents. */
        public int divisor(int y, int x, int height, int width) {
            return rows.counted(y, height, countsPadding) * columns.counted(x, width, countsPadding);
        }

        /** Whether the divisor is the same everywhere. */
        public boolean dividesEvenly() {
            return rows.excess() == 0 && columns.excess() == 0
                    && (countsPadding || !rows.isPadded() && !columns.isPadded());
        }
    }

    /** A margin of one value around each channel. */
    record Pad(int top, int left, int bottom, int right, float value) implements Spatial {
        @Override
        public Sweep rows() {
            return Sweep.padding(top, bottom);
        }

        @Override
        public Sweep columns() {
            return Sweep.padding(left, right);
        }
    }
}
