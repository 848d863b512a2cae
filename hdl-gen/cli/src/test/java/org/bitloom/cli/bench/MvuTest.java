package org.bitloom.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.sim.Simulation;
import org.junit.jupiter.api.Test;

/** The unit of the comparison fires where as many weights and activations agree as its threshold says. */
class MvuTest {
    private static final UnitShape SHAPE = new UnitShape(64, 4, 256, 12);

    private final Simulation unit = CompiledSimulator.compile(Mvu.design(SHAPE), 1);
    private final List<String> inputs =
            unit.design().top().module().inputs().stream().map(Netlist.InputPort::name).toList();
    private final List<String> outputs =
            unit.design().top().module().outputs().stream().map(Netlist.OutputPort::name).toList();

    private void set(String port, long value) {
        unit.set(inputs.indexOf(port), value);
    }

    private long get(String port) {
        return unit.get(outputs.indexOf(port));
    }

    @Test
    void equalsTheGoldenModelUnderStalls() {
        assertThat(inputs).containsExactlyInAnyOrder("x_valid", "x_payload", "y_ready");
        assertThat(outputs).containsExactlyInAnyOrder("x_ready", "y_valid", "y_payload");
        Random random = new Random(1);
        int words = SHAPE.synapseFolds() * 5;
        long[] activations = random.longs(words).toArray();
        List<Long> given = new ArrayList<>();
        unit.reset(true);
        unit.clock();
        unit.reset(false);
        int taken = 0;
        boolean offering = false;
        for (int cycle = 0; given.size() < SHAPE.neuronFolds() * 5 && cycle < 5_000; cycle++) {
            offering |= taken < words && random.nextInt(4) != 0;
            boolean ready = random.nextInt(4) != 0;
            set("x_valid", offering ? 1 : 0);
            set("x_payload", offering ? activations[taken] : random.nextLong());
            set("y_ready", ready ? 1 : 0);
            boolean takes = offering && get("x_ready") == 1;
            if (ready && get("y_valid") == 1) {
                given.add(get("y_payload"));
            }
            unit.clock();
            if (takes) {
                taken++;
                offering = false;
            }
        }
        assertThat(given).isEqualTo(golden(activations));
    }

    /** From the contents' definition, row by row. */
    private static List<Long> golden(long[] activations) {
        List<Long> results = new ArrayList<>();
        int k = SHAPE.columns();
        for (int frame = 0; frame < activations.length / SHAPE.synapseFolds(); frame++) {
            for (int fold = 0; fold < SHAPE.neuronFolds(); fold++) {
                long fires = 0;
                for (int pe = 0; pe < SHAPE.pe(); pe++) {
                    int count = 0;
                    for (int word = 0; word < SHAPE.synapseFolds(); word++) {
                        long weights = UnitContents.mix((pe * 4096L + fold * SHAPE.synapseFolds() + word) << 8);
                        count += Long.bitCount(~(weights ^ activations[frame * SHAPE.synapseFolds() + word]));
                    }
                    long threshold = k / 2 - k / 64
                            + Long.remainderUnsigned(UnitContents.mix((1L << 40) + pe * 4096L + fold), k / 32);
                    fires |= (count >= threshold ? 1L : 0L) << pe;
                }
                results.add(fires);
            }
        }
        return results;
    }

    @Test
    void contentsAreThoseOfTheOtherHdls() {
        UnitContents contents = new UnitContents(UnitShape.SMALL);
        assertThat(UnitContents.mix(0)).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(contents.weights().depth()).isEqualTo(64);
        assertThat(contents.weights().word(0).slice(63, 0)).isEqualTo(BitVector.of(64, 0xE220A8397B1DCDAFL));
        assertThat(contents.accumulatorBits()).isEqualTo(11);
    }

    @Test
    void aShapeThatDoesNotDivideIsRefused() {
        assertThatThrownBy(() -> new UnitShape(64, 3, 256, 64)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnitShape(48, 4, 96, 64)).isInstanceOf(IllegalArgumentException.class);
    }
}
