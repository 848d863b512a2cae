package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.blocks.ConcatUnit.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.stream.Stalls;
import org.bitloom.hdl.stream.StreamBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConcatUnitTest {
    private static final int PIXELS = 60;

    static Stream<List<Integer>> words() {
        return Stream.of(
                List.of(1, 1), List.of(2, 2), List.of(1, 3), List.of(4, 1, 2), List.of(1, 1, 1), List.of(3, 3, 3, 3, 3));
    }

    @ParameterizedTest
    @MethodSource("words")
    void theWordsOfEachStreamInTurn(List<Integer> words) {
        Config config = new Config(70, words);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(words.hashCode());
        List<List<BitVector>> inputs = words.stream().<List<BitVector>>map(_ -> new ArrayList<>()).toList();
        List<BitVector> expected = new ArrayList<>();
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            for (int i = 0; i < words.size(); i++) {
                for (int word = 0; word < words.get(i); word++) {
                    BitVector value = BitVector.of(70, random.nextLong(), random.nextLong());
                    inputs.get(i).add(value);
                    expected.add(value);
                }
            }
        }
        StreamBench bench = new StreamBench(
                CompiledSimulator.compile(Elaborator.elaborate("unit", ConcatUnit::new, config), 1));
        for (double stall : new double[] {0.0, 0.3, 0.9}) {
            for (int early = 0; early < 4; early++) {
                start(bench, config, inputs, stall).run(7 * early); // lost in the reset that follows
            }
            start(bench, config, inputs, stall).runUntil("out", expected.size());
            assertThat(bench.given("out")).isEqualTo(expected);
        }
    }

    private static StreamBench start(StreamBench bench, Config config, List<List<BitVector>> inputs, double stall) {
        List<String> names = IntStream.range(0, inputs.size()).mapToObj(i -> "in" + i).toList();
        bench.reset().follow(config.timing(), names, List.of("out"));
        for (int i = 0; i < inputs.size(); i++) {
            bench.feed(names.get(i), inputs.get(i), Stalls.random(i % 2 == 0 ? stall : stall / 3, i));
        }
        return bench.take("out", Stalls.random(stall, 9));
    }

    @Test
    void aSingleStreamIsRefused() {
        assertThatThrownBy(() -> new Config(8, List.of(3)))
                .hasMessage("2 to 31 streams of at least a word a pixel are put together, not [3]");
    }
}
