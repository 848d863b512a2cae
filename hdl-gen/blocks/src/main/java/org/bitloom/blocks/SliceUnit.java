package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Keeps some words of each pixel and drops the others. A word that is kept leaves one cycle after it came; one that is
 * dropped never waits. Ready depends on the other side's ready.
 */
public final class SliceUnit extends Block {
    /**
     * @param words of a pixel
     * @param first the first that is kept, from 0 on
     * @param count how many are kept
     */
    public record Config(int wordBits, int words, int first, int count) implements BlockConfig {
        public Config {
            if (first < 0 || count < 1 || first > words - count) {
                throw new IllegalArgumentException("a pixel of " + words + " words has no words " + first + " to "
                        + (first + count - 1) + " to keep");
            }
        }

        @Override
        public String label() {
            return "w" + wordBits + "_" + first + "_" + count + "of" + words;
        }

        @Override
        public StreamTiming timing() {
            return new SliceUnitTiming(this);
        }

        @Override
        public Resources cost(Family family) {
            Fabric fabric = Fabric.of(family);
            Resources counting = count == words ? Resources.NONE : fabric.counter(words).plus(Resources.luts(4));
            return new Resources(3, wordBits + 1, 0, 0, 3).plus(counting);
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public SliceUnit(Config config) {
        in = slave(stream(bits(config.wordBits())));
        out = master(stream(bits(config.wordBits())));
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        out.valid().drive(full);

        Bool keep = kept(config);
        in.ready().drive(keep.not().or(go));
        Bits word = register(bits(config.wordBits()));
        when(go, () -> full.next(in.valid().and(keep)));
        when(go, () -> word.next(in.data()));
        out.data().drive(word);

        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }

    private Bool kept(Config config) {
        if (config.count() == config.words()) {
            return yes();
        }
        UInt place = counter(config.words());
        when(in.fire(), () -> advance(place, config.words()));
        if (config.count() == 1) {
            return place.eq(config.first());
        }
        int behind = config.first() + config.count();
        Bool begun = config.first() == 0 ? yes() : place.ge(config.first());
        return behind == config.words() ? begun : begun.and(place.lt(behind));
    }
}
