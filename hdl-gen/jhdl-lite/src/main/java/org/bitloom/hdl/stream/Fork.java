package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/**
 * Copies a stream. Each copy takes the word when it is ready; the word leaves when all have taken it, so copies never
 * wait for each other within a word. Costs one flip-flop a copy and no latency.
 */
public final class Fork extends Component {
    public record Config(int width, int copies) implements BlockConfig {
        public Config {
            if (copies < 2 || copies > 31) {
                throw new IllegalArgumentException("a fork has 2 to 31 copies, not " + copies);
            }
        }

        @Override
        public Resources cost(Family family) {
            return new Resources(2 * copies + copies / 2, copies, 0, 0, 2);
        }

        @Override
        public String label() {
            return "w" + width + "_x" + copies;
        }

        @Override
        public Timing timing() {
            return new ForkTiming(copies);
        }
    }

    public final StreamIn<Bits> in;
    public final List<StreamOut<Bits>> outs;

    public Fork(Config config) {
        in = slave(stream(bits(config.width())));
        List<StreamOut<Bits>> copies = new ArrayList<>();
        List<Bool> done = new ArrayList<>();
        List<Bool> taken = new ArrayList<>();
        for (int i = 0; i < config.copies(); i++) {
            StreamOut<Bits> copy = master(stream(bits(config.width())), "out" + i);
            Bool served = state(bool(), 0);
            copy.valid().drive(in.valid().and(served.not()));
            copy.data().drive(in.data());
            copies.add(copy);
            taken.add(served);
            done.add(served.or(copy.ready()));
        }
        Bool all = bits(done).all();
        in.ready().drive(all);
        for (int i = 0; i < config.copies(); i++) {
            Bool served = taken.get(i);
            Bool ready = copies.get(i).ready();
            when(in.valid(), () -> served.next(mux(all, no(), served.or(ready))));
        }
        outs = List.copyOf(copies);

        assume(in.isSteady(), "a word once offered stays until it is taken");
        ensure(in.valid().or(bits(taken).any().not()), "no copy has taken a word that is not there");
        copies.forEach(copy -> ensure(copy.isSteady(), "a word once offered to a copy stays until it is taken"));
    }
}
