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
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Gives each window of a frame with all its taps side by side. A frame is height × width pixels of {@code folds} words;
 * for each position of the kernel in raster order it gives {@code folds} words, of which word f holds word f of the
 * window's pixels, row by row, the first lowest. Nothing is padded.
 *
 * <p>Words go through delay lines, a row of the kernel behind the other. One is taken in each cycle; a window's word
 * leaves one cycle after the last of its taps came. Ready depends on the other side's ready.
 */
public final class ParallelWindow extends Block {
    public record Config(int wordBits, WindowShape shape) implements BlockConfig {
        public Config {
            if (wordBits < 1) {
                throw new IllegalArgumentException("words have bits, not " + wordBits);
            }
        }

        @Override
        public String label() {
            return shape.label();
        }

        public int outputBits() {
            return Math.multiplyExact(wordBits, shape.taps());
        }

        /** Words of a frame that comes in. */
        public int inputWords() {
            return shape.inputWords();
        }

        /** Words of all windows of a frame. */
        public int outputWords() {
            return Math.multiplyExact(shape.positions(), shape.folds());
        }

        @Override
        public StreamTiming timing() {
            return new ParallelWindowTiming(shape);
        }

        @Override
        public Resources cost(Family family) {
            Fabric fabric = Fabric.of(family);
            Resources cost = new Resources(8, 0, 0, 0, 3)
                    .plus(fabric.register(wordBits + 1))
                    .plus(fabric.counter(shape.folds()))
                    .plus(fabric.counter(shape.width()))
                    .plus(fabric.counter(shape.height()));
            for (int tap = 1; tap < shape.taps(); tap++) {
                cost = cost.plus(fabric.delay(wordBits, delay(tap)));
            }
            return cost;
        }

        /** How many words after tap {@code tap} the next one comes; they count from a window's last to its first. */
        private int delay(int tap) {
            boolean inRow = tap % shape.kernelWidth() != 0;
            int pixels = inRow ? shape.dilationWidth() : shape.dilationHeight() * shape.width() - shape.spanWidth();
            return pixels * shape.folds();
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public ParallelWindow(Config config) {
        in = slave(stream(bits(config.wordBits())));
        out = master(stream(bits(config.outputBits())));
        WindowShape shape = config.shape();
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        Bool comes = in.fire();
        in.ready().drive(go);
        out.valid().drive(full);

        // A pixel completes a window when a row and a column of windows end there.
        boolean columns = shape.spanWidth() > 0 || shape.strideWidth() > 1;
        boolean rows = shape.spanHeight() > 0 || shape.strideHeight() > 1;
        int folds = columns || rows ? shape.folds() : 1;
        int width = columns || rows ? shape.width() : 1;
        int height = rows ? shape.height() : 1;
        UInt fold = counter(folds);
        when(comes, () -> advance(fold, folds));
        Bool pixel = comes.and(isLast(fold, folds));
        UInt column = counter(width);
        Bool lastColumn = isLast(column, width);
        when(pixel, () -> advance(column, width));
        UInt row = counter(height);
        Bool line = pixel.and(lastColumn);
        when(line, () -> advance(row, height));
        Bool ends = ends(column, width, shape.spanWidth(), shape.strideWidth(), pixel)
                .and(ends(row, height, shape.spanHeight(), shape.strideHeight(), line));
        when(go, () -> full.next(in.valid().and(ends)));

        Bits newest = register(bits(config.wordBits()));
        when(comes, () -> newest.next(in.data()));
        List<Bits> taps = new ArrayList<>(List.of(newest));
        for (int i = 1; i < shape.taps(); i++) {
            Bits tap = delay(taps.getLast(), config.delay(i), comes);
            taps.add(tap);
        }
        out.data().drive(Bits.concat(taps));

        ensure(out.isSteady(), "a window once offered stays until it is taken");
    }

    /** Whether windows end at a place, where the first ends {@code span} behind the frame's edge. */
    private Bool ends(UInt place, int count, int span, int stride, Bool moves) {
        Bool begun = span == 0 ? yes() : place.ge(span);
        if (stride == 1) {
            return begun;
        }
        int first = Math.floorMod(-span, stride);
        UInt phase = state(uint(bitsFor(stride - 1)), first);
        when(moves, () -> {
            UInt following = mux(isLast(phase, stride), lit(0), phase.plus(1)).low(phase.width());
            phase.next(mux(isLast(place, count), lit(first).extend(phase.width()), following));
        });
        return begun.and(phase.eq(0));
    }
}
