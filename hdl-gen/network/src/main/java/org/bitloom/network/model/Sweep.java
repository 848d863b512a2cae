package org.bitloom.network.model;

import org.bitloom.network.NetworkException;

/**
 * How a kernel moves along one axis of an image: its taps lie {@code dilation} apart, its positions {@code stride}. The
 * axis is longer by {@code before} and {@code after} (padding) and by {@code excess} at its end: what rounding up the
 * number of positions adds, which an average never counts.
 */
public record Sweep(int kernel, int stride, int dilation, int before, int after, int excess) {
    private static final int MAX = 1 << 16;

    public Sweep {
        require("kernel", kernel, 1);
        require("stride", stride, 1);
        require("dilation", dilation, 1);
        require("padding", before, 0);
        require("padding", after, 0);
        require("padding", excess, 0);
    }

    private static void require(String what, long value, int least) {
        if (value < least || value > MAX) {
            throw new NetworkException("has a " + what + " of " + value + "; " + least + " to " + MAX + " are supported");
        }
    }

    /** The whole axis at once. */
    public static Sweep whole(int extent) {
        return new Sweep(extent, 1, 1, 0, 0, 0);
    }

    /** No kernel, padding alone. */
    static Sweep padding(int before, int after) {
        return new Sweep(1, 1, 1, before, after, 0);
    }

    /** Elements from the first tap to the last. */
    public long span() {
        return (kernel - 1L) * dilation + 1;
    }

    /** Positions on an axis of the given extent. */
    public int positions(int extent) {
        long length = (long) extent + before + after + excess;
        if (span() > length) {
            throw new NetworkException("has a kernel that covers " + span() + " elements of an axis that has " + length
                    + " with its padding; check the kernel and the input's size");
        }
        return Math.toIntExact((length - span()) / stride + 1);
    }

    /** Where a tap lies at a position; outside 0 to extent − 1 in the padding. */
    int place(int position, int tap) {
        return position * stride - before + tap * dilation;
    }

    /** Taps of a position that a mean divides by: those in the data, and those in the padding where it counts. */
    public int counted(int position, int extent, boolean padding) {
        int count = 0;
        for (int tap = 0; tap < kernel; tap++) {
            int place = place(position, tap);
            count += padding ? (place < extent + after ? 1 : 0) : place >= 0 && place < extent ? 1 : 0;
        }
        return count;
    }

    /** Refuses a position that sees nothing but padding. */
    void requireDataEverywhere(int extent) {
        for (int position = 0; position < positions(extent); position++) {
            int first = place(position, 0);
            int tap = first < 0 ? Math.ceilDiv(-first, dilation) : 0;
            if (tap >= kernel || place(position, tap) >= extent) {
                throw new NetworkException("has a window that lies in the padding as a whole; pad by less than the "
                        + "kernel");
            }
        }
    }

    public boolean isPadded() {
        return before > 0 || after > 0 || excess > 0;
    }

    /** Longer by explicit padding that stands before this operator. */
    public Sweep paddedBy(int moreBefore, int moreAfter) {
        return new Sweep(kernel, stride, dilation, before + moreBefore, after + moreAfter, excess);
    }
}
