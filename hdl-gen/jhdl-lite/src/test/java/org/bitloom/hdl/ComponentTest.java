package org.bitloom.hdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.sim.Interpreter;
import org.bitloom.hdl.sim.Simulation;
import org.junit.jupiter.api.Test;

/** Components as users write them: what they become, and that they do what they say. */
class ComponentTest {
    /** Counts up to a limit and starts again. Second sentence. */
    static final class Counter extends Component {
        record Config(int limit) implements Labelled {
            @Override
            public String label() {
                return "l" + limit;
            }
        }

        final Bool advance = input(bool());
        final UInt count;
        final Bool last = output(bool());

        Counter(Config config) {
            count = output(uint(bitsFor(config.limit() - 1)));
            UInt value = state(uint(bitsFor(config.limit() - 1)), 0);
            Bool atEnd = value.eq(config.limit() - 1);
            when(advance, () -> value.next(mux(atEnd, lit(0), value.plus(1)).fit(value)));
            count.drive(value);
            last.drive(atEnd);
        }
    }

    static final class Two extends Component {
        final Bool go = input(bool());
        final UInt low = output(uint(2));
        final UInt high = output(uint(3));
        final UInt word = output(uint(8));

        Two() {
            Counter first = instance(Counter::new, new Counter.Config(3));
            Counter second = instance(Counter::new, new Counter.Config(5));
            Counter third = instance(Counter::new, new Counter.Config(3));
            first.advance.drive(go);
            second.advance.drive(go.and(first.last));
            third.advance.drive(second.last);
            low.drive(first.count);
            high.drive(second.count);
            Rom<UInt> table = rom(uint(8), 4)
                    .contents(MemoryContents.of(
                            8,
                            IntStream.range(0, 4)
                                    .mapToObj(i -> BitVector.of(8, 10L + i))
                                    .toList()));
            UInt entry = table.read(third.count);
            word.drive(entry);
        }
    }

    @Test
    void countersCount() {
        Simulation simulation = new Interpreter(Elaborator.elaborate("two", Two::new), 1);
        simulation.reset(true);
        simulation.clock();
        simulation.reset(false);
        simulation.set(0, 1);
        for (int cycle = 0; cycle < 40; cycle++) {
            assertThat(simulation.get(0)).isEqualTo(cycle % 3);
            assertThat(simulation.get(1)).isEqualTo(cycle / 3 % 5);
            simulation.clock();
        }
    }

    @Test
    void namesComeFromJavaAndEqualConfigurationsShareOneModule() {
        Design design = Elaborator.elaborate("two", Two::new);
        assertThat(design.modules()).extracting(Netlist::name).containsExactly("two_counter_l3", "two_counter_l5", "two");
        Netlist top = design.top().module();
        assertThat(top.instances()).extracting(Netlist.InstanceDefinition::name).containsExactly("first", "second", "third");
        assertThat(top.instances().get(0).module()).isSameAs(top.instances().get(2).module());
        assertThat(top.memories()).extracting(Netlist.MemoryDefinition::name).containsExactly("table");
        assertThat(top.names()).contains("entry");
        Netlist counter = design.modules().getFirst();
        assertThat(counter.registers()).extracting(Netlist.RegisterDefinition::name).containsExactly("value");
        assertThat(counter.names()).contains("atEnd");
        assertThat(counter.summary()).isEqualTo("Counts up to a limit and starts again.");
        assertThat(counter.parameters()).hasToString("Config[limit=3]");
    }

    static final class Branches extends Component {
        Branches() {
            UInt kind = input(uint(2));
            UInt value = input(uint(4));
            Bool clear = input(bool());
            SInt result = output(sint(6));
            UInt kept = output(uint(4));
            UInt memory = state(uint(4), 7);
            select(kind)
                    .is(0, () -> result.drive(value.asSInt()))
                    .is(1, () -> result.drive(value.asSInt().negate()))
                    .is(2, () -> when(clear, () -> result.drive(-32)).otherwise(() -> result.drive(31)))
                    .is(3, () -> result.drive(value.minus(3)));
            when(clear, () -> memory.next(0))
                    .elseWhen(kind.eq(1), () -> when(value.ge(8), () -> memory.next(value)))
                    .elseWhen(kind.eq(2), () -> memory.next(value.saturate(2)));
            kept.drive(memory);
        }
    }

    @Test
    void branchesTakeTheFirstThatHolds() {
        Simulation simulation = new Interpreter(Elaborator.elaborate("branches", Branches::new), 1);
        simulation.reset(true);
        simulation.clock();
        simulation.reset(false);
        long memory = 7;
        for (int i = 0; i < 128; i++) {
            long kind = i & 3;
            long value = i >> 2 & 15;
            long clear = i >> 6;
            simulation.set(0, kind);
            simulation.set(1, value);
            simulation.set(2, clear);
            long expected =
                    switch ((int) kind) {
                        case 0 -> value;
                        case 1 -> -value;
                        case 2 -> clear == 1 ? -32 : 31;
                        default -> value - 3;
                    };
            assertThat(simulation.get(0)).isEqualTo(expected & 63);
            assertThat(simulation.get(1)).isEqualTo(memory);
            simulation.clock();
            if (clear == 1) {
                memory = 0;
            } else if (kind == 1 && value >= 8) {
                memory = value;
            } else if (kind == 2) {
                memory = Math.min(value, 3);
            }
        }
    }

    record Pair(UInt small, SInt large) implements Bundle {
        static final Shape<Pair> SHAPE = Shape.of(make -> new Pair(make.leaf("small", Type.uint(3)), make.leaf("large", Type.sint(7))));

        @Override
        public void forEach(java.util.function.BiConsumer<String, Signal<?>> visitor) {
            visitor.accept("small", small);
            visitor.accept("large", large);
        }
    }

    static final class Bundled extends Component {
        Bundled() {
            Pair pair = input(Pair.SHAPE);
            Pair out = output(Pair.SHAPE);
            Pair kept = register(Pair.SHAPE);
            kept.small().next(pair.small());
            kept.large().next(pair.large());
            Pair back = Pair.SHAPE.unpack(Pair.SHAPE.pack(kept));
            out.small().drive(back.small());
            out.large().drive(back.large());
        }
    }

    @Test
    void bundlesAreNamedByPart() {
        Netlist module = Elaborator.elaborate("bundled", Bundled::new).top().module();
        assertThat(module.inputs()).extracting(Netlist.InputPort::name).containsExactly("pair_small", "pair_large");
        assertThat(module.registers()).extracting(Netlist.RegisterDefinition::name).containsExactly("kept_small", "kept_large");
    }

    static final class Renamed extends Component {
        Renamed() {
            List<UInt> in = List.of(input(uint(3)).named("a"), input(uint(3)).named("b"));
            UInt sum = output(uint(4)).named("total");
            sum.drive(in.get(0).plus(in.get(1)));
        }
    }

    @Test
    void namesCanBeGiven() {
        Netlist module = Elaborator.elaborate("renamed", Renamed::new).top().module();
        assertThat(module.inputs()).extracting(Netlist.InputPort::name).containsExactly("a", "b");
        assertThat(module.outputs()).extracting(Netlist.OutputPort::name).containsExactly("total");
    }

    static final class Looped extends Component {
        Looped() {
            UInt a = input(uint(8));
            UInt y = output(uint(11));
            List<UInt> parts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                UInt step = state(uint(8), 0);
                step.next(i == 0 ? a : parts.get(i - 1));
                parts.add(step);
            }
            y.drive(sum(parts));
        }
    }

    @Test
    void namesInLoopsAreNumbered() {
        Netlist module = Elaborator.elaborate("looped", Looped::new).top().module();
        assertThat(module.registers()).extracting(Netlist.RegisterDefinition::name).containsExactly("step_0", "step_1", "step_2");
    }

    @Test
    void elaborationIsRepeatable() {
        assertThat(Elaborator.elaborate("two", Two::new).modules().toString())
                .isEqualTo(Elaborator.elaborate("two", Two::new).modules().toString());
    }
}
