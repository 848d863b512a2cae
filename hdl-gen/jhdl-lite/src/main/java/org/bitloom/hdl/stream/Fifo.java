package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.Ram;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;

/**
 * Holds up to {@code depth} words, in order. A word can leave in the cycle after it came; one can come and one leave in
 * each cycle. Valid, ready and the word depend on registers only. Words lie in distributed memory.
 */
public final class Fifo extends Component {
    /** @param depth words, at least 2: with fewer a word could not come in each cycle */
    public record Config(int width, int depth) implements Labelled {
        public Config {
            if (depth < 2) {
                throw new IllegalArgumentException("a FIFO holds at least 2 words, not " + depth);
            }
        }

        @Override
        public String label() {
            return "w" + width + "_d" + depth;
        }

        public FifoTiming timing() {
            return new FifoTiming(depth);
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public Fifo(Config config) {
        in = slave(stream(bits(config.width())));
        out = master(stream(bits(config.width())));
        UInt count = state(uint(bitsFor(config.depth())), 0);
        UInt writeAddress = state(uint(bitsFor(config.depth() - 1)), 0);
        UInt readAddress = state(uint(bitsFor(config.depth() - 1)), 0);
        Ram<Bits> words = ram(bits(config.width()), config.depth()).style(MemoryStyle.DISTRIBUTED);

        in.ready().drive(count.ne(config.depth()));
        out.valid().drive(count.ne(0));
        out.data().drive(words.read(readAddress));

        Bool comes = in.fire();
        Bool leaves = out.fire();
        when(comes, () -> {
            words.write(writeAddress, in.data());
            writeAddress.next(following(writeAddress, config.depth()));
        });
        when(leaves, () -> readAddress.next(following(readAddress, config.depth())));
        when(comes.and(leaves.not()), () -> count.next(count.plus(1).fit(count)))
                .elseWhen(leaves.and(comes.not()), () -> count.next(count.minus(1).asBits().asUInt().fit(count)));
        ensure(count.le(config.depth()), "no more words than the FIFO holds");
    }

    /** The next address, 0 after the last. */
    private UInt following(UInt address, int depth) {
        UInt plusOne = address.plus(1).low(address.width());
        return Integer.bitCount(depth) == 1 ? plusOne : mux(address.eq(depth - 1), lit(0), plusOne);
    }
}
