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
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Turns each lane's number into {@code (number · multiplier + offset) >> shift}, rounded down, and then into the nearest
 * number of the output format; nothing overflows on the way. One word a cycle. The stages are a word's operands, its
 * products, the sums, the results; the first two are not there where nothing is multiplied or read. Ready depends on the
 * other side's ready.
 */
public final class RequantizeUnit extends Block {
    /**
     * @param input      format of a lane
     * @param folds      words of a pixel; the lanes of word f are channels f·lanes and up
     * @param multiplier of a channel; nothing is multiplied where it is 1 for all
     * @param offset     of a channel
     * @param output     format of a lane of the result, not bipolar; an unsigned one makes negative numbers 0
     */
    public record Config(
            Format input, int lanes, int folds, ByChannel multiplier, ByChannel offset, int shift, Format output)
            implements BlockConfig {
        public Config {
            if (lanes < 1 || folds < 1 || shift < 0) {
                throw new IllegalArgumentException("lanes and folds are positive and the shift is not negative: " + lanes
                        + ", " + folds + ", " + shift);
            }
            if (!(output instanceof Format.Unsigned || output instanceof Format.Signed)) {
                throw new IllegalArgumentException("a number becomes an unsigned or a signed one, not " + output);
            }
            int sumBits = sumBits(input, multiplier, offset);
            if (output instanceof Format.Unsigned && sumBits - shift < 2) {
                throw new IllegalArgumentException(
                        "a shift by " + shift + " makes all unsigned results of " + sumBits + " bits 0");
            }
        }

        @Override
        public String label() {
            return "l" + lanes + "_" + input + "to" + output;
        }

        boolean multiplies() {
            return multiplies(multiplier);
        }

        private static boolean multiplies(ByChannel multiplier) {
            return !multiplier.equals(new ByChannel.Common(1));
        }

        boolean hasTable() {
            return tableBits() > 0;
        }

        /** Bits of a channel in the table: its offset above its multiplier, where each has its own; else 0. */
        int channelBits() {
            return (multiplier instanceof ByChannel.Table(int bits) ? bits : 0)
                    + (offset instanceof ByChannel.Table(int bits) ? bits : 0);
        }

        /** Bits of a word of the memory. */
        public int tableBits() {
            return lanes * channelBits();
        }

        /** Bits of a lane's number, with a sign. */
        int numberBits() {
            return numberBits(input);
        }

        private static int numberBits(Format input) {
            return input instanceof Format.Signed ? input.bits() : input.bits() + 1;
        }

        int productBits() {
            return productBits(input, multiplier);
        }

        private static int productBits(Format input, ByChannel multiplier) {
            return numberBits(input) + (multiplies(multiplier) ? multiplier.bits() : 0);
        }

        /** Bits that hold every sum. */
        int sumBits() {
            return sumBits(input, multiplier, offset);
        }

        private static int sumBits(Format input, ByChannel multiplier, ByChannel offset) {
            return Math.max(productBits(input, multiplier), offset.bits()) + 1;
        }

        int stages() {
            return multiplies() ? 4 : hasTable() ? 3 : 2;
        }

        /**
         * The table: word f has the channels f·lanes and up.
         *
         * @param multipliers of each channel, read where each has its own
         * @param offsets     likewise; channels beyond the last have zeros
         */
        public MemoryContents table(long[] multipliers, long[] offsets) {
            List<BitVector> words = new ArrayList<>();
            for (int fold = 0; fold < folds; fold++) {
                Packer word = new Packer();
                for (int channel = fold * lanes; channel < (fold + 1) * lanes; channel++) {
                    if (multiplier instanceof ByChannel.Table(int bits)) {
                        word.add(channel < multipliers.length ? multipliers[channel] : 0, bits);
                    }
                    if (offset instanceof ByChannel.Table(int bits)) {
                        word.add(channel < offsets.length ? offsets[channel] : 0, bits);
                    }
                }
                words.add(word.vector());
            }
            return MemoryContents.of(tableBits(), words);
        }

        @Override
        public StreamTiming timing() {
            return new ElasticTiming(stages());
        }

        @Override
        public List<LogicPath> paths(Family family) {
            Fabric fabric = Fabric.of(family);
            boolean block = hasTable() && fabric.isBlockRom(Fabric.tableStyle(folds), tableBits(), folds);
            int address = fabric.depth(Fabric.addressBits(folds));
            LogicPath sum = LogicPath.of("sum", 1, sumBits()).outOfMemory(block && !multiplies());
            int excess = Math.max(0, sumBits() - shift - output.bits());
            List<LogicPath> paths = new ArrayList<>(List.of(
                    LogicPath.of("control", fabric.depth(stages() + 1) + 1, 0),
                    stages() == 2 ? sum.fromTheInput() : sum,
                    LogicPath.of("clamp", 1 + fabric.depth(excess + 1), 0)));
            if (stages() > 2) {
                paths.add(LogicPath.of("input", 0, 0).fromTheInput());
            }
            if (hasTable()) {
                paths.add(counting(fabric, folds));
                paths.add(LogicPath.of("parameters", block ? 0 : address, 0));
            }
            if (multiplies()) {
                paths.add(ProductPaths.product(numberBits(), multiplier.bits(), family).outOfMemory(block));
            }
            return paths;
        }

        @Override
        public Resources cost(Family family) {
            return RequantizeCost.of(this, family, hasTable() ? RomColumns.random(tableBits(), folds) : RomColumns.NONE);
        }

        /** What it takes of a device with a given table. */
        public Resources cost(Family family, MemoryContents table) {
            return RequantizeCost.of(this, family, RomColumns.of(table));
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    /** Word f is for the lanes of word f of a pixel, see {@link Config#table}; there only where channels differ. */
    public final List<Rom<Bits>> table;

    public RequantizeUnit(Config config) {
        in = slave(stream(bits(config.lanes() * config.input().bits())));
        out = master(stream(bits(config.lanes() * config.output().bits())));
        List<Bool> moves = stages(in, out, config.stages());
        int stage = 0;

        Bits word = in.data();
        List<Bits> channels = List.of(); // what the table has for each lane
        if (config.hasTable()) {
            UInt fold = counter(config.folds());
            when(in.fire(), () -> advance(fold, config.folds()));
            Rom<Bits> parameters = rom(bits(config.tableBits()), config.folds()).style(Fabric.tableStyle(config.folds()));
            channels = parameters.read(fold, moves.getFirst()).split(config.channelBits());
            table = List.of(parameters);
        } else {
            table = List.of();
        }
        if (config.stages() > 2) {
            Bits operands = kept(word, moves.get(stage++)).named("operands");
            word = operands;
        }
        Bool multiply = config.multiplies() ? moves.get(stage++) : no();
        Bool add = moves.get(stage++);
        Bool clamp = moves.get(stage);

        List<Bits> numbers = word.split(config.input().bits());
        List<Bits> results = new ArrayList<>();
        for (int lane = 0; lane < config.lanes(); lane++) {
            SInt product = number(config.input(), numbers.get(lane));
            SInt offset = switch (config.offset()) {
                case ByChannel.Common(long value) -> lit(value, sint(config.offset().bits()));
                case ByChannel.Table(int bits) -> channels.get(lane).high(bits).asSInt();
            };
            if (config.multiplies()) {
                SInt multiplier = switch (config.multiplier()) {
                    case ByChannel.Common(long value) -> lit(value, sint(config.multiplier().bits()));
                    case ByChannel.Table(int bits) -> channels.get(lane).low(bits).asSInt();
                };
                product = kept(product.times(multiplier).asBits(), multiply).named("product_" + lane).asSInt();
                if (config.offset() instanceof ByChannel.Table) {
                    offset = kept(offset.asBits(), multiply).named("offset_" + lane).asSInt();
                }
            }
            Bits sum = kept(product.plus(offset).asBits(), add).named("sum_" + lane);
            results.add(clamped(sum.asSInt().shr(config.shift()), config.output()));
        }
        Bits result = kept(Bits.concat(results.reversed()), clamp).named("result");
        out.data().drive(result);
    }

    private Bits clamped(SInt number, Format output) {
        if (output instanceof Format.Signed(int bits)) {
            return number.saturate(bits).asBits();
        }
        UInt magnitude = number.asBits().low(number.width() - 1).asUInt().saturate(output.bits());
        return magnitude.asBits().and(number.isNegative().not().repeat(output.bits()));
    }
}
