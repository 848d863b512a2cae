package org.bitloom.blocks;

import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.ir.BitVector;

/** What blocks have in common: they count their way through frames, and their words have lanes of numbers. */
abstract class Block extends Component {
    /** Counts from 0 to {@code count − 1} and round again, see {@link #advance}; no register where there is but one. */
    final UInt counter(int count) {
        return count == 1 ? lit(0) : state(uint(bitsFor(count - 1)), 0);
    }

    final Bool isLast(UInt counter, int count) {
        return counter.eq(count - 1);
    }

    /** The next number of a {@link #counter}, 0 after the last. */
    final void advance(UInt counter, int count) {
        if (count > 1) {
            UInt plusOne = counter.plus(1).low(counter.width());
            counter.next(Integer.bitCount(count) == 1 ? plusOne : mux(isLast(counter, count), lit(0), plusOne));
        }
    }

    /** The number that a lane holds. */
    final SInt number(Format format, Bits lane) {
        return switch (format) {
            case Format.Bipolar _ -> lane.not().cat(lit(BitVector.ones(1))).asSInt();
            case Format.Unsigned _ -> lane.asUInt().asSInt();
            case Format.Signed _ -> lane.asSInt();
        };
    }

    /** A number modulo 2^width, or with more bits. */
    final SInt resized(SInt number, int width) {
        return number.width() >= width ? number.low(width) : number.extend(width);
    }
}
