package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Rom;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Replaces the number of each lane by what a table has for it. One word a cycle, one cycle of latency. Ready depends on the
 * other side's ready.
 */
public final class LookupUnit extends Block {
    /**
     * @param table what a lane becomes, by its bits: of a signed format the negative numbers stand behind the others;
     *     modulo 2^outputBits
     */
    public record Config(Format input, int lanes, int outputBits, List<Long> table) implements BlockConfig {
        /** Beyond this a table is larger than the comparisons that it replaces. */
        public static final int MOST_BITS = 10;

        public Config {
            table = List.copyOf(table);
            if (lanes < 1 || outputBits < 1) {
                throw new IllegalArgumentException("lanes and bits are positive, not " + lanes + ", " + outputBits);
            }
            if (input.bits() > MOST_BITS) {
                throw new IllegalArgumentException(
                        "a table is for numbers of at most " + MOST_BITS + " bits, not " + input.bits());
            }
            if (table.size() != 1 << input.bits()) {
                throw new IllegalArgumentException(
                        "a table for " + input.bits() + " bits has " + (1 << input.bits()) + " numbers, not " + table.size());
            }
        }

        @Override
        public String label() {
            return "l" + lanes + "_" + input + "to" + outputBits;
        }

        @Override
        public StreamTiming timing() {
            return new ElasticTiming(1);
        }

        @Override
        public List<LogicPath> paths(Family family) {
            return List.of(
                    LogicPath.of("table", Fabric.of(family).depth(input.bits()), 0).fromTheInput(),
                    LogicPath.of("control", 2, 0));
        }

        @Override
        public Resources cost(Family family) {
            Resources lane = Fabric.of(family).functions(contents());
            return lane.times(lanes).plus(new Resources(2, 1, 0, 0, 2));
        }

        private MemoryContents contents() {
            return MemoryContents.of(
                    outputBits,
                    table.stream().map(value -> BitVector.ofSigned(outputBits, value)).toList());
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public LookupUnit(Config config) {
        in = slave(stream(bits(config.lanes() * config.input().bits())));
        out = master(stream(bits(config.lanes() * config.outputBits())));
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        in.ready().drive(go);
        out.valid().drive(full);
        when(go, () -> full.next(in.valid()));

        Rom<Bits> values = rom(bits(config.outputBits()), config.table().size())
                .style(MemoryStyle.DISTRIBUTED)
                .contents(config.contents());
        List<Bits> results = new ArrayList<>();
        for (Bits lane : in.data().split(config.input().bits())) {
            results.add(values.read(lane.asUInt(), go));
        }
        out.data().drive(Bits.concat(results.reversed()));

        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }
}
