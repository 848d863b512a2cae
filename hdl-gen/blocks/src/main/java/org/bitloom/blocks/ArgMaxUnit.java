package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Multipliers;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * The index of the greatest number of a frame, the first where several are equal. A frame of {@code count} signed numbers
 * comes in words of {@code lanes}; lanes beyond the frame's end are ignored. One index leaves in the cycle after the
 * frame's last word came, or as many cycles later as there are registers among the comparisons.
 */
public final class ArgMaxUnit extends Block {
    /** @param stages registers beyond the least */
    public record Config(int numberBits, int lanes, int count, int stages) implements BlockConfig {
        public Config {
            if (numberBits < 1 || lanes < 1 || count < 2) {
                throw new IllegalArgumentException("a greatest is looked for among at least 2 numbers of at least 1 bit,"
                        + " not among " + count + " of " + numberBits + ", " + lanes + " a word");
            }
        }

        /** Without registers beyond the least. */
        public Config(int numberBits, int lanes, int count) {
            this(numberBits, lanes, count, 0);
        }

        public Config withStages(int newStages) {
            return new Config(numberBits, lanes, count, newStages);
        }

        /** More registers than this have no use: one before each comparison. */
        public int mostStages() {
            return SumPlan.levelsOf(lanes) + (words() == 1 ? 0 : 1);
        }

        /** Comparisons one behind the other before the first register, between registers, and behind the last. */
        List<Integer> pieces() {
            List<Integer> pieces = new ArrayList<>();
            int left = mostStages();
            int each = Math.ceilDiv(left, stages + 1);
            for (int piece = stages; piece >= 0; piece--) {
                // The first one has the least: more may stand before it.
                int taken = Math.min(left, each);
                pieces.addFirst(taken);
                left -= taken;
            }
            return pieces;
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
            return StagedTiming.of(stages, new GatherTiming(words(), 1));
        }

        @Override
        public Resources cost(Family family) {
            Fabric fabric = Fabric.of(family);
            int each = (fabric.hasChoosingAdders() ? 3 : fabric.adderCellsAreLuts() ? 5 : 4) * numberBits / 2 + bitsFor(lanes);
            int comparators = lanes - 1 + (words() == 1 ? 0 : 1);
            // With four inputs what lies beyond the last number is in the choice's own LUTs.
            int beyond = fabric.hasWideLuts() ? (words() * lanes - count) * numberBits : 0;
            // A large product of word and lanes, as wide as an index, with the register behind it, is a multiplier of its own.
            boolean product = Integer.bitCount(lanes) > 1 && words() > 1 && indexBits() >= 9;
            Resources index = product ? Multipliers.of(family).byConstant(indexBits() - bitsFor(lanes), false, lanes) : Resources.NONE;
            int registers = 1 + (index.dsp() > 0 && Multipliers.of(family).add() ? 0 : indexBits()) + (words() == 1 ? 0 : numberBits);
            return new Resources(comparators * each + beyond + 4 + 2 * stages, registers + keptBits(), 0, 0, 2 * bitsFor(lanes) + 2)
                    .plus(index)
                    .plus(fabric.counter(words()));
        }

        /** Flip-flops of the further registers: a flag each, and the candidates that are left. */
        private int keptBits() {
            int bits = stages;
            int level = 0;
            for (int stage = 0; stage < stages; stage++) {
                level += pieces().get(stage);
                int left = Math.ceilDiv(lanes, 1 << level);
                bits += left * (numberBits + (level == 0 ? 0 : bitsFor(lanes - 1)));
            }
            return bits + (stages > 0 && words() * lanes > count && words() > 1 ? bitsFor(words() - 1) : 0);
        }

        @Override
        public List<LogicPath> paths(Family family) {
            Fabric fabric = Fabric.of(family);
            boolean masked = words() * lanes > count;
            List<LogicPath> paths = new ArrayList<>();
            for (int piece = 0; piece <= stages; piece++) {
                int comparisons = pieces().get(piece);
                // Each chooses a number, all bits of which the next one needs.
                int mask = piece == 0 && masked ? 1 : 0;
                LogicPath path = LogicPath.of(
                        "comparisons", comparisons * (fabric.comparisonDepth() + 1) + mask, comparisons * numberBits);
                paths.add(piece == 0 ? path.fromTheInput() : path);
            }
            paths.add(LogicPath.of("control", fabric.depth(stages + 2) + 1 + fabric.depth(Fabric.addressBits(words())), 0));
            return paths;
        }
    }

    /** A number and the lane that it came on. */
    private record Candidate(SInt number, UInt index) {}

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public ArgMaxUnit(Config config) {
        in = slave(stream(bits(config.lanes() * config.numberBits())));
        out = master(stream(bits(config.indexBits())));
        int words = config.words();
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        Chain chain = chain(config.stages(), in.valid(), go);
        in.ready().drive(chain.ready());
        out.valid().drive(full);

        UInt word = words == 1 ? lit(0) : state(uint(bitsFor(words - 1)), 0);
        Bool lastWord = word.eq(words - 1);
        Candidate winner = winner(config, chain, lastWord);
        UInt index = register(uint(config.indexBits()));
        Bool comes = config.stages() == 0 ? in.fire() : chain.full().and(go);
        if (words == 1) {
            when(comes, () -> index.next(indexOf(config, word, winner.index())));
        } else {
            SInt best = register(sint(config.numberBits()));
            Bool better = word.eq(0).or(winner.number().gt(best));
            when(comes, () -> {
                word.next(mux(lastWord, lit(0), word.plus(1)).low(word.width()));
                when(better, () -> {
                    best.next(winner.number());
                    index.next(indexOf(config, word, winner.index()));
                });
            });
        }
        when(go, () -> full.next(chain.full().and(lastWord)));
        out.data().drive(index.asBits());

        ensure(out.isSteady(), "an index once offered stays until it is taken");
    }

    /** The greatest of the word that is compared with those before it. */
    private Candidate winner(Config config, Chain chain, Bool lastWord) {
        List<SInt> numbers = new ArrayList<>();
        List<Bits> lanes = in.data().split(config.numberBits());
        int lastLanes = config.count() - (config.words() - 1) * config.lanes();
        Bool beyond = lastLanes == config.lanes() ? no() : lastComes(config, lastWord);
        SInt least = lit(-1L << (config.numberBits() - 1), sint(config.numberBits()));
        for (int lane = 0; lane < config.lanes(); lane++) {
            SInt number = lanes.get(lane).asSInt();
            numbers.add(lane < lastLanes ? number : mux(beyond, least, number));
        }
        List<List<Bool>> registers = new ArrayList<>();
        int levels = SumPlan.levelsOf(config.lanes());
        for (int level = 0; level <= levels; level++) {
            registers.add(new ArrayList<>());
        }
        int level = 0;
        for (int stage = 0; stage < config.stages(); stage++) {
            level += config.pieces().get(stage);
            registers.get(level).add(chain.takes().get(stage));
        }
        return greatest(numbers, 0, numbers.size(), levels, registers);
    }

    private UInt indexOf(Config config, UInt word, UInt lane) {
        UInt index = word.times(lit(config.lanes())).plus(lane);
        return index.width() > config.indexBits() ? index.low(config.indexBits()) : index;
    }

    /** Whether the frame's last word comes in. */
    private Bool lastComes(Config config, Bool lastWord) {
        if (config.stages() == 0 || config.words() == 1) {
            return lastWord;
        }
        UInt coming = counter(config.words());
        when(in.fire(), () -> advance(coming, config.words()));
        return isLast(coming, config.words());
    }

    /**
     * The greatest of {@code numbers[from]} to {@code numbers[to − 1]} as a tree; the lower index wins a draw.
     *
     * @param registers behind the comparisons of each level, when they take what comes
     */
    private Candidate greatest(List<SInt> numbers, int from, int to, int level, List<List<Bool>> registers) {
        Candidate greatest;
        if (level == 0) {
            greatest = new Candidate(numbers.get(from), lit(from));
        } else if (SumPlan.levelsOf(to - from) < level) {
            greatest = greatest(numbers, from, to, level - 1, registers);
        } else {
            int middle = (from + to + 1) / 2;
            Candidate left = greatest(numbers, from, middle, level - 1, registers);
            Candidate right = greatest(numbers, middle, to, level - 1, registers);
            Bool second = right.number().gt(left.number());
            greatest = new Candidate(
                    mux(second, right.number(), left.number()), mux(second, right.index(), left.index()));
        }
        for (Bool takes : registers.get(level)) {
            SInt number = kept(greatest.number().asBits(), takes).asSInt();
            boolean single = to - from == 1;
            greatest = new Candidate(
                    number, single ? greatest.index() : kept(greatest.index().asBits(), takes).asUInt());
        }
        return greatest;
    }
}
