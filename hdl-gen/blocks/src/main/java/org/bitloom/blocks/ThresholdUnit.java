package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.Rom;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.Timing;

/**
 * Turns each lane's number into a level: how many of its channel's thresholds are not above it, plus {@code least}. One
 * word a cycle, one cycle of latency. Ready depends on the other side's ready.
 */
public final class ThresholdUnit extends Component {
    /**
     * @param input      format of a lane
     * @param folds      words of a frame; the lanes of word f are channels f·lanes and up
     * @param common     the ascending thresholds, where all channels share them; empty: each channel has its own
     * @param thresholds how many a channel has
     * @param outputBits bits of a level
     * @param least      the level below all thresholds
     */
    public record Config(
            Format input, int lanes, int folds, List<Long> common, int thresholds, int outputBits, int least)
            implements Labelled {
        public Config {
            common = List.copyOf(common);
            if (!common.isEmpty() && common.size() != thresholds) {
                throw new IllegalArgumentException(common.size() + " common thresholds, but " + thresholds + " a channel");
            }
        }

        @Override
        public String label() {
            return "l" + lanes + "_" + input + "t" + thresholds;
        }

        /** Bits of a threshold: of the number, with a sign, and one more for thresholds that never pass. */
        public int thresholdBits() {
            return input.bits() + 2;
        }

        /** Words of the threshold memory. */
        public int thresholdWords() {
            return folds;
        }

        public Timing timing() {
            return new SliceTiming();
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    /** Word f: for each lane its channel's ascending thresholds; there only where channels differ. */
    public final List<Rom<Bits>> table;

    public ThresholdUnit(Config config) {
        in = slave(stream(bits(config.lanes() * config.input().bits())));
        out = master(stream(bits(config.lanes() * config.outputBits())));
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        in.ready().drive(go);
        out.valid().drive(full);
        when(go, () -> full.next(in.valid()));

        List<Bits> own = new ArrayList<>();
        if (config.common().isEmpty()) {
            int laneBits = config.thresholds() * config.thresholdBits();
            Rom<Bits> thresholds = rom(bits(config.lanes() * laneBits), config.folds()).style(MemoryStyle.DISTRIBUTED);
            own.addAll(thresholds.read(fold(config)).split(laneBits));
            table = List.of(thresholds);
        } else {
            table = List.of();
        }
        List<Bits> levels = new ArrayList<>();
        List<Bits> lanes = in.data().split(config.input().bits());
        for (int lane = 0; lane < config.lanes(); lane++) {
            Bits raw = lanes.get(lane);
            SInt number = config.input() instanceof Format.Signed ? raw.asSInt() : raw.asUInt().asSInt();
            List<Bool> passed = new ArrayList<>();
            for (int t = 0; t < config.thresholds(); t++) {
                passed.add(
                        config.common().isEmpty()
                                ? number.ge(own.get(lane).split(config.thresholdBits()).get(t).asSInt())
                                : number.ge(config.common().get(t)));
            }
            SInt level = bits(passed).popCount().asSInt().plus(config.least());
            levels.add(
                    level.width() >= config.outputBits()
                            ? level.low(config.outputBits()).asBits()
                            : level.extend(config.outputBits()).asBits());
        }
        Bits result = register(bits(config.lanes() * config.outputBits()));
        when(go, () -> result.next(Bits.concat(levels.reversed())));
        out.data().drive(result);
    }

    private UInt fold(Config config) {
        if (config.folds() == 1) {
            return lit(0);
        }
        UInt fold = state(uint(bitsFor(config.folds() - 1)), 0);
        when(in.fire(), () -> fold.next(mux(fold.eq(config.folds() - 1), lit(0), fold.plus(1)).low(fold.width())));
        return fold;
    }
}
