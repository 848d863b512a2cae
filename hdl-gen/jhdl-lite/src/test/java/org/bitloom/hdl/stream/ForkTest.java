package org.bitloom.hdl.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForkTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void everyCopyGivesAllWordsInTheCyclesOfTheTiming(int copies) {
        Fork.Config config = new Fork.Config(8, copies);
        List<String> outputs = IntStream.range(0, copies).mapToObj(i -> "out" + i).toList();
        List<BitVector> words = Words.random(8, 200, copies);
        StreamBench bench = new StreamBench(CompiledSimulator.compile(Elaborator.elaborate("fork", Fork::new, config), 1))
                .reset()
                .follow(config.timing(), List.of("in"), outputs)
                .feed("in", words, Stalls.random(0.3, 1));
        for (int i = 0; i < copies; i++) {
            bench.take("out" + i, Stalls.random(0.2 * i, 2 + i));
        }
        outputs.forEach(output -> bench.runUntil(output, words.size()));
        outputs.forEach(output -> assertThat(bench.given(output)).isEqualTo(words));
    }

    @Test
    void aSingleCopyIsNoFork() {
        assertThatThrownBy(() -> new Fork.Config(8, 1)).hasMessage("a fork has 2 to 31 copies, not 1");
    }
}
