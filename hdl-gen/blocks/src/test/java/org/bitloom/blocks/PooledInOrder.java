package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;

/**
 * Claims that a pool of bipolar lanes gives for each word of the pixels the greatest of it over all taps, when the last of
 * them came. All words of the pixels are kept; the next pixel replaces one only when its result has left.
 */
final class PooledInOrder extends Block {
    private final StreamIn<Bits> in = slave(stream(bits(1)));
    private final StreamOut<Bits> out = master(stream(bits(1)));

    PooledInOrder(PoolUnit.Config config) {
        PoolUnit pool = instance(PoolUnit::new, config);
        in.into(pool.in);
        pool.out.into(out);
        int folds = config.folds();
        int words = folds * config.taps();

        UInt coming = counter(words);
        List<Bool> kept = new ArrayList<>();
        for (int word = 0; word < words; word++) {
            Bool bit = register(bool());
            when(in.fire().and(coming.eq(word)), () -> bit.next(in.data().at(0)));
            kept.add(bit);
        }
        when(in.fire(), () -> advance(coming, words));
        Bool completes = coming.ge(words - folds);

        Bool there = state(bool(), 0);
        when(in.fire().and(completes), () -> there.next(1)).elseWhen(out.fire(), () -> there.next(0));
        ensure(out.valid().eq(there), "a result is there when the last tap has come");
        ensure(in.ready().eq(there.not().or(out.ready())), "a word is taken while no result waits");
        UInt leaving = counter(folds);
        when(out.fire(), () -> advance(leaving, folds));
        List<Bool> greatest = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            List<Bool> taps = new ArrayList<>();
            for (int word = fold; word < words; word += folds) {
                taps.add(kept.get(word));
            }
            greatest.add(bits(taps).any());
        }
        ensure(out.valid().not().or(out.data().at(0).eq(pick(leaving, greatest))), "it is the greatest of all taps");
    }
}
