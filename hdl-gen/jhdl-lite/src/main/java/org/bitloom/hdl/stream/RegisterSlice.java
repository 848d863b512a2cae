package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/**
 * Cuts every path of a stream with registers and keeps one word a cycle (a skid buffer). Costs two words and two bits of
 * flip-flops and one cycle of latency. Ready falls only when both words are full, so it does not depend on the other
 * side's ready.
 */
public final class RegisterSlice extends Component {
    public record Config(int width) implements BlockConfig {
        @Override
        public String label() {
            return "w" + width;
        }

        /** To those around it, it is a FIFO of two words. */
        @Override
        public FifoTiming timing() {
            return new FifoTiming(2);
        }

        @Override
        public Resources cost(Family family) {
            return new Resources(width + 4, 2 * width + 2, 0, 0, 2);
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public RegisterSlice(Config config) {
        in = slave(stream(bits(config.width())));
        out = master(stream(bits(config.width())));
        Bool full = state(bool(), 0);
        Bool spilled = state(bool(), 0);
        Bits word = register(bits(config.width()));
        Bits spill = register(bits(config.width()));

        in.ready().drive(spilled.not());
        out.valid().drive(full);
        out.data().drive(word);

        Bool free = full.not().or(out.ready());
        when(free, () -> {
                    full.next(in.valid().or(spilled));
                    word.next(mux(spilled, spill, in.data()));
                    spilled.next(0);
                })
                .elseWhen(in.fire(), () -> spilled.next(1));
        when(spilled.not(), () -> spill.next(in.data()));

        ensure(full.or(spilled.not()), "the second word is there only behind a first");
        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }
}
