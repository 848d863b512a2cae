package org.bitloom.hdl.stream;

import static org.bitloom.hdl.stream.Streams.stream;

import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/** Pairs the words of two streams, {@code first} in the lower bits. No registers, no latency. */
public final class Join extends Component {
    public record Config(int firstWidth, int secondWidth) implements Labelled {
        /** What it takes of a device. */
        public Resources cost(Family family) {
            return new Resources(3, 0, 0, 0, 1);
        }

        @Override
        public String label() {
            return "w" + firstWidth + "_w" + secondWidth;
        }
    }

    public final StreamIn<Bits> first;
    public final StreamIn<Bits> second;
    public final StreamOut<Bits> out;

    public Join(Config config) {
        first = slave(stream(bits(config.firstWidth())));
        second = slave(stream(bits(config.secondWidth())));
        out = master(stream(bits(config.firstWidth() + config.secondWidth())));
        Bool both = first.valid().and(second.valid());
        out.valid().drive(both);
        out.data().drive(second.data().cat(first.data()));
        first.ready().drive(out.ready().and(second.valid()));
        second.ready().drive(out.ready().and(first.valid()));

        assume(first.isSteady(), "a first word once offered stays until it is taken");
        assume(second.isSteady(), "a second word once offered stays until it is taken");
        ensure(out.isSteady(), "a pair once offered stays until it is taken");
    }
}
