package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;

/** Claims that each copy of a fork gives each word once, in order, and that a join pairs words of equal rank. */
final class ForkedAndJoined extends Component {
    record Config(int copies) {}

    private final StreamIn<Bits> in = slave(stream(bits(1)));

    ForkedAndJoined(Config config) {
        List<StreamPort<Bits>> copies = in.fork(config.copies());
        List<Bool> early = new ArrayList<>();
        for (int i = 0; i < config.copies(); i++) {
            StreamPort<Bits> copy = copies.get(i);
            StreamOut<Bits> out = master(stream(bits(1)), "out" + i);
            copy.into(out);
            Bool served = state(bool(), 0);
            served.next(served.or(out.fire()).and(in.fire().not()));
            early.add(served);
            ensure(served.and(out.fire()).not(), "no copy has a word twice");
            ensure(in.fire().not().or(served).or(out.fire()), "a word is gone when every copy has had it");
            ensure(out.valid().not().or(out.data().eq(in.data())), "a copy is the word itself");
            ensure(in.valid().not().or(served).or(out.valid()), "a copy waits for no other");
        }
        ensure(in.valid().or(bits(early).any().not()), "a word of which there is a copy is still there");

        StreamIn<Bits> first = slave(stream(bits(1)), "first");
        StreamIn<Bits> second = slave(stream(bits(1)), "second");
        StreamOut<Bits> pair = master(stream(bits(2)), "pair");
        first.join(second).converted(bits(2)).into(pair);
        ensure(pair.valid().eq(first.valid().and(second.valid())), "there is a pair when there is a word of each");
        ensure(pair.fire().eq(first.fire()), "a pair leaves with its first word");
        ensure(pair.fire().eq(second.fire()), "and with its second");
        ensure(pair.valid().not().or(pair.data().eq(second.data().cat(first.data()))), "the first word is the lower");
    }
}
