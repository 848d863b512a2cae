package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * The index of the greatest number of a frame, the first where several are equal. A frame of {@code count} signed numbers
 * comes in words of {@code lanes}; lanes beyond the frame's end are ignored. One index leaves in the cycle after the
 * frame's last word came.
 */
public final class ArgMaxUnit extends Component {
    public record Config(int numberBits, int lanes, int count) implements BlockConfig {
        public Config {
            if (numberBits < 1 || lanes < 1 || count < 2) {
                throw new IllegalArgumentException("a greatest is looked for among at least 2 numbers of at least 1 bit,"
                        + " not among " + count + " of " + numberBits + ", " + lanes + " a word");
            }
        }

        @Override
        public String label() {
            return "l" + lanes + "_n" + count;
        }

        public int words() {
            return Math.ceilDiv(count, lanes);
        }

        public int indexBits() {
            return bitsFor(count - 1);
        }

        @Override
        public StreamTiming timing() {
            return new GatherTiming(words(), 1);
        }

        @Override
        public Resources cost(Family family) {
            Fabric fabric = Fabric.of(family);
            int each = (fabric.hasWideLuts() ? 3 : 4) * numberBits / 2 + bitsFor(lanes);
            int comparators = lanes - 1 + (words() == 1 ? 0 : 1);
            int beyond = (words() * lanes - count) * numberBits;
            // A large product of word and lanes, with the register behind it, is a multiplier of its own.
            boolean product = Integer.bitCount(lanes) > 1 && words() > 1 && indexBits() >= 9;
            Resources index = product ? fabric.multiplier(indexBits(), 1) : Resources.NONE;
            int registers = 1 + (index.dsp() > 0 ? 0 : indexBits()) + (words() == 1 ? 0 : numberBits);
            return new Resources(comparators * each + beyond + 4, registers, 0, 0, 2 * bitsFor(lanes) + 2)
                    .plus(index)
                    .plus(fabric.counter(words()));
        }
    }

    private record Candidate(SInt number, UInt index) {}

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public ArgMaxUnit(Config config) {
        in = slave(stream(bits(config.lanes() * config.numberBits())));
        out = master(stream(bits(config.indexBits())));
        int words = config.words();
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        in.ready().drive(go);
        out.valid().drive(full);

        UInt word = words == 1 ? lit(0) : state(uint(bitsFor(words - 1)), 0);
        Bool lastWord = word.eq(words - 1);
        List<SInt> numbers = new ArrayList<>();
        List<Bits> lanes = in.data().split(config.numberBits());
        int lastLanes = config.count() - (words - 1) * config.lanes();
        SInt least = lit(-1L << (config.numberBits() - 1), sint(config.numberBits()));
        for (int lane = 0; lane < config.lanes(); lane++) {
            SInt number = lanes.get(lane).asSInt();
            numbers.add(lane < lastLanes ? number : mux(lastWord, least, number));
        }
        UInt index = register(uint(config.indexBits()));
        Candidate winner = greatest(numbers, 0, numbers.size());
        if (words == 1) {
            when(in.fire(), () -> index.next(indexOf(config, word, winner.index())));
        } else {
            SInt best = register(sint(config.numberBits()));
            Bool better = word.eq(0).or(winner.number().gt(best));
            when(in.fire(), () -> {
                word.next(mux(lastWord, lit(0), word.plus(1)).low(word.width()));
                when(better, () -> {
                    best.next(winner.number());
                    index.next(indexOf(config, word, winner.index()));
                });
            });
        }
        when(go, () -> full.next(in.valid().and(lastWord)));
        out.data().drive(index.asBits());

        ensure(out.isSteady(), "an index once offered stays until it is taken");
    }

    private UInt indexOf(Config config, UInt word, UInt lane) {
        UInt index = word.times(lit(config.lanes())).plus(lane);
        return index.width() > config.indexBits() ? index.low(config.indexBits()) : index;
    }

    /** The greatest of {@code numbers[from]} to {@code numbers[to − 1]} as a tree; the lower index wins a draw. */
    private Candidate greatest(List<SInt> numbers, int from, int to) {
        if (to - from == 1) {
            return new Candidate(numbers.get(from), lit(from));
        }
        int middle = (from + to + 1) / 2;
        Candidate left = greatest(numbers, from, middle);
        Candidate right = greatest(numbers, middle, to);
        Bool second = right.number().gt(left.number());
        return new Candidate(
                mux(second, right.number(), left.number()), mux(second, right.index(), left.index()));
    }
}
