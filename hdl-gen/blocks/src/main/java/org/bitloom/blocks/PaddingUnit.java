package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Surrounds a frame with pixels of one value. One word leaves in each cycle. The padding in front of a frame waits until
 * the frame's first word is offered, so nothing leaves before its frame has come; what is behind waits for nothing. Ready
 * depends on the other side's ready.
 */
public final class PaddingUnit extends Block {
    /**
     * @param height, width size of a frame that comes in, in pixels
     * @param folds  words of a pixel
     * @param pad    each word of the padding
     */
    public record Config(
            int height, int width, int folds, int top, int left, int bottom, int right, BitVector pad)
            implements BlockConfig {
        public Config {
            if (height < 1 || width < 1 || folds < 1) {
                throw new IllegalArgumentException(
                        "a frame is of positive size, not " + height + " × " + width + " of " + folds + " words");
            }
            if (top < 0 || left < 0 || bottom < 0 || right < 0 || top + left + bottom + right == 0) {
                throw new IllegalArgumentException("padding adds pixels, not " + top + " at the top, " + left
                        + " at the left, " + bottom + " at the bottom, " + right + " at the right");
            }
        }

        @Override
        public String label() {
            return "h" + height + "_w" + width + "_t" + top + "_l" + left + "_b" + bottom + "_r" + right;
        }

        public int wordBits() {
            return pad.width();
        }

        public int outputHeight() {
            return top + height + bottom;
        }

        public int outputWidth() {
            return left + width + right;
        }

        /** Words that come one after the other. */
        int run() {
            return left + right == 0 ? height * width * folds : width * folds;
        }

        /** So often in a frame; without padding above and below each row is a frame of its own. */
        int runs() {
            return left + right == 0 || top + bottom == 0 ? 1 : height;
        }

        /** Words of padding between two runs. */
        int gap() {
            return (left + right) * folds;
        }

        /** Words of padding between two frames. */
        int frameGap() {
            return gap() + (top + bottom) * outputWidth() * folds;
        }

        /** Words of padding in front of a frame: the last of those between two. */
        int lead() {
            return (top * outputWidth() + left) * folds;
        }

        @Override
        public StreamTiming timing() {
            return new PaddingTiming(this);
        }

        @Override
        public Resources cost(Family family) {
            int behind = bitsFor(Math.max(run(), frameGap()) - 1);
            return new Resources(wordBits() + 2 * behind + 8, wordBits() + behind + 2, 0, 0, 4)
                    .plus(Fabric.of(family).counter(runs()));
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public PaddingUnit(Config config) {
        in = slave(stream(bits(config.wordBits())));
        out = master(stream(bits(config.wordBits())));
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        Bool padding = state(bool(), config.lead() > 0 ? 1 : 0);
        in.ready().drive(go.and(padding.not()));
        out.valid().drive(full);

        // The words of the run, or of the padding, that are still to come behind this one.
        int most = Math.max(config.run(), config.frameGap());
        UInt behind = state(uint(bitsFor(most - 1)), (config.lead() > 0 ? config.lead() : config.run()) - 1);
        Bool last = behind.eq(0);
        UInt run = counter(config.runs());
        Bool begins = config.lead() > 0 ? run.eq(0).and(behind.eq(config.lead() - 1)) : no();
        Bool step = in.valid().or(padding.and(begins.not()));
        when(go, () -> full.next(step));
        UInt gap = config.runs() == 1
                ? lit(config.frameGap() - 1)
                : mux(isLast(run, config.runs()), lit(config.frameGap() - 1), lit(config.gap() - 1));
        when(go.and(step), () -> when(last, () -> {
                    padding.next(padding.not());
                    behind.next(mux(padding, lit(config.run() - 1), gap).extend(behind.width()));
                    when(padding.not(), () -> advance(run, config.runs()));
                })
                .otherwise(() -> behind.next(behind.minus(1).asBits().low(behind.width()).asUInt())));

        Bits word = register(bits(config.wordBits()));
        when(go, () -> word.next(mux(padding, lit(config.pad()), in.data())));
        out.data().drive(word);

        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }
}
