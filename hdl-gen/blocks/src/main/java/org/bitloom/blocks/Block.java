package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;

/** What blocks have in common: they count their way through frames, and their words have lanes of numbers. */
abstract class Block extends Component {
    /** Counts from 0 to {@code count − 1} and round again, see {@link #advance}; no register where there is but one. */
    final UInt counter(int count) {
        return count == 1 ? lit(0) : state(uint(bitsFor(count - 1)), 0);
    }

    /** From a {@link #counter} to its next number: an even one is a carry chain alone. */
    static LogicPath counting(Fabric fabric, int count) {
        int bits = Fabric.addressBits(count);
        return LogicPath.of("counter", 1 + (Integer.bitCount(count) == 1 ? 0 : fabric.depth(bits)), bits);
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
            case Format.BitMasked masked -> throw masked.onlyForWeights();
        };
    }

    /** A number modulo 2^width, or with more bits. */
    final SInt resized(SInt number, int width) {
        return number.width() >= width ? number.low(width) : number.extend(width);
    }

    /**
     * Registers one behind the other, each of which takes a word when it is empty or the one behind it takes its own.
     *
     * @param takes for each register: it takes what comes at the next clock edge, be it nothing
     * @param holds for each register: it holds something
     * @param full  whether the last one does
     * @param ready whether the first one takes what comes
     */
    record Chain(List<Bool> takes, List<Bool> holds, Bool full, Bool ready) {}

    /** Flags of so many registers between a valid and a ready; of none these themselves. */
    final Chain chain(int registers, Bool valid, Bool ready) {
        List<Bool> full = new ArrayList<>();
        for (int i = 0; i < registers; i++) {
            full.add(state(bool(), 0).named("full_" + i));
        }
        List<Bool> takes = new ArrayList<>();
        Bool room = ready;
        for (int i = registers - 1; i >= 0; i--) {
            Bool own = full.get(i);
            Bool before = i == 0 ? valid : full.get(i - 1);
            room = own.not().or(room).named("move_" + i);
            when(room, () -> own.next(before));
            takes.addFirst(room);
        }
        return new Chain(List.copyOf(takes), List.copyOf(full), registers == 0 ? valid : full.getLast(), room);
    }

    /**
     * Connects both streams by a chain of registers.
     *
     * @return for each register whether it takes something at the next clock edge, be it nothing
     */
    final List<Bool> stages(StreamIn<Bits> in, StreamOut<Bits> out, int count) {
        Chain chain = chain(count, in.valid(), out.ready());
        in.ready().drive(chain.ready());
        out.valid().drive(chain.full());
        ensure(out.isSteady(), "a word once offered stays until it is taken");
        return chain.takes();
    }

    final StagedSum stagedSum(SumPlan plan, StagedSum.Keep keep) {
        return new StagedSum(plan, keep, this::signedSum);
    }

    /** A register that takes a value under a condition. */
    final Bits kept(Bits value, Bool takes) {
        Bits kept = register(value.type());
        when(takes, () -> kept.next(value));
        return kept;
    }
}
