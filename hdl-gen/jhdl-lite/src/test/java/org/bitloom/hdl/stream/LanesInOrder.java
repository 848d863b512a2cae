package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.UInt;

/**
 * Claims that a lane converter gives each lane of a frame once, in its place, and zeros behind a frame's end. Any one lane
 * that comes is picked out, or any one zero that fills up a frame, with the number of lanes before it.
 */
final class LanesInOrder extends Component {
    private final StreamIn<Bits> in;
    private final StreamOut<Bits> out;
    private final Bool pick = input(bool());
    private final UInt lane;

    LanesInOrder(LaneConverter.Config config) {
        in = slave(stream(bits(config.inLanes())));
        out = master(stream(bits(config.outLanes())));
        LaneConverter converter = instance(LaneConverter::new, config);
        in.into(converter.in);
        converter.out.into(out);
        Bool comes = in.fire();
        Bool leaves = out.fire();

        int filled = config.outWords() * config.outLanes() - (config.inWords() - 1) * config.inLanes();
        int most = Math.max(config.inLanes(), filled);
        lane = input(uint(bitsFor(most - 1)));
        Bool last = filled == config.inLanes() && config.frameLanes() % config.inLanes() == 0 ? no() : last(config);
        UInt added = mux(last, lit(filled), lit(config.inLanes()));

        UInt inside = state(uint(bitsFor(4L * (most + config.outLanes()))), 0);
        UInt staying = mux(leaves, inside.minus(config.outLanes()).low(inside.width()).asBits().asUInt(), inside);
        inside.next(mux(comes, staying.plus(added).low(inside.width()), staying));
        ensure(out.valid().eq(inside.ge(config.outLanes())), "a word is offered while its lanes are there");
        ensure(in.ready().or(inside.ge(config.outLanes())), "a word is taken while none can be given");

        List<Bool> coming = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Bool given = i < config.inLanes() ? in.data().at(i) : no();
            int lastLanes = config.frameLanes() - (config.inWords() - 1) * config.inLanes();
            coming.add(i < lastLanes ? given : given.and(last.not()));
        }
        Bool watching = state(bool(), 0);
        Bool watched = register(bool());
        UInt before = register(uint(inside.width()));
        when(watching.not().and(comes).and(pick).and(lane.lt(added)), () -> {
            watching.next(1);
            watched.next(pick(lane, coming));
            before.next(staying.plus(lane).low(inside.width()));
        });
        when(watching.and(leaves), () -> {
            when(before.lt(config.outLanes()), () -> {
                        ensure(out.data().at(before).eq(watched), "the lane leaves in its place");
                        watching.next(0);
                    })
                    .otherwise(() ->
                            before.next(before.minus(config.outLanes()).low(before.width()).asBits().asUInt()));
        });
        ensure(watching.not().or(before.lt(inside)), "the lane is inside");
    }

    private Bool last(LaneConverter.Config config) {
        UInt word = state(uint(bitsFor(config.inWords())), 0);
        Bool last = word.eq(config.inWords() - 1);
        when(in.fire(), () -> word.next(mux(last, lit(0), word.plus(1)).low(word.width())));
        return last;
    }
}
