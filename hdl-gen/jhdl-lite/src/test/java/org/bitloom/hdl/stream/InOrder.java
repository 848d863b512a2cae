package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;

/**
 * Claims that a buffer loses, doubles, swaps and invents no word and holds {@code capacity} of them. Any one word that
 * comes is picked out, with the number of words before it; when it is its turn it must leave as it came. Control does not
 * look at data and bits do not meet, so one bit a word stands for all.
 */
final class InOrder extends Component {
    enum Kind {
        DISTRIBUTED,
        BLOCK,
        SLICE
    }

    record Config(Kind kind, int capacity) {}

    private final StreamIn<Bits> in = slave(stream(bits(1)));
    private final StreamOut<Bits> out = master(stream(bits(1)));
    private final Bool pick = input(bool());

    InOrder(Config config) {
        StreamPort<Bits> behind =
                switch (config.kind()) {
                    case SLICE -> in.registered();
                    case DISTRIBUTED -> fifo(config, MemoryStyle.DISTRIBUTED);
                    case BLOCK -> fifo(config, MemoryStyle.BLOCK);
                };
        behind.into(out);

        Bool comes = in.fire();
        Bool leaves = out.fire();
        UInt inside = state(uint(bitsFor(config.capacity() + 1L)), 0);
        when(comes.and(leaves.not()), () -> inside.next(inside.plus(1).low(inside.width())));
        when(leaves.and(comes.not()), () -> inside.next(inside.minus(1).low(inside.width()).asBits().asUInt()));
        ensure(in.ready().eq(inside.lt(config.capacity())), "a word is taken while fewer are inside than there is room");
        ensure(out.valid().eq(inside.ne(0)), "a word is offered while there is one");

        Bool watching = state(bool(), 0);
        Bits watched = register(bits(1));
        UInt before = register(uint(inside.width()));
        when(watching.not().and(comes).and(pick), () -> {
            watching.next(1);
            watched.next(in.data());
            before.next(mux(leaves, inside.minus(1).low(inside.width()).asBits().asUInt(), inside));
        });
        when(watching.and(leaves), () -> {
            when(before.eq(0), () -> {
                        ensure(out.data().eq(watched), "the word leaves as it came");
                        watching.next(0);
                    })
                    .otherwise(() -> before.next(before.minus(1).low(before.width()).asBits().asUInt()));
        });
        ensure(watching.not().or(before.lt(inside)), "the word is inside");
    }

    private StreamPort<Bits> fifo(Config config, MemoryStyle style) {
        Fifo fifo = instance(Fifo::new, new Fifo.Config(1, config.capacity(), style));
        in.into(fifo.in);
        return fifo.out;
    }
}
