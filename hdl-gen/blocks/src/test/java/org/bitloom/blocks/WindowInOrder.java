package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;

/**
 * Claims that a sliding window gives for each tap of each window the word that stands there, and only after that came.
 * Any one word that comes is picked out, with its place in the frame; whenever plain counters of rows, columns and taps
 * reach that place in that frame, the word must leave as it came. Bits do not meet, so one bit a word stands for all.
 */
final class WindowInOrder extends Block {
    private final StreamIn<Bits> in = slave(stream(bits(1)));
    private final StreamOut<Bits> out = master(stream(bits(1)));
    private final Bool pick = input(bool());

    WindowInOrder(SlidingWindow.Config config) {
        WindowShape shape = config.shape();
        SlidingWindow window = instance(SlidingWindow::new, config);
        in.into(window.in);
        window.out.into(out);
        Bool comes = in.fire();
        Bool leaves = out.fire();

        int words = shape.inputWords();
        UInt coming = counter(words);
        when(comes, () -> advance(coming, words));
        UInt fold = counter(shape.folds());
        UInt kernelX = counter(shape.kernelWidth());
        UInt kernelY = counter(shape.kernelHeight());
        UInt windowX = counter(shape.outputWidth());
        UInt windowY = counter(shape.outputHeight());
        Bool lastFold = isLast(fold, shape.folds());
        Bool lastX = lastFold.and(isLast(kernelX, shape.kernelWidth()));
        Bool lastY = lastX.and(isLast(kernelY, shape.kernelHeight()));
        Bool lastColumn = lastY.and(isLast(windowX, shape.outputWidth()));
        Bool lastRow = lastColumn.and(isLast(windowY, shape.outputHeight()));
        when(leaves, () -> {
            advance(fold, shape.folds());
            when(lastFold, () -> advance(kernelX, shape.kernelWidth()));
            when(lastX, () -> advance(kernelY, shape.kernelHeight()));
            when(lastY, () -> advance(windowX, shape.outputWidth()));
            when(lastColumn, () -> advance(windowY, shape.outputHeight()));
        });
        UInt row = times(windowY, shape.strideHeight()).plus(times(kernelY, shape.dilationHeight()));
        UInt column = times(windowX, shape.strideWidth()).plus(times(kernelX, shape.dilationWidth()));
        UInt pixel = times(row, shape.width()).plus(column);
        UInt place = times(pixel, shape.folds()).plus(fold);

        // The frame that comes is so many behind that which leaves; one before it, where its last words are in no window.
        Bool frameComes = comes.and(isLast(coming, words));
        Bool frameLeaves = leaves.and(lastRow);
        SInt behind = state(sint(3), 0);
        SInt left = mux(frameLeaves, behind.minus(1).low(3), behind);
        behind.next(mux(frameComes, left.plus(1).low(3), left));
        Bool came = behind.gt(0).or(behind.eq(0).and(place.lt(coming)));
        ensure(out.valid().not().or(came), "a word leaves after it came");

        Bool watching = state(bool(), 0);
        Bits watched = register(bits(1));
        UInt watchedPlace = register(coming.type());
        SInt watchedFrame = register(behind.type());
        when(watching.not().and(comes).and(pick).and(left.ge(0)), () -> {
                    watching.next(1);
                    watched.next(in.data());
                    watchedPlace.next(coming);
                    watchedFrame.next(left);
                })
                .elseWhen(watching.and(frameLeaves), () -> {
                    when(watchedFrame.eq(0), () -> watching.next(0))
                            .otherwise(() -> watchedFrame.next(watchedFrame.minus(1).low(3)));
                });
        Bool turn = watching.and(watchedFrame.eq(0)).and(place.eq(watchedPlace)).and(out.valid());
        ensure(turn.not().or(out.data().eq(watched)), "the word leaves as it came");
        ensure(watching.not().or(watchedFrame.le(behind)), "the word is of a frame that is coming or came");
    }

    private UInt times(UInt number, int factor) {
        return number.times(lit(factor));
    }
}
