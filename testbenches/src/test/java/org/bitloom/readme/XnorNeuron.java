package org.bitloom.readme;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Rom;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;

/** Counts on how many inputs weight and activation agree, a word a cycle, and fires when enough of a frame did. */
public final class XnorNeuron extends Component {
    public record Config(int simd, List<Integer> weights, int threshold) {}

    public final StreamIn<Bits> activations;
    public final StreamOut<Bool> fires;

    public XnorNeuron(Config config) {
        int simd = config.simd();
        int words = config.weights().size();
        activations = slave(stream(bits(simd)));
        fires = master(stream(bool()));

        UInt word = state(uint(bitsFor(words - 1)), 0); // steers: has a reset
        Bool full = state(bool(), 0);
        UInt count = register(uint(bitsFor(simd * words))); // data: has none
        Bool lastWord = word.eq(words - 1);
        Bool go = full.not().or(fires.ready());

        Rom<Bits> weights = rom(bits(simd), words);
        weights.contents(MemoryContents.of(
                simd, config.weights().stream().map(w -> BitVector.of(simd, w)).toList()));
        UInt agreeing = activations.data().xnor(weights.read(word)).popCount();
        UInt soFar = mux(word.eq(0), lit(0), count);
        when(activations.fire(), () -> {
            count.next(soFar.plus(agreeing).fit(count));
            word.next(mux(lastWord, lit(0), word.plus(1)).fit(word));
        });
        when(go, () -> full.next(activations.valid().and(lastWord)));

        activations.ready().drive(go);
        fires.valid().drive(full);
        fires.data().drive(count.ge(config.threshold()));
    }
}
