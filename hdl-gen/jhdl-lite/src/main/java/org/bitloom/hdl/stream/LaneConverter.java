package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.When;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/**
 * Regroups the lanes of a stream into words of another size, frame by frame. A frame of {@code frameLanes} lanes comes in
 * words of {@code inLanes}, of which those beyond the frame's end are dropped, and leaves in words of {@code outLanes},
 * filled up with zeros.
 *
 * <p>The side with more words moves in every cycle: a frame takes as many cycles as the longer of its two sequences of
 * words. One cycle of latency. Ready depends on the other side's ready.
 */
public final class LaneConverter extends Component {
    public record Config(int laneBits, int inLanes, int outLanes, int frameLanes) implements BlockConfig {
        public Config {
            if (laneBits < 1 || inLanes < 1 || outLanes < 1 || frameLanes < 1) {
                throw new IllegalArgumentException("lanes are positive numbers, not " + laneBits + " bits, " + inLanes
                        + " lanes to " + outLanes + ", " + frameLanes + " a frame");
            }
        }

        /** For words without frames: all bits pass, none are added. */
        public static Config unframed(int inBits, int outBits) {
            int laneBits = gcd(inBits, outBits);
            int frameLanes = Math.multiplyExact(inBits / laneBits, outBits / laneBits);
            return new Config(laneBits, inBits / laneBits, outBits / laneBits, frameLanes);
        }

        @Override
        public String label() {
            return "l" + laneBits + "_" + inLanes + "to" + outLanes;
        }

        public int inWords() {
            return Math.ceilDiv(frameLanes, inLanes);
        }

        public int outWords() {
            return Math.ceilDiv(frameLanes, outLanes);
        }

        /** Whether the words stay as they are: the same lanes, none of them beyond the frame's end. */
        public boolean isIdentity() {
            return inLanes == outLanes && frameLanes % inLanes == 0;
        }

        @Override
        public StreamTiming timing() {
            return new LaneTiming(this, acceptUnits());
        }

        @Override
        public Resources cost(Family family) {
            return LaneCost.of(this, family);
        }

        /**
         * How many units stay decides the place of each that comes: a choice for each bit of that number, of which two fit
         * into a LUT of six inputs. In front of it a word may leave, behind it another be held.
         */
        @Override
        public List<LogicPath> paths(Family family) {
            int accept = acceptUnits();
            int moves = accept == 0 ? 0 : bitsFor(accept);
            return List.of(LogicPath.of("lanes", 2 + (family.hasWideLuts() ? Math.ceilDiv(moves, 2) : moves), 0));
        }

        /** Lanes of the frame in its last word. */
        int lastLanes() {
            return frameLanes - (inWords() - 1) * inLanes;
        }

        /** All fill levels are multiples of this. */
        int unit() {
            return gcd(inLanes, outLanes);
        }

        /** Units that an input word adds, but for the last of a frame. */
        int wordUnits() {
            return inLanes / unit();
        }

        /** Units that the last word of a frame adds, filled up or cut to whole output words. */
        int lastUnits() {
            return (outWords() * outLanes - (inWords() - 1) * inLanes) / unit();
        }

        int outUnits() {
            return outLanes / unit();
        }

        /**
         * A word is accepted while at most this many units stay: less than an output word, unless more are needed for
         * frames to follow each other without a gap.
         */
        int acceptUnits() {
            int units = outUnits() - 1;
            while (lastUnits() > wordUnits() && !isGapless(units)) {
                units++;
            }
            return units;
        }

        /** Whether the steady state is as fast as the longer sequence of words. */
        private boolean isGapless(int units) {
            LaneTiming timing = new LaneTiming(this, units);
            Map<List<Long>, Frame> ends = new HashMap<>();
            long cycle = 0;
            for (long frame = 0; ; frame++) {
                for (int word = 0; word < inWords(); cycle++) {
                    word += timing.accepts(true) ? 1 : 0;
                    timing.clock(true, true);
                }
                Frame same = ends.put(stateOf(timing), new Frame(frame, cycle));
                if (same != null) {
                    return cycle - same.end() == (frame - same.number()) * Math.max(inWords(), outWords());
                }
            }
        }

        private static List<Long> stateOf(Timing timing) {
            List<Long> numbers = new ArrayList<>();
            timing.state(numbers::add);
            return numbers;
        }

        private record Frame(long number, long end) {}

        private static int gcd(int a, int b) {
            return b == 0 ? a : gcd(b, a % b);
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public LaneConverter(Config config) {
        in = slave(stream(bits(config.laneBits() * config.inLanes())));
        out = master(stream(bits(config.laneBits() * config.outLanes())));
        int acceptUnits = config.acceptUnits();
        int freshUnits = Math.max(config.wordUnits(), config.lastUnits());
        int capacity = acceptUnits + freshUnits;
        int unitBits = config.unit() * config.laneBits();
        UInt count = state(uint(bitsFor(capacity)), 0);

        out.valid().drive(count.ge(config.outUnits()));
        Bool leaves = out.fire();
        UInt staying = mux(leaves, count.minus(config.outUnits()).asBits().low(count.width()).asUInt(), count);
        in.ready().drive(staying.le(acceptUnits));
        Bool comes = in.fire();
        Bool last = lastWord(config, comes);
        UInt added = mux(last, lit(config.lastUnits()), lit(config.wordUnits()));
        when(comes, () -> count.next(staying.plus(added).low(count.width())))
                .elseWhen(leaves, () -> count.next(staying));

        // What stays moves down by an output word when one leaves; what comes is put behind it. Above is nothing.
        List<Bits> coming = aligned(fresh(config, last, freshUnits), staying, acceptUnits, capacity);
        List<Bits> held = new ArrayList<>();
        for (int place = 0; place < capacity; place++) {
            Bits unit = register(bits(unitBits));
            held.add(unit);
        }
        for (int place = 0; place < capacity; place++) {
            Bits unit = held.get(place);
            Bits value = coming.get(place);
            Bool behind = place < acceptUnits ? comes.and(staying.le(place)) : comes;
            When filling = when(behind, () -> unit.next(value));
            if (place + config.outUnits() < capacity) {
                Bits above = held.get(place + config.outUnits());
                filling.elseWhen(leaves, () -> unit.next(above));
            }
        }
        out.data().drive(Bits.concat(held.subList(0, config.outUnits()).reversed()));

        ensure(count.le(capacity), "no more lanes inside than there are places");
        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }

    /** Whether the word that comes in is the last of its frame; where the last is like the others it does not matter. */
    private Bool lastWord(Config config, Bool comes) {
        if (config.inWords() == 1) {
            return yes();
        }
        if (config.lastUnits() == config.wordUnits() && config.lastLanes() == config.inLanes()) {
            return no();
        }
        UInt word = state(uint(bitsFor(config.inWords() - 1)), 0);
        Bool last = word.eq(config.inWords() - 1);
        when(comes, () -> word.next(mux(last, lit(0), word.plus(1)).low(word.width())));
        return last;
    }

    /** The units of the word that comes in; lanes beyond the frame's end are zero. */
    private List<Bits> fresh(Config config, Bool last, int freshUnits) {
        Bits lanes = in.data();
        int kept = config.lastLanes() * config.laneBits();
        if (kept < lanes.width()) {
            int beyond = lanes.width() - kept;
            lanes = lanes.high(beyond).and(last.not().repeat(beyond)).cat(lanes.low(kept));
        }
        int unitBits = config.unit() * config.laneBits();
        return lanes.padded(freshUnits * unitBits).split(unitBits);
    }

    /**
     * What comes to each place when {@code staying} units are there: the units moved up by so many places, in steps that
     * double. Where it does not matter what comes to a place, nothing is chosen.
     */
    private List<Bits> aligned(List<Bits> fresh, UInt staying, int acceptUnits, int capacity) {
        List<Optional<Bits>> places = new ArrayList<>();
        for (int place = 0; place < capacity; place++) {
            places.add(place < fresh.size() ? Optional.of(fresh.get(place)) : Optional.empty());
        }
        for (int step = 1, bit = 0; step <= acceptUnits; step *= 2, bit++) {
            Bool moved = staying.at(bit);
            for (int place = capacity - 1; place >= step; place--) {
                Optional<Bits> near = places.get(place);
                Optional<Bits> far = places.get(place - step);
                places.set(place, near.isPresent() && far.isPresent()
                        ? Optional.of(mux(moved, far.get(), near.get()))
                        : near.or(() -> far));
            }
        }
        return places.stream().map(Optional::orElseThrow).toList();
    }
}
