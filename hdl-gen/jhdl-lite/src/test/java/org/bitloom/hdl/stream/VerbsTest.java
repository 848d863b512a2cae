package org.bitloom.hdl.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitloom.hdl.stream.Streams.framed;
import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.stream.Streams.Framed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams put together with verbs, as users do. */
class VerbsTest {
    static List<Words.Profile> profiles() {
        return Words.profiles();
    }

    /** One stream in three, each on its way, and together again. */
    static final class Diamond extends Component {
        final StreamIn<UInt> in = slave(stream(uint(9)));
        final StreamOut<Bits> out = master(stream(bits(27)));

        Diamond() {
            List<StreamPort<UInt>> copies = in.fork(3);
            StreamPort<UInt> slow = copies.get(1).registered().queue(3);
            copies.get(0).queue(5).join(slow).join(copies.get(2).registered().registered()).converted(bits(27)).into(out);
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void whatIsForkedAndJoinedIsTogetherAgain(Words.Profile profile) {
        List<BitVector> words = Words.random(9, 200, 1);
        StreamBench bench = Words.Simulator.COMPILED.start(Elaborator.elaborate("diamond", Diamond::new));
        bench.feed("in", words, profile.source()).take("out", profile.sink());
        bench.runUntil("out", words.size());
        bench.run(20);
        assertThat(bench.given("out")).isEqualTo(words.stream()
                .map(word -> BitVector.of(27, word.toLong() * (1 + (1 << 9) + (1 << 18))))
                .toList());
    }

    @Test
    void aDiamondPassesAWordInEachCycle() {
        List<BitVector> words = Words.random(9, 60, 1);
        StreamBench bench = Words.Simulator.COMPILED.start(Elaborator.elaborate("diamond", Diamond::new));
        bench.feed("in", words, Stalls.never()).take("out", Stalls.never());
        bench.runUntil("out", 60);
        assertThat(bench.cycles("out").getLast()).isEqualTo(61);
    }

    /** Two readers that need not take a word in the same cycle. */
    static final class Split extends Component {
        final StreamIn<Bits> in = slave(stream(bits(12)));
        final StreamOut<Bits> left = master(stream(bits(12)));
        final StreamOut<Bits> right = master(stream(bits(12)));

        Split() {
            List<StreamPort<Bits>> copies = in.fork(2);
            copies.get(0).into(left);
            copies.get(1).into(right);
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void eachCopyHasEachWordOnce(Words.Profile profile) {
        List<BitVector> words = Words.random(12, 150, 2);
        StreamBench bench = Words.Simulator.COMPILED.start(Elaborator.elaborate("split", Split::new));
        bench.feed("in", words, profile.source()).take("left", profile.sink()).take("right", Stalls.random(0.4, 9));
        bench.runUntil("left", words.size());
        bench.runUntil("right", words.size());
        bench.run(20);
        assertThat(bench.given("left")).isEqualTo(words);
        assertThat(bench.given("right")).isEqualTo(words);
        assertThat(bench.taken("in")).isEqualTo(words.size());
    }

    /** Pairs of a number and a framed number. */
    static final class Pair extends Component {
        final StreamIn<SInt> number = slave(stream(sint(6)));
        final StreamIn<Bits> other = slave(stream(bits(8)));
        final StreamOut<Bits> out = master(stream(bits(14)));

        Pair() {
            StreamPort<Framed<Bits>> words = other.converted(framed(bits(7))).queue(2);
            number.join(words).converted(bits(14)).into(out);
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void aPairHasOneWordOfEach(Words.Profile profile) {
        List<BitVector> numbers = Words.random(6, 120, 3);
        List<BitVector> others = Words.random(8, 130, 4);
        StreamBench bench = Words.Simulator.COMPILED.start(Elaborator.elaborate("pair", Pair::new));
        bench.feed("number", numbers, profile.source()).feed("other", others, Stalls.random(0.3, 5));
        bench.take("out", profile.sink());
        bench.runUntil("out", 120);
        bench.run(20);
        List<BitVector> pairs = IntStream.range(0, 120)
                .mapToObj(i -> BitVector.of(14, numbers.get(i).toLong() | others.get(i).toLong() << 6))
                .toList();
        assertThat(bench.given("out")).isEqualTo(pairs);
    }

    /** Words of 12 bits that leave as words of 20. */
    static final class Regrouped extends Component {
        final StreamIn<UInt> in = slave(stream(uint(12)));
        final StreamOut<UInt> wide = master(stream(uint(20)));

        Regrouped() {
            in.converted(uint(4)).converted(uint(36)).converted(uint(20)).into(wide);
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void bitsStayInOrderThroughAllWidths(Words.Profile profile) {
        List<BitVector> words = Words.random(12, 150, 6);
        StreamBench bench = Words.Simulator.COMPILED.start(Elaborator.elaborate("regrouped", Regrouped::new));
        bench.feed("in", words, profile.source()).take("wide", profile.sink());
        bench.runUntil("wide", 90);
        bench.run(40);
        assertThat(bits(bench.given("wide"))).isEqualTo(bits(words));
    }

    /** Frames of 5 lanes of 3 bits, from words of 2 to words of 4. */
    static final class Lanes extends Component {
        final StreamIn<Bits> in = slave(stream(bits(6)));
        final StreamOut<Bits> out = master(stream(bits(12)));

        Lanes() {
            in.regrouped(3, 2, 6).regrouped(3, 4, 5).into(out);
        }
    }

    @Test
    void framesAreFilledUpWithZeros() {
        List<BitVector> words = Stream6.words(0, 1, 2, 3, 4, 7, 5, 6, 7, 1, 2, 7);
        StreamBench bench = Words.Simulator.COMPILED.start(Elaborator.elaborate("lanes", Lanes::new));
        bench.feed("in", words, Stalls.never()).take("out", Stalls.never());
        bench.runUntil("out", 4);
        assertThat(bench.given("out").stream().map(word -> Long.toOctalString(word.toLong())))
                .containsExactly("3210", "4", "1765", "2");
    }

    /** Words of two lanes of three bits. */
    private static final class Stream6 {
        static List<BitVector> words(int... lanes) {
            List<BitVector> words = new ArrayList<>();
            for (int i = 0; i < lanes.length; i += 2) {
                words.add(BitVector.of(6, lanes[i] | lanes[i + 1] << 3));
            }
            return words;
        }
    }

    private static List<Boolean> bits(List<BitVector> words) {
        List<Boolean> bits = new ArrayList<>();
        words.forEach(word -> IntStream.range(0, word.width()).forEach(i -> bits.add(word.bit(i))));
        return bits;
    }
}
