package org.bitloom.hdl.stream;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bitloom.hdl.stream.Streams.stream;

import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.sim.CheckFailedException;
import org.bitloom.hdl.sim.Interpreter;
import org.bitloom.hdl.sim.Simulation;
import org.junit.jupiter.api.Test;

/** Streams that break their rule are found out, by the bench and by the claims in the components. */
class StreamBenchTest {
    private static final List<BitVector> WORDS = Words.random(4, 20, 1);

    /** Offers a word for one cycle, whether it is taken or not. */
    static final class Fickle extends Component {
        final StreamIn<Bits> in = slave(stream(bits(4)));
        final StreamOut<Bits> out = master(stream(bits(4)));

        Fickle() {
            Bool there = state(bool(), 0);
            Bits word = register(bits(4));
            in.ready().drive(there.not());
            there.next(in.fire());
            word.next(in.data());
            out.valid().drive(there);
            out.data().drive(mux(out.ready(), word, word.not()));
        }
    }

    /** Counts while its word waits. */
    static final class Restless extends Component {
        final StreamIn<Bits> in = slave(stream(bits(4)));
        final StreamOut<Bits> out = master(stream(bits(4)));

        Restless() {
            UInt count = state(uint(4), 0);
            count.next(count.plus(1).low(4));
            in.ready().drive(out.ready());
            out.valid().drive(in.valid());
            out.data().drive(in.data().xor(count.asBits()));
        }
    }

    @Test
    void aWithdrawnWordIsAnError() {
        StreamBench bench = new StreamBench(new Interpreter(Elaborator.elaborate("fickle", Fickle::new), 1)).reset();
        bench.feed("in", WORDS, Stalls.never()).take("out", cycle -> true);
        assertThatThrownBy(() -> bench.run(20))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("fickle, cycle ")
                .hasMessageEndingWith(": stream out has withdrawn its word");
    }

    @Test
    void aChangedWordIsAnError() {
        StreamBench bench = new StreamBench(new Interpreter(Elaborator.elaborate("restless", Restless::new), 1)).reset();
        bench.feed("in", WORDS, Stalls.never()).take("out", Stalls.alternating());
        assertThatThrownBy(() -> bench.run(20)).hasMessageEndingWith(": stream out has changed its word");
    }

    @Test
    void anotherTimingIsAnError() {
        Simulation slice = new Interpreter(
                Elaborator.elaborate("slice", RegisterSlice::new, new RegisterSlice.Config(4)), 1);
        StreamBench bench = new StreamBench(slice).reset().follow(new FifoTiming(3));
        bench.feed("in", WORDS, Stalls.never()).take("out", cycle -> true);
        assertThatThrownBy(() -> bench.run(9)).hasMessage("slice, cycle 2 after reset: in_ready is not as in the timing");
    }

    @Test
    void aStreamThatStandsStillIsAnError() {
        Simulation slice = new Interpreter(
                Elaborator.elaborate("slice", RegisterSlice::new, new RegisterSlice.Config(4)), 1);
        StreamBench bench = new StreamBench(slice).reset().feed("in", WORDS, Stalls.never()).take("out", Stalls.never());
        assertThatThrownBy(() -> bench.runUntil("out", 21)).hasMessageContaining("no word has moved for 100000 cycles");
    }

    @Test
    void aComponentNoticesAMasterThatWithdraws() {
        Simulation fork = new Interpreter(Elaborator.elaborate("copies", Fork::new, new Fork.Config(1, 2)), 1);
        fork.reset(true);
        fork.clock();
        fork.reset(false);
        fork.set(0, 1);
        fork.clock();
        assertThatCode(fork::clock).doesNotThrowAnyException();
        fork.set(0, 0);
        assertThatThrownBy(fork::clock)
                .isInstanceOf(CheckFailedException.class)
                .hasMessageContaining("a word once offered stays until it is taken");
    }
}
