package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.Timing;
import org.bitloom.hdl.verilog.Family;

/**
 * Adds the words of two streams lane by lane. A word is taken from both in the same cycle or from neither; the sum leaves
 * one cycle later. Ready depends on the other stream's valid and on the other side's ready.
 */
public final class AddUnit extends Block {
    /** @param outputBits bits of a sum, which is signed and modulo 2^outputBits */
    public record Config(Format first, Format second, int lanes, int outputBits) implements BlockConfig {
        public Config {
            if (lanes < 1 || outputBits < 1) {
                throw new IllegalArgumentException("lanes and bits are positive, not " + lanes + ", " + outputBits);
            }
        }

        @Override
        public String label() {
            return "l" + lanes + "_" + first + second;
        }

        /** Its inputs are {@code first} and {@code second}. */
        @Override
        public Timing timing() {
            return new AddTiming();
        }

        @Override
        public List<LogicPath> paths(Family family) {
            return List.of(LogicPath.of("sum", 1, outputBits).fromTheInput(), LogicPath.of("control", 2, 0));
        }

        @Override
        public Resources cost(Family family) {
            Format narrower = first.bits() < second.bits() ? first : second;
            // On Xilinx the bits of one operand alone need no LUT before the carry chain.
            boolean alone = narrower instanceof Format.Unsigned && Fabric.of(family).hasChoosingAdders();
            int lane = alone ? Math.min(outputBits, narrower.bits()) : outputBits;
            return new Resources(lanes * lane + 4, lanes * outputBits + 1, 0, 0, 2);
        }
    }

    public final StreamIn<Bits> first;
    public final StreamIn<Bits> second;
    public final StreamOut<Bits> out;

    public AddUnit(Config config) {
        first = slave(stream(bits(config.lanes() * config.first().bits())));
        second = slave(stream(bits(config.lanes() * config.second().bits())));
        out = master(stream(bits(config.lanes() * config.outputBits())));
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        first.ready().drive(go.and(second.valid()));
        second.ready().drive(go.and(first.valid()));
        out.valid().drive(full);

        List<Bits> firsts = first.data().split(config.first().bits());
        List<Bits> seconds = second.data().split(config.second().bits());
        List<Bits> sums = new ArrayList<>();
        for (int lane = 0; lane < config.lanes(); lane++) {
            sums.add(resized(
                            number(config.first(), firsts.get(lane)).plus(number(config.second(), seconds.get(lane))),
                            config.outputBits())
                    .asBits());
        }
        Bits sum = register(bits(config.lanes() * config.outputBits()));
        when(go, () -> {
            full.next(first.valid().and(second.valid()));
            sum.next(Bits.concat(sums.reversed()));
        });
        out.data().drive(sum);

        ensure(first.fire().eq(second.fire()), "a word is taken from both streams or from neither");
        ensure(out.isSteady(), "a sum once offered stays until it is taken");
    }
}
