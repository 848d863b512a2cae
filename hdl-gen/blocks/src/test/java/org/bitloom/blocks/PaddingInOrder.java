package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;

/**
 * Claims that a padded frame has the frame's words where they belong and the padding everywhere else, and that nothing of
 * a frame leaves before its first word is offered. The unit holds one word at most, so the word that came last is the one
 * that leaves.
 */
final class PaddingInOrder extends Block {
    private final StreamIn<Bits> in = slave(stream(bits(2)));
    private final StreamOut<Bits> out = master(stream(bits(2)));

    PaddingInOrder(PaddingUnit.Config config) {
        PaddingUnit padding = instance(PaddingUnit::new, config);
        in.into(padding.in);
        padding.out.into(out);

        UInt fold = counter(config.folds());
        UInt column = counter(config.outputWidth());
        UInt row = counter(config.outputHeight());
        Bool lastFold = isLast(fold, config.folds());
        Bool lastColumn = lastFold.and(isLast(column, config.outputWidth()));
        when(out.fire(), () -> {
            advance(fold, config.folds());
            when(lastFold, () -> advance(column, config.outputWidth()));
            when(lastColumn, () -> advance(row, config.outputHeight()));
        });
        Bool inside = within(row, config.top(), config.height()).and(within(column, config.left(), config.width()));

        Bool held = state(bool(), 0);
        Bits last = register(bits(2));
        Bool gives = out.fire().and(inside);
        ensure(in.fire().and(held).and(gives.not()).not(), "a word is taken when the one before has left");
        when(in.fire(), () -> {
                    held.next(1);
                    last.next(in.data());
                })
                .elseWhen(gives, () -> held.next(0));
        ensure(out.valid().and(inside).not().or(held), "a word leaves after it came");
        ensure(out.valid().not().or(out.data().eq(mux(inside, last, lit(config.pad())))), "words and padding in place");
        Bool first = row.eq(0).and(column.eq(0)).and(fold.eq(0));
        Bool offered = in.valid().past().or(in.valid()).or(held);
        ensure(out.valid().and(first).not().or(offered), "nothing leaves before its frame has come");
        assume(in.isSteady(), "a word once offered stays until it is taken");
    }

    private Bool within(UInt number, int first, int count) {
        return first == 0 ? number.lt(count) : number.ge(first).and(number.lt(first + count));
    }
}
