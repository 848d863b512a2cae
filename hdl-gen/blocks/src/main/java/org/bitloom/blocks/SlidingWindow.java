package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Ram;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Gives all windows of a frame, word by word. A frame is height × width pixels of {@code folds} words; for each position
 * of the kernel in raster order it gives, for each row and column of the kernel, the pixel's words. Nothing is padded.
 *
 * <p>Words are kept in a ring of memory: one is written and one is read in a cycle. A word can be read in the cycle after
 * it was written and leaves one cycle later. It is kept until no window that is still to be finished begins before it;
 * while {@code capacity} words are kept none is taken in. Frames follow each other without a gap. Ready does not depend
 * on the other side's ready.
 */
public final class SlidingWindow extends Block {
    /**
     * @param capacity words that are kept at most
     * @param style    where they are kept; does not change any cycle
     * @param ahead    whether registers hold which loops are in their last rounds, so that no path begins with finding it
     *     out; does not change any cycle
     */
    public record Config(int wordBits, WindowShape shape, int capacity, MemoryStyle style, boolean ahead)
            implements BlockConfig {
        /** A ring of up to this many words has a power of two of them: no device's memory block is smaller. */
        private static final int EVEN_WORDS = 512;

        public Config {
            if (wordBits < 1) {
                throw new IllegalArgumentException("words have bits, not " + wordBits);
            }
            if (capacity <= shape.span()) {
                throw new IllegalArgumentException("a window needs " + (shape.span() + 1)
                        + " words to be kept, more than the capacity of " + capacity);
            }
        }

        /** In memory that suits the capacity, on Xilinx. */
        public Config(int wordBits, WindowShape shape, int capacity) {
            this(wordBits, shape, capacity, Fabric.of(Family.XILINX7).memoryFor(wordBits, ringWords(capacity)), false);
        }

        /** With the least capacity that works. */
        public static Config smallest(int wordBits, WindowShape shape) {
            return new Config(wordBits, shape, shape.span() + 1);
        }

        /** With the least capacity at which a frame takes no more cycles than it has words, in or out. */
        public static Config gapless(int wordBits, WindowShape shape) {
            return new Config(wordBits, shape, WindowOrder.of(shape).gaplessCapacity());
        }

        /** The same with another capacity, in memory that suits it. */
        public Config withCapacity(int words) {
            return new Config(wordBits, shape, words).withAhead(ahead);
        }

        /** The same in other memory. */
        public Config withStyle(MemoryStyle memory) {
            return new Config(wordBits, shape, capacity, memory, ahead);
        }

        /** The same with or without registers that look ahead. */
        public Config withAhead(boolean looks) {
            return new Config(wordBits, shape, capacity, style, looks);
        }

        /** The same in memory that suits a family. */
        public Config on(Family family) {
            return withStyle(Fabric.of(family).memoryFor(wordBits, ringWords()));
        }

        private static int ringWords(int capacity) {
            int even = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) * 2;
            return even <= EVEN_WORDS ? even : capacity;
        }

        @Override
        public String label() {
            return shape.label();
        }

        /** Words of a frame that comes in. */
        public int inputWords() {
            return shape.inputWords();
        }

        /** Words of all windows of a frame. */
        public int outputWords() {
            return Math.multiplyExact(shape.positions(), shape.taps() * shape.folds());
        }

        /** Words of the memory. */
        public int ringWords() {
            return ringWords(capacity);
        }

        @Override
        public StreamTiming timing() {
            return new WindowTiming(order(), capacity);
        }

        @Override
        public Resources cost(Family family) {
            return WindowCost.of(this, family);
        }

        @Override
        public List<LogicPath> paths(Family family) {
            return WindowPaths.of(this, family);
        }

        @Override
        public LogicPath output(Family family) {
            return LogicPath.REGISTER.outOfMemory(WindowPaths.isBlock(this, family));
        }

        WindowOrder order() {
            return WindowOrder.of(shape);
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public SlidingWindow(Config config) {
        in = slave(stream(bits(config.wordBits())));
        out = master(stream(bits(config.wordBits())));
        WindowOrder order = config.order();
        int loops = order.loops().size();

        // How many words beyond that which is read next were written; how many more than the capacity are kept. Both may
        // be far below zero: where a step goes beyond what was written.
        SInt available = state(sint(availableBits(config)), -1);
        SInt filled = state(sint(filledBits(config)), -config.capacity());
        Bool full = state(bool(), 0);
        Bool readable = available.isNegative().not();
        Bool go = full.not().or(out.ready());
        Bool comes = in.fire();
        Bool reads = go.and(readable);
        in.ready().drive(filled.isNegative());
        out.valid().drive(full);
        when(go, () -> full.next(readable));

        // The loops: each goes on when those inside it are in their last rounds.
        List<Bool> ends = new ArrayList<>();
        Bool inside = reads;
        for (int loop = 0; loop < loops - 1; loop++) {
            int count = order.loops().get(loop).count();
            UInt round = counter(count);
            when(inside, () -> advance(round, count));
            Bool last = config.ahead() ? comesLast(round, count, inside) : isLast(round, count);
            ends.add(last);
            inside = inside.and(last);
        }

        available.next(moved(available, reads, comes, ends, order.steps()));
        List<Bool> innerEnds = ends.subList(0, order.inner());
        Bool finishes = innerEnds.isEmpty() ? reads : reads.and(bits(innerEnds).all());
        filled.next(moved(filled, finishes, comes, ends.subList(order.inner(), ends.size()), order.windowSteps()));

        int words = config.ringWords();
        UInt writeAddress = counter(words);
        UInt readAddress = counter(words);
        when(comes, () -> advance(writeAddress, words));
        when(reads, () -> step(readAddress, words, ends, order.steps()));
        // What is read was written before and is kept, so the word that is written is another.
        Ram<Bits> ring = ram(bits(config.wordBits()), words).style(config.style()).neverCollides();
        when(comes, () -> ring.write(writeAddress, in.data()));
        out.data().drive(ring.read(readAddress, reads));

        if (words > 1 && Integer.bitCount(words) == 1) {
            UInt following = readAddress.plus(available.asBits().low(writeAddress.width()).asUInt()).plus(1);
            ensure(following.low(writeAddress.width()).eq(writeAddress), "the words to be read are those last written");
        }
        ensure(in.ready().or(out.valid()).or(readable), "a word is taken or given");
        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }

    /** Whether a loop is in its last round, of which there are at least two: known since it went on to it. */
    private Bool comesLast(UInt round, int count, Bool advances) {
        Bool last = state(bool(), 0);
        when(advances, () -> last.next(round.eq(count - 2)));
        ensure(last.eq(isLast(round, count)), "the flag of the last round is up in it alone");
        return last;
    }

    /** A number less the step that is made, plus one where a word comes. */
    private SInt moved(SInt number, Bool moves, Bool comes, List<Bool> ends, List<Integer> steps) {
        int width = number.width();
        Bits taken = chosen(ends, steps.stream().map(s -> BitVector.ofSigned(width, -s)).toList());
        Bits change = taken.and(moves.repeat(width));
        // The word that comes is the carry into one adder.
        UInt sum = number.asBits().cat(yes().asBits()).asUInt().plus(change.cat(comes.asBits()).asUInt());
        return sum.asBits().slice(width, 1).asSInt();
    }

    /** The address that many words further on, round the ring. */
    private void step(UInt address, int words, List<Bool> ends, List<Integer> steps) {
        if (words == 1) {
            return;
        }
        int width = address.width();
        Bits ahead = chosen(ends, steps.stream().map(s -> BitVector.of(width, Math.floorMod(s, words))).toList());
        UInt straight = address.plus(ahead.asUInt());
        if (Integer.bitCount(words) == 1) {
            address.next(straight.low(width));
            return;
        }
        Bits back = chosen(ends, steps.stream().map(s -> BitVector.of(width, words - Math.floorMod(s, words))).toList());
        SInt round = address.minus(back.asUInt());
        address.next(mux(round.isNegative(), straight.low(width), round.asBits().low(width).asUInt()));
    }

    /** The constant of the innermost loop that is not in its last round. */
    private Bits chosen(List<Bool> ends, List<BitVector> constants) {
        Bits step = lit(constants.getLast());
        for (int loop = ends.size() - 1; loop >= 0; loop--) {
            step = mux(ends.get(loop), step, lit(constants.get(loop)));
        }
        return step;
    }

    /** Bits of the number of words that are written beyond the one that is read next. */
    static int availableBits(Config config) {
        int steepest = config.order().steps().stream().reduce(0, Math::max);
        return signedBits(-steepest, config.capacity() - 1);
    }

    /** Bits of how many words more than the capacity are kept. */
    static int filledBits(Config config) {
        WindowOrder order = config.order();
        int widest = order.windowSteps().stream().reduce(0, Math::max);
        return signedBits(Math.min(0, order.windowSpan() + 1 - widest) - config.capacity(), 0);
    }

    private static int signedBits(long least, long most) {
        return 1 + Math.max(least < 0 ? bitsFor(~least) : 1, most > 0 ? bitsFor(most) : 1);
    }
}
