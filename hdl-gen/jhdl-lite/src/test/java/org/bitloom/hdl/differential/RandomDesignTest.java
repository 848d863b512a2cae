package org.bitloom.hdl.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.bitloom.hdl.ir.CombinationalAnalysis;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;
import org.junit.jupiter.api.Test;

class RandomDesignTest {
    private static Design design(long seed) {
        return RandomDesign.generate(Choices.ofSeed(seed), Profile.SIMULATION, "Top");
    }

    @Test
    void aSeedGivesTheSameDesignAndTheSameTraceAgain() {
        for (long seed = 0; seed < 20; seed++) {
            Choices choices = Choices.ofSeed(seed);
            Design first = RandomDesign.generate(choices, Profile.SIMULATION, "Top");
            Design replayed = RandomDesign.generate(Choices.of(choices.drawn()), Profile.SIMULATION, "Top");
            assertThat(NetlistText.of(replayed)).isEqualTo(NetlistText.of(first));
            assertThat(Trial.of(replayed, seed, 10).outputs()).isEqualTo(Trial.of(first, seed, 10).outputs());
        }
    }

    @Test
    void anyChoicesGiveADesignEvenNoneAtAll() {
        Design design = RandomDesign.generate(Choices.of(new int[0]), Profile.SIMULATION, "Top");
        assertThat(design.modules()).hasSize(1);
        assertThat(design.top().module().nodes()).hasSizeLessThan(5);
    }

    @Test
    void everyKindOfNodeAndStateIsCommonAndNoneLoops() {
        Map<String, Integer> counts = new TreeMap<>();
        CombinationalAnalysis analysis = new CombinationalAnalysis();
        LongStream.range(0, 300).mapToObj(RandomDesignTest::design).forEach(design -> {
            assertThat(analysis.of(design.top().module()).loops()).isEmpty();
            for (Netlist module : design.modules()) {
                module.nodes().stream()
                        .map(node -> node.getClass().getSimpleName())
                        .distinct()
                        .forEach(kind -> counts.merge(kind, 1, Integer::sum));
                module.memories().forEach(memory -> counts.merge(
                        (memory.isRom() ? "ROM" : "RAM " + memory.collision()) + (memory.external() ? " external" : ""),
                        1, Integer::sum));
            }
        });
        System.out.println("In 300 designs, modules with each kind of node and memories: " + counts);
        for (Class<?> kind : Node.class.getPermittedSubclasses()) {
            assertThat(counts.getOrDefault(kind.getSimpleName(), 0)).as(kind.getSimpleName()).isGreaterThan(30);
        }
        assertThat(counts.keySet()).contains("ROM", "ROM external", "RAM READ_OLD", "RAM NEVER", "RAM NEVER external");
    }
}
