package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Rom;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.cost.RomColumns;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.CountCost;
import org.bitloom.hdl.verilog.Family;

/**
 * Turns each lane's number into a level: how many of its channel's thresholds it passes, plus {@code least}. One word a
 * cycle, one cycle of latency and one more for each further register: behind the comparisons, within the counting of those
 * that pass, and last before everything. Ready depends on the other side's ready.
 */
public final class ThresholdUnit extends Block {
    /** When a number passes a threshold. */
    public enum Direction {
        /** When it is not below it. */
        ASCENDING,
        /** When it is not above it. */
        DESCENDING,
        /** Each channel has a direction of its own; only with a table. */
        BY_CHANNEL
    }

    /**
     * @param input      format of a lane
     * @param folds      words of a frame; the lanes of word f are channels f·lanes and up
     * @param common     the thresholds, where all channels share them; empty: each channel has its own
     * @param thresholds how many a channel has
     * @param outputBits bits of a level
     * @param least      the level of a number that passes none
     * @param stages     registers beyond the least
     */
    public record Config(
            Format input,
            int lanes,
            int folds,
            List<Long> common,
            int thresholds,
            int outputBits,
            int least,
            Direction direction,
            int stages)
            implements BlockConfig {
        public Config {
            common = List.copyOf(common);
            if (lanes < 1 || folds < 1 || thresholds < 1 || outputBits < 1) {
                throw new IllegalArgumentException("lanes, folds, thresholds and bits are positive, not " + lanes + ", "
                        + folds + ", " + thresholds + ", " + outputBits);
            }
            if (!common.isEmpty() && common.size() != thresholds) {
                throw new IllegalArgumentException(common.size() + " common thresholds, but " + thresholds + " a channel");
            }
            if (!common.isEmpty() && direction == Direction.BY_CHANNEL) {
                throw new IllegalArgumentException("common thresholds have a common direction");
            }
        }

        public Config withStages(int newStages) {
            return new Config(input, lanes, folds, common, thresholds, outputBits, least, direction, newStages);
        }

        /** More registers than this have no use: one before everything, one behind the comparisons, those of the count. */
        public int mostStages() {
            return 2 + SumPlan.mostStagesOfOnes(thresholds);
        }

        boolean hasInputRegister() {
            return stages >= mostStages();
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

        /** The number that one which passes a threshold reaches, or which one that passes does not. */
        private long reached(long threshold) {
            return direction == Direction.DESCENDING ? threshold + 1 : threshold;
        }

        /** Bits of a channel in the threshold memory. */
        int channelBits() {
            return thresholds * thresholdBits() + (direction == Direction.BY_CHANNEL ? 1 : 0);
        }

        /**
         * The threshold memory: for each lane its channel's thresholds, and its direction where each has its own. A
         * descending channel holds the numbers above its thresholds, which are those that do not pass.
         *
         * @param thresholds of each channel; channels beyond the last have zeros
         * @param descending direction of each channel
         */
        public MemoryContents table(long[][] thresholds, boolean[] descending) {
            List<BitVector> words = new ArrayList<>();
            for (int fold = 0; fold < folds; fold++) {
                Packer word = new Packer();
                for (int channel = fold * lanes; channel < (fold + 1) * lanes; channel++) {
                    boolean down = channel < descending.length && descending[channel];
                    for (int t = 0; t < this.thresholds; t++) {
                        long threshold = channel < thresholds.length ? thresholds[channel][t] : 0;
                        word.add(down ? threshold + 1 : threshold, thresholdBits());
                    }
                    if (direction == Direction.BY_CHANNEL) {
                        word.add(down ? 1 : 0, 1);
                    }
                }
                words.add(word.vector());
            }
            return MemoryContents.of(lanes * channelBits(), words);
        }

        @Override
        public StreamTiming timing() {
            return new ElasticTiming(stages + 1);
        }

        @Override
        public Resources cost(Family family) {
            return cost(family, RomColumns.random(lanes * channelBits(), folds));
        }

        /** What it takes of a device with a given table. */
        public Resources cost(Family family, MemoryContents table) {
            return cost(family, RomColumns.of(table));
        }

        @Override
        public List<LogicPath> paths(Family family) {
            Fabric fabric = Fabric.of(family);
            LogicPath input = LogicPath.of("input", 0, 0).fromTheInput();
            LogicPath compare = LogicPath.of(
                    "thresholds", fabric.comparisonDepth() + (direction == Direction.BY_CHANNEL ? 1 : 0), thresholdBits());
            int cuts = stages - (hasInputRegister() ? 1 : 0);
            List<LogicPath> counts = ProductPaths.ofLevels(thresholds, cuts, family);
            List<LogicPath> paths = new ArrayList<>();
            if (cuts == 0) {
                LogicPath count = counts.getFirst();
                compare = LogicPath.of(
                        "thresholds", compare.luts() + count.luts(), compare.carryBits() + count.carryBits());
            } else {
                paths.addAll(counts);
            }
            paths.addFirst(hasInputRegister() ? compare : compare.fromTheInput());
            if (hasInputRegister()) {
                paths.add(input);
            }
            paths.add(LogicPath.of("control", fabric.depth(stages + 2) + 1, 0));
            return paths;
        }

        private Resources cost(Family family, RomColumns columns) {
            Fabric fabric = Fabric.of(family);
            CountCost count = CountCost.of(family, thresholds, false);
            int before = hasInputRegister() ? lanes * input.bits() : 0;
            int counting = lanes * ProductCost.keptOnes(thresholds, stages - (hasInputRegister() ? 1 : 0));
            int outside = lanes * outputBits + 1 + before + counting + stages;
            Resources level = new Resources(count.luts(), 0, 0, 0, count.depth() + 2);
            if (!common.isEmpty()) {
                List<Long> reached = common.stream().map(this::reached).toList();
                int lut = fabric.passes(input.bits(), input instanceof Format.Signed, reached);
                // All are functions of the same few bits: what is shared makes at most one function a bit of the level.
                long all = reached.stream().reduce(0L, (a, b) -> a | b);
                int matter = input.bits() - (all == 0 ? input.bits() : Math.min(input.bits(), Long.numberOfTrailingZeros(all)));
                boolean few = matter <= fabric.mostCompared();
                int most = few ? outputBits * Math.max(1, fabric.function(1 << matter)) : Integer.MAX_VALUE;
                Resources lane = new Resources(Math.min(lut + count.luts(), most), 0, 0, 0, count.depth() + 2);
                return lane.times(lanes).plus(new Resources(2, outside, 0, 0, 2));
            }
            // Most inversions are in the LUTs that count.
            int turned = direction == Direction.BY_CHANNEL ? Math.ceilDiv(thresholds, fabric.hasWideLuts() ? 3 : 2) : 0;
            // Bits in which no channel differs from another are compared with a constant.
            int differing = Math.ceilDiv(columns.varying(), lanes * thresholds);
            int each = fabric.comparison(thresholdBits(), differing);
            Resources compare =
                    Resources.luts(thresholds * each + fabric.equalBits(thresholdBits(), differing) + turned);
            return level.plus(compare)
                    .times(lanes)
                    .plus(fabric.table(columns))
                    .plus(fabric.counter(folds))
                    .plus(new Resources(2, outside, 0, 0, 2));
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    /** Word f is for the lanes of word f of a frame, see {@link Config#table}; there only where channels differ. */
    public final List<Rom<Bits>> table;

    public ThresholdUnit(Config config) {
        in = slave(stream(bits(config.lanes() * config.input().bits())));
        out = master(stream(bits(config.lanes() * config.outputBits())));
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        Chain chain = chain(config.stages(), in.valid(), go);
        in.ready().drive(chain.ready());
        out.valid().drive(full);
        when(go, () -> full.next(chain.full()));

        boolean atInput = config.hasInputRegister();
        List<Bool> counting = chain.takes().subList(atInput ? 1 : 0, config.stages());
        Bits word = atInput ? kept(in.data(), chain.takes().getFirst()) : in.data();
        List<Bits> channels = new ArrayList<>();
        if (config.common().isEmpty()) {
            Rom<Bits> thresholds =
                    rom(bits(config.lanes() * config.channelBits()), config.folds()).style(MemoryStyle.DISTRIBUTED);
            channels.addAll(thresholds.read(fold(config, chain)).split(config.channelBits()));
            table = List.of(thresholds);
        } else {
            table = List.of();
        }
        List<Bits> levels = new ArrayList<>();
        List<Bits> lanes = word.split(config.input().bits());
        for (int lane = 0; lane < config.lanes(); lane++) {
            SInt number = number(config.input(), lanes.get(lane));
            List<Bool> passed =
                    channels.isEmpty() ? passed(config, number) : passed(config, number, channels.get(lane));
            SInt level = count(bits(passed), counting).asSInt().plus(config.least());
            levels.add(resized(level, config.outputBits()).asBits());
        }
        Bits result = register(bits(config.lanes() * config.outputBits()));
        when(go, () -> result.next(Bits.concat(levels.reversed())));
        out.data().drive(result);

        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }

    private UInt count(Bits passed, List<Bool> takes) {
        if (takes.isEmpty()) {
            return passed.popCount();
        }
        SumPlan plan = SumPlan.ofOnes(passed.width(), takes.size() - 1);
        return stagedSum(plan, (value, stage) -> kept(value, takes.get(stage + 1))).ofOnes(kept(passed, takes.getFirst()));
    }

    private List<Bool> passed(Config config, SInt number) {
        boolean down = config.direction() == Direction.DESCENDING;
        // Where no number makes a difference, the comparison still reads the input, which a stream must have.
        boolean constant = config.input() instanceof Format.Unsigned(int bits)
                && config.common().stream().map(config::reached).allMatch(least -> least <= 0 || least >> bits > 0);
        return config.common().stream()
                .map(t -> {
                    long least = config.reached(t);
                    Bool reaches = constant ? number.ge(least) : reaches(config.input(), number, least);
                    return down ? reaches.not() : reaches;
                })
                .toList();
    }

    /** Whether a number is not below another; below the other's lowest one, its bits do not matter. */
    private Bool reaches(Format format, SInt number, long least) {
        int top = number.width() - 1;
        int zeros = least == 0 ? top : Math.min(Long.numberOfTrailingZeros(least), top);
        if (format instanceof Format.Unsigned && (least == 0 || zeros < top && least >> zeros == 1)) {
            return least == 0 ? yes() : number.asBits().slice(top - 1, zeros).any();
        }
        return number.asBits().slice(top, zeros).asSInt().ge(least >> zeros);
    }

    private List<Bool> passed(Config config, SInt number, Bits channel) {
        Bool down =
                switch (config.direction()) {
                    case ASCENDING -> no();
                    case DESCENDING -> yes();
                    case BY_CHANNEL -> channel.at(channel.width() - 1);
                };
        Bits thresholds = channel.low(config.thresholds() * config.thresholdBits());
        return thresholds.split(config.thresholdBits()).stream()
                .map(t -> number.ge(t.asSInt()).xor(down))
                .toList();
    }

    /** Of the word that is compared. */
    private UInt fold(Config config, Chain chain) {
        UInt fold = counter(config.folds());
        if (!config.hasInputRegister()) {
            when(in.fire(), () -> advance(fold, config.folds()));
            return fold;
        }
        when(chain.holds().getFirst().and(chain.takes().get(1)), () -> advance(fold, config.folds()));
        return fold;
    }
}
