package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Ram;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.verilog.Family;

/**
 * Holds up to {@code depth} words, in order. A word can leave in the cycle after it came; one can come and one leave in
 * each cycle. Valid and ready depend on registers only. Where the words lie does not change any cycle.
 *
 * <p>Distributed memory shows the first word as it is. Block memory answers one cycle later, so each word is read while
 * the one before it leaves; a word that becomes the first at once goes around the memory through a register, at the
 * cost of that word in flip-flops and a multiplexer.
 */
public final class Fifo extends Component {
    /**
     * @param depth words, at least 2: with fewer a word could not come in each cycle
     * @param style {@code BLOCK} or {@code LARGE} for memory that is read by the clock; any other for memory that is not
     */
    public record Config(int width, int depth, MemoryStyle style) implements BlockConfig {
        public Config {
            if (depth < 2) {
                throw new IllegalArgumentException("a FIFO holds at least 2 words, not " + depth);
            }
        }

        /** Words in distributed memory while they are few, else in block memory: what suits Xilinx. */
        public Config(int width, int depth) {
            this(width, depth, Family.XILINX7);
        }

        /** In memory that suits the family. */
        public Config(int width, int depth, Family family) {
            this(width, depth, Fabric.of(family).memoryFor(width, depth));
        }

        @Override
        public String label() {
            return "w" + width + "_d" + depth;
        }

        /** Whether the memory gives a word in the cycle after its address. */
        public boolean readsAhead() {
            return style == MemoryStyle.BLOCK || style == MemoryStyle.LARGE;
        }

        @Override
        public FifoTiming timing() {
            return new FifoTiming(depth);
        }

        @Override
        public Resources cost(Family family) {
            Fabric fabric = Fabric.of(family);
            Resources addresses = fabric.counter(depth).times(2);
            int count = bitsFor(depth);
            Resources control = new Resources(2 * count + 4, count, 0, 0, 3);
            // A memory that is read at once gets registers for its address of its own.
            Resources around = readsAhead()
                    ? new Resources(width + 4, width + 1, 0, 0, 3)
                    : fabric.register(Fabric.addressBits(depth));
            return fabric.ram(width, depth, style, readsAhead()).plus(addresses).plus(control).plus(around);
        }

        @Override
        public List<LogicPath> paths(Family family) {
            Fabric fabric = Fabric.of(family);
            int count = bitsFor(depth);
            return List.of(LogicPath.of("count", 2 + fabric.depth(count), count), output(family));
        }

        /** Out of a block memory or around it, or chosen among what is held. */
        @Override
        public LogicPath output(Family family) {
            return readsAhead()
                    ? LogicPath.of("output", 1, 0).outOfMemory(true)
                    : LogicPath.of("output", Fabric.of(family).readDepth(width, depth), 0);
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public Fifo(Config config) {
        in = slave(stream(bits(config.width())));
        out = master(stream(bits(config.width())));
        int depth = config.depth();
        UInt count = state(uint(bitsFor(depth)), 0);
        UInt writeAddress = state(uint(bitsFor(depth - 1)), 0);
        UInt readAddress = state(uint(bitsFor(depth - 1)), config.readsAhead() ? 1 : 0);
        Ram<Bits> words = ram(bits(config.width()), depth).style(config.style());

        in.ready().drive(count.ne(depth));
        out.valid().drive(count.ne(0));
        Bool comes = in.fire();
        Bool leaves = out.fire();
        when(comes, () -> {
            words.write(writeAddress, in.data());
            writeAddress.next(following(writeAddress, depth));
        });
        when(leaves, () -> readAddress.next(following(readAddress, depth)));
        when(comes.and(leaves.not()), () -> count.next(count.plus(1).low(count.width())))
                .elseWhen(leaves.and(comes.not()), () -> count.next(count.minus(1).asBits().low(count.width()).asUInt()));
        out.data().drive(config.readsAhead() ? readAhead(words, readAddress, count) : words.read(readAddress));

        ensure(count.le(depth), "no more words inside than the FIFO holds");
        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }

    /** The first word, where {@code second} is the address of the one behind it. */
    private Bits readAhead(Ram<Bits> words, UInt second, UInt count) {
        Bool leaves = out.fire();
        Bool becomesFirst = in.fire().and(count.eq(0).or(leaves.and(count.eq(1))));
        Bool follows = leaves.and(count.gt(1));
        Bits passed = register(bits(in.data().width()));
        Bool around = state(bool(), 0);
        when(becomesFirst, () -> {
                    passed.next(in.data());
                    around.next(1);
                })
                .elseWhen(follows, () -> around.next(0));
        // A word is written there only while it becomes the first itself, and then nothing is read.
        return mux(around, passed, words.neverCollides().read(second, follows));
    }

    /** The next address, 0 after the last. */
    private UInt following(UInt address, int depth) {
        UInt plusOne = address.plus(1).low(address.width());
        return Integer.bitCount(depth) == 1 ? plusOne : mux(address.eq(depth - 1), lit(0), plusOne);
    }
}
