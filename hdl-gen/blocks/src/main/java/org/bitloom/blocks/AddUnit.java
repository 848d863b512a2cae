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
 * one cycle later, or two with a register before the adders. Ready depends on the other stream's valid and on the other side's ready.
 */
public final class AddUnit extends Block {
    /**
     * @param outputBits bits of a sum, which is signed and modulo 2^outputBits
     * @param stages     registers before the adders, 0 or 1
     */
    public record Config(Format first, Format second, int lanes, int outputBits, int stages) implements BlockConfig {
        public Config {
            if (lanes < 1 || outputBits < 1) {
                throw new IllegalArgumentException("lanes and bits are positive, not " + lanes + ", " + outputBits);
            }
            if (stages < 0 || stages > 1) {
                throw new IllegalArgumentException("one register can stand before an adder, not " + stages);
            }
        }

        public Config withStages(int newStages) {
            return new Config(first, second, lanes, outputBits, newStages);
        }

        @Override
        public String label() {
            return "l" + lanes + "_" + first + second;
        }

        /** Its inputs are {@code first} and {@code second}. */
        @Override
        public Timing timing() {
            return new AddTiming(1 + stages);
        }

        @Override
        public List<LogicPath> paths(Family family) {
            LogicPath sum = LogicPath.of("sum", 1, outputBits);
            LogicPath control = LogicPath.of("control", 2, 0);
            return stages == 0
                    ? List.of(sum.fromTheInput(), control)
                    : List.of(LogicPath.of("input", 0, 0).fromTheInput(), sum, control);
        }

        @Override
        public Resources cost(Family family) {
            Format narrower = first.bits() < second.bits() ? first : second;
            // On Xilinx the bits of one operand alone need no LUT before the carry chain.
            boolean alone = narrower instanceof Format.Unsigned && Fabric.of(family).hasChoosingAdders();
            int lane = alone ? Math.min(outputBits, narrower.bits()) : outputBits;
            int before = stages * (lanes * (first.bits() + second.bits()) + 1);
            return new Resources(lanes * lane + 4 + stages, lanes * outputBits + 1 + before, 0, 0, 2);
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
        Chain chain = chain(config.stages(), first.valid().and(second.valid()), go);
        first.ready().drive(chain.ready().and(second.valid()));
        second.ready().drive(chain.ready().and(first.valid()));
        out.valid().drive(full);

        boolean direct = config.stages() == 0;
        Bits firstWord = direct ? first.data() : kept(first.data(), chain.ready());
        Bits secondWord = direct ? second.data() : kept(second.data(), chain.ready());
        List<Bits> firsts = firstWord.split(config.first().bits());
        List<Bits> seconds = secondWord.split(config.second().bits());
        List<Bits> sums = new ArrayList<>();
        for (int lane = 0; lane < config.lanes(); lane++) {
            sums.add(resized(
                            number(config.first(), firsts.get(lane)).plus(number(config.second(), seconds.get(lane))),
                            config.outputBits())
                    .asBits());
        }
        Bits sum = register(bits(config.lanes() * config.outputBits()));
        when(go, () -> {
            full.next(chain.full());
            sum.next(Bits.concat(sums.reversed()));
        });
        out.data().drive(sum);

        ensure(first.fire().eq(second.fire()), "a word is taken from both streams or from neither");
        ensure(out.isSteady(), "a sum once offered stays until it is taken");
    }
}
