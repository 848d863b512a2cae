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
 * Claims of a slice, a concatenation and a sum, each on streams of its own, that words leave in their order and as they
 * came. Each holds one word at most, so the word that came last is the one that leaves.
 */
final class BranchesInOrder extends Block {
    record Config(SliceUnit.Config slice, ConcatUnit.Config concat, AddUnit.Config add) {}

    BranchesInOrder(Config config) {
        slice(config.slice());
        concat(config.concat());
        add(config.add());
    }

    private void slice(SliceUnit.Config config) {
        StreamIn<Bits> whole = slave(stream(bits(1)));
        StreamOut<Bits> part = master(stream(bits(1)));
        SliceUnit slice = instance(SliceUnit::new, config);
        whole.into(slice.in);
        slice.out.into(part);
        UInt word = counter(config.words());
        when(whole.fire(), () -> advance(word, config.words()));
        Bool kept = word.ge(config.first()).and(word.lt(config.first() + config.count()));
        Bool there = leavesAsItCame(whole.fire().and(kept), whole.data(), part);
        ensure(whole.ready().eq(kept.not().or(there.not()).or(part.ready())), "what is dropped does not wait");
    }

    private void concat(ConcatUnit.Config config) {
        List<StreamIn<Bits>> parts = new ArrayList<>();
        StreamOut<Bits> joined = master(stream(bits(1)));
        ConcatUnit concat = instance(ConcatUnit::new, config);
        concat.out.into(joined);
        int words = config.words().stream().mapToInt(Integer::intValue).sum();
        UInt word = counter(words);
        List<Bool> come = new ArrayList<>();
        List<Bits> data = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < config.words().size(); i++) {
            StreamIn<Bits> part = slave(stream(bits(1)), "part" + i);
            part.into(concat.ins.get(i));
            int behind = first + config.words().get(i);
            Bool turn = word.lt(behind);
            ensure(part.fire().not().or(first == 0 ? turn : turn.and(word.ge(first))), "a stream waits for its turn");
            parts.add(part);
            come.add(part.fire());
            data.add(part.data().and(part.fire().repeat(1)));
            first = behind;
        }
        Bool comes = bits(come).any();
        when(comes, () -> advance(word, words));
        leavesAsItCame(comes, Bits.concat(data).any().asBits(), joined);
    }

    private void add(AddUnit.Config config) {
        StreamIn<Bits> first = slave(stream(bits(2)));
        StreamIn<Bits> second = slave(stream(bits(2)));
        StreamOut<Bits> sum = master(stream(bits(config.outputBits())));
        AddUnit add = instance(AddUnit::new, config);
        first.into(add.first);
        second.into(add.second);
        add.out.into(sum);
        ensure(first.fire().eq(second.fire()), "both are taken or neither");
        Bits expected = resized(first.data().asSInt().plus(second.data().asUInt().asSInt()), config.outputBits()).asBits();
        leavesAsItCame(first.fire(), expected, sum);
    }

    /** Whether a word is inside. */
    private Bool leavesAsItCame(Bool comes, Bits word, StreamOut<Bits> out) {
        Bool there = state(bool(), 0);
        Bits last = register(word.type());
        ensure(comes.and(there).and(out.fire().not()).not(), "a word is taken when the one before has left");
        when(comes, () -> {
                    there.next(1);
                    last.next(word);
                })
                .elseWhen(out.fire(), () -> there.next(0));
        ensure(out.valid().eq(there), "a word leaves after it came");
        ensure(out.valid().not().or(out.data().eq(last)), "as it came");
        return there;
    }
}
