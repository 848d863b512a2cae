package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.Timing;
import org.bitloom.hdl.verilog.Family;

/**
 * Puts the pixels of several streams one behind the other: for each pixel the words of the first stream, then those of the
 * second, and so on. A word leaves one cycle after it came. Ready depends on the other side's ready.
 */
public final class ConcatUnit extends Block {
    /** @param words of a pixel, of each stream */
    public record Config(int wordBits, List<Integer> words) implements BlockConfig {
        public Config {
            words = List.copyOf(words);
            if (words.size() < 2 || words.size() > 31 || words.stream().anyMatch(count -> count < 1)) {
                throw new IllegalArgumentException(
                        "2 to 31 streams of at least a word a pixel are put together, not " + words);
            }
        }

        @Override
        public String label() {
            return "w" + wordBits + "_x" + words.size();
        }

        /** Its inputs are {@code in0}, {@code in1} and so on. */
        @Override
        public Timing timing() {
            return new ConcatTiming(words);
        }

        @Override
        public Resources cost(Family family) {
            Fabric fabric = Fabric.of(family);
            int most = words.stream().mapToInt(Integer::intValue).max().orElseThrow();
            return new Resources(wordBits * fabric.selection(words.size()) + words.size() + 4, wordBits + 1, 0, 0, 4)
                    .plus(fabric.counter(words.size()))
                    .plus(fabric.counter(most));
        }
    }

    public final List<StreamIn<Bits>> ins;
    public final StreamOut<Bits> out;

    public ConcatUnit(Config config) {
        int inputs = config.words().size();
        List<StreamIn<Bits>> streams = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            streams.add(slave(stream(bits(config.wordBits())), "in" + i));
        }
        ins = List.copyOf(streams);
        out = master(stream(bits(config.wordBits())));
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        out.valid().drive(full);

        UInt turn = counter(inputs);
        for (int i = 0; i < inputs; i++) {
            ins.get(i).ready().drive(go.and(turn.eq(i)));
        }
        Bool valid = pick(turn, ins.stream().map(StreamIn::valid).toList());
        Bool comes = go.and(valid);
        Bool last = lastWord(config, turn, comes);
        when(comes.and(last), () -> advance(turn, inputs));
        Bits word = register(bits(config.wordBits()));
        when(go, () -> {
            full.next(valid);
            word.next(pick(turn, ins.stream().map(StreamIn::data).toList()));
        });
        out.data().drive(word);

        ensure(turn.lt(inputs), "it is the turn of one of the streams");
        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }

    /** Whether the word is the last that the stream whose turn it is has for the pixel. */
    private Bool lastWord(Config config, UInt turn, Bool comes) {
        int most = config.words().stream().mapToInt(Integer::intValue).max().orElseThrow();
        if (most == 1) {
            return yes();
        }
        UInt place = counter(most);
        boolean alike = config.words().stream().distinct().count() == 1;
        UInt lasts = alike
                ? lit(most - 1)
                : pick(turn, config.words().stream().map(count -> lit(count - 1)).toList());
        Bool last = place.eq(lasts);
        when(comes, () -> place.next(mux(last, lit(0), place.plus(1)).low(place.width())));
        return last;
    }
}
