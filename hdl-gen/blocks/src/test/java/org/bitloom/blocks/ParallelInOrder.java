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
 * Claims that a parallel window gives each window when the last of its words has come, every tap in its place. All words
 * of a frame are kept; when a window is there no word has come after its last, so none that it needs is replaced.
 */
final class ParallelInOrder extends Block {
    private final StreamIn<Bits> in = slave(stream(bits(1)));
    private final StreamOut<Bits> out;

    ParallelInOrder(WindowShape shape) {
        out = master(stream(bits(shape.taps())));
        ParallelWindow window = instance(ParallelWindow::new, new ParallelWindow.Config(1, shape));
        in.into(window.in);
        window.out.into(out);
        int words = shape.inputWords();
        int folds = shape.folds();

        UInt coming = counter(words);
        when(in.fire(), () -> advance(coming, words));
        List<Bits> kept = new ArrayList<>();
        for (int word = 0; word < words; word++) {
            Bits bit = register(bits(1));
            when(in.fire().and(coming.eq(word)), () -> bit.next(in.data()));
            kept.add(bit);
        }
        List<Bits> windows = new ArrayList<>();
        List<Bool> lasts = new ArrayList<>();
        for (List<Integer> pixels : Shapes.windows(shape)) {
            for (int fold = 0; fold < folds; fold++) {
                List<Bits> taps = new ArrayList<>();
                for (int pixel : pixels) {
                    taps.add(kept.get(pixel * folds + fold));
                }
                windows.add(Bits.concat(taps.reversed()));
                lasts.add(coming.eq(pixels.getLast() * folds + fold));
            }
        }
        Bool there = state(bool(), 0);
        when(in.fire().and(bits(lasts).any()), () -> there.next(1)).elseWhen(out.fire(), () -> there.next(0));
        ensure(out.valid().eq(there), "a window is there when the last of its words has come");
        ensure(in.ready().eq(there.not().or(out.ready())), "a word is taken while no window waits");
        UInt leaving = counter(windows.size());
        when(out.fire(), () -> advance(leaving, windows.size()));
        ensure(out.valid().not().or(out.data().eq(pick(leaving, windows))), "every tap in its place");
    }
}
