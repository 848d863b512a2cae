package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.ir.BitVector;

/**
 * Regroups the lanes of a stream into words of another size, frame by frame. A frame of {@code frameLanes} lanes comes in
 * words of {@code inLanes}, of which those beyond the frame's end are dropped, and leaves in words of {@code outLanes},
 * filled up with zeros. The wider side moves without gaps; one cycle of latency. Ready depends on the other side's ready.
 */
public final class LaneConverter extends Component {
    public record Config(int laneBits, int inLanes, int outLanes, int frameLanes) implements Labelled {
        public Config {
            if (laneBits < 1 || inLanes < 1 || outLanes < 1 || frameLanes < 1) {
                throw new IllegalArgumentException("lanes are positive numbers");
            }
        }

        @Override
        public String label() {
            return "l" + laneBits + "_" + inLanes + "to" + outLanes;
        }

        public int inWords() {
            return (frameLanes + inLanes - 1) / inLanes;
        }

        public int outWords() {
            return (frameLanes + outLanes - 1) / outLanes;
        }

        /** Whether the words stay as they are: the same lanes, none of them beyond the frame's end. */
        public boolean isIdentity() {
            return inLanes == outLanes && frameLanes % inLanes == 0;
        }

        public Timing timing() {
            return new LaneTiming(this);
        }

        /** Lanes of the frame in its last word. */
        int lastLanes() {
            return frameLanes - (inWords() - 1) * inLanes;
        }

        /** All fill levels are multiples of this. */
        int unit() {
            return gcd(inLanes, outLanes);
        }

        /** Units that an input word adds, and that the last of a frame adds, padded to whole output words. */
        int wordUnits() {
            return inLanes / unit();
        }

        int lastUnits() {
            return (outWords() * outLanes - (inWords() - 1) * inLanes) / unit();
        }

        int outUnits() {
            return outLanes / unit();
        }

        /** A word is accepted while at most this many units stay. */
        int acceptUnits() {
            return outUnits() - 1;
        }

        int capacityUnits() {
            return acceptUnits() + Math.max(wordUnits(), lastUnits());
        }

        private static int gcd(int a, int b) {
            return b == 0 ? a : gcd(b, a % b);
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public LaneConverter(Config config) {
        in = slave(stream(bits(config.laneBits() * config.inLanes())));
        out = master(stream(bits(config.laneBits() * config.outLanes())));
        int unitBits = config.unit() * config.laneBits();
        int capacityBits = config.capacityUnits() * unitBits;
        int outBits = config.outUnits() * unitBits;
        UInt count = state(uint(bitsFor(config.capacityUnits())), 0);
        Bits held = state(bits(capacityBits), 0);

        Bool enough = count.ge(config.outUnits());
        out.valid().drive(enough);
        out.data().drive(held.low(outBits));
        Bool leaves = out.fire();
        UInt staying = mux(leaves, count.minus(config.outUnits()).asBits().low(count.width()).asUInt(), count);
        Bool room = staying.le(config.acceptUnits());
        in.ready().drive(room);
        Bool comes = in.fire();

        Bool last = lastWord(config, comes);
        UInt added = mux(last, lit(config.lastUnits()), lit(config.wordUnits()));
        Bits fresh = masked(config, last);
        Bits rest = mux(leaves, shiftedDown(held, outBits), held);
        when(comes.or(leaves), () -> {
            count.next(mux(comes, staying.plus(added), staying).fit(count));
            held.next(mux(comes, rest.or(placed(config, fresh, staying, capacityBits)), rest));
        });
    }

    /** Whether the word that comes in is the last of its frame. */
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

    private Bits masked(Config config, Bool last) {
        int kept = config.lastLanes() * config.laneBits();
        Bits word = in.data();
        if (kept == word.width()) {
            return word;
        }
        Bits above = word.high(word.width() - kept).and(last.not().repeat(word.width() - kept));
        return above.cat(word.low(kept));
    }

    /** The word above what stays; all other bits zero. */
    private Bits placed(Config config, Bits fresh, UInt staying, int capacityBits) {
        int unitBits = config.unit() * config.laneBits();
        List<Bits> places = new ArrayList<>();
        for (int units = 0; units <= config.acceptUnits(); units++) {
            int low = units * unitBits;
            Bits upper = fresh.width() + low > capacityBits ? fresh.low(capacityBits - low) : fresh;
            Bits padded = upper.padded(capacityBits - low);
            places.add(low == 0 ? padded : padded.cat(lit(BitVector.zero(low))));
        }
        return places.size() == 1 ? places.getFirst() : pick(staying, places);
    }

    private Bits shiftedDown(Bits all, int by) {
        return by >= all.width() ? lit(BitVector.zero(all.width())) : all.high(all.width() - by).padded(all.width());
    }
}
