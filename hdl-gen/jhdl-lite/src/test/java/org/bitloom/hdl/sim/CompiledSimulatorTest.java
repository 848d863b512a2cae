package org.bitloom.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.InputPort;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;
import org.bitloom.hdl.ir.Node.BitOperator;
import org.bitloom.hdl.ir.Occurrence;
import org.bitloom.hdl.ir.Semantics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compiler has and the interpreter has not: limbs, phases, methods that are cut, code shared by instances. */
class CompiledSimulatorTest {
    private static final int METHOD_BYTES = 7_900;

    @Test
    void everyOperatorGivesWhatItMeansAtAllBordersOfLimbs() {
        SplittableRandom random = new SplittableRandom(1);
        for (int width : RandomNetlist.WIDTHS) {
            for (int other : RandomNetlist.WIDTHS) {
                NetlistBuilder b = new NetlistBuilder();
                int[] in = {b.input("x", width), b.input("y", width), b.input("z", other), b.input("c", 1)};
                List<Integer> made = operators(b, in);
                made.forEach(node -> b.output("o" + node, node));
                Netlist module = b.build("Top", "", "");
                Simulation simulation = CompiledSimulator.compile(design(module), 1);
                for (int round = 0; round < 12; round++) {
                    BitVector[] values = new BitVector[in.length];
                    for (int i = 0; i < in.length; i++) {
                        values[i] = value(b.width(in[i]), random);
                        simulation.set(i, values[i]);
                    }
                    for (int i = 0; i < made.size(); i++) {
                        assertThat(simulation.output(i))
                                .as("%s with %s", module.node(made.get(i)), List.of(values))
                                .isEqualTo(meaning(module, made.get(i), values));
                    }
                }
            }
        }
    }

    private static List<Integer> operators(NetlistBuilder b, int[] in) {
        int width = b.width(in[0]);
        List<Integer> made = new ArrayList<>(List.of(b.not(in[0]), b.add(in[0], in[1]), b.subtract(in[0], in[1])));
        for (BitOperator operator : BitOperator.values()) {
            made.add(b.bitwise(operator, in[0], in[1]));
            made.add(b.popCount(b.bitwise(operator, in[0], in[1])));
        }
        for (Node.Reduction reduction : Node.Reduction.values()) {
            made.add(b.reduce(reduction, in[0]));
        }
        for (Node.ShiftKind kind : Node.ShiftKind.values()) {
            made.add(b.shift(kind, in[0], in[2]));
        }
        for (boolean signed : new boolean[] {false, true}) {
            made.add(b.multiply(signed, in[0], in[2]));
            made.add(b.less(signed, in[0], in[1]));
            made.add(b.extend(signed, in[0], width + b.width(in[2])));
            made.add(b.sum(signed, width + 3, List.of(in[0], in[1], in[0], b.not(in[1]))));
        }
        made.add(b.equal(in[0], in[1]));
        made.add(b.popCount(in[0]));
        made.add(b.mux(in[3], in[0], in[1]));
        made.add(b.concat(List.of(in[0], in[2], in[3], in[1])));
        made.add(b.select(in[2], List.of(in[0], in[1], b.not(in[0]))));
        made.add(b.select(in[2], List.of(constant(b, width, 1), constant(b, width, -1), constant(b, width, 5))));
        for (int low = 0; low < width; low += 1 + width / 5) {
            made.add(b.slice(in[0], width - 1, low));
            made.add(b.slice(in[0], Math.min(width - 1, low + 40), low));
        }
        return made;
    }

    private static int constant(NetlistBuilder b, int width, long value) {
        return b.constant(BitVector.ofSigned(width, value));
    }

    private static BitVector meaning(Netlist module, int node, BitVector[] inputs) {
        return module.node(node) instanceof Node.Input n
                ? inputs[n.port()]
                : Semantics.evaluate(module.node(node), operand -> meaning(module, operand, inputs));
    }

    /** Often at a border of its range. */
    private static BitVector value(int width, SplittableRandom random) {
        long[] limbs = random.longs(BitVector.limbCount(width)).toArray();
        return switch (random.nextInt(6)) {
            case 0 -> BitVector.zero(width);
            case 1 -> BitVector.ones(width);
            case 2 -> BitVector.of(width, random.nextInt(300));
            default -> BitVector.of(width, limbs);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 1000, METHOD_BYTES})
    void aModuleCutIntoManyMethodsRunsLikeTheInterpreter(int methodBytes) {
        for (int seed = 0; seed < 25; seed++) {
            Design design = design(RandomNetlist.of(seed, 30 + 20 * seed));
            compare(design, CompiledSimulator.compile(design, seed, seed % 3 == 0, methodBytes), seed, 25);
        }
    }

    private static void compare(Design design, Simulation simulation, long seed, int cycles) {
        Simulation oracle = new Interpreter(design, seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<InputPort> inputs = design.top().module().inputs();
        for (int cycle = 0; cycle < cycles; cycle++) {
            boolean reset = random.nextInt(4) > 0;  // memories are also used beyond their depth, which is reported else
            for (int port = 0; port < inputs.size(); port++) {
                BitVector value = value(inputs.get(port).width(), random);
                oracle.set(port, value);
                simulation.set(port, value);
            }
            for (int port = 0; port < design.top().module().outputs().size(); port++) {
                assertThat(simulation.output(port))
                        .as("seed %d, cycle %d, output %d", seed, cycle, port)
                        .isEqualTo(oracle.output(port));
            }
            oracle.reset(reset);
            simulation.reset(reset);
            assertThat(failure(simulation)).isEqualTo(failure(oracle));
        }
    }

    private static String failure(Simulation simulation) {
        try {
            simulation.clock();
            return "none";
        } catch (CheckFailedException e) {
            return e.getMessage();
        }
    }

    @Test
    void aChainOfManyNodesNeedsNoDeepStack() {
        NetlistBuilder b = new NetlistBuilder();
        int start = b.input("x", 16);
        int node = start;
        int register = b.register(16);
        for (int i = 0; i < 20_000; i++) {
            node = switch (i % 3) {
                case 0 -> b.add(node, start);
                case 1 -> b.not(node);
                default -> b.mux(b.slice(node, 3, 3), node, register);
            };
        }
        b.defineRegister(register, "r", node, Netlist.ALWAYS, Optional.of(BitVector.zero(16)));
        b.output("y", b.not(node));
        Design design = design(b.build("Chain", "", ""));
        compare(design, CompiledSimulator.compile(design, 1), 1, 10);
    }

    @Test
    void aPipelineOfWideRegistersIsShiftedInAnyOrderOfDefinition() {
        for (boolean enabled : new boolean[] {false, true}) {
            NetlistBuilder b = new NetlistBuilder();
            int in = b.input("x", 300);
            int enable = enabled ? b.input("enable", 1) : Netlist.ALWAYS;
            int[] stages = new int[300];
            for (int i = 0; i < stages.length; i++) {
                stages[i] = b.register(300);
            }
            for (int i = 0; i < stages.length; i++) {
                int next = switch (i) {
                    case 0 -> in;
                    case 150 -> b.bitwise(BitOperator.XOR, stages[299], stages[149]);
                    default -> stages[i - 1];
                };
                b.defineRegister(stages[i], "r" + i, next, enable, Optional.empty());
            }
            b.output("y", stages[299]);
            b.output("z", stages[151]);
            Design design = design(b.build("Pipeline", "", ""));
            compare(design, CompiledSimulator.compile(design, 1), 1, 40);
        }
    }

    @Test
    void readyBackwardsAndValidForwardsPassThroughManyInstances() {
        NetlistBuilder s = new NetlistBuilder();
        int valid = s.input("valid", 1);
        int data = s.input("data", 130);
        int ready = s.input("ready", 1);
        int full = s.register(1);
        int kept = s.register(130);
        int canTake = s.bitwise(BitOperator.OR, s.not(full), ready);
        s.defineRegister(full, "full", s.bitwise(BitOperator.OR, valid, s.not(canTake)), Netlist.ALWAYS,
                Optional.of(BitVector.zero(1)));
        s.defineRegister(kept, "kept", s.add(data, s.constant(BitVector.of(130, 1))),
                s.bitwise(BitOperator.AND, valid, canTake), Optional.empty());
        s.output("readyOut", canTake);
        s.output("validOut", s.bitwise(BitOperator.OR, full, valid));
        s.output("dataOut", s.mux(full, kept, data));
        Netlist stage = s.build("Stage", "", "");

        NetlistBuilder b = new NetlistBuilder();
        int count = 40;
        int nextValid = b.input("valid", 1);
        int nextData = b.input("data", 130);
        int lastReady = b.input("ready", 1);
        int[] instances = new int[count];
        int[] readies = new int[count];
        for (int i = 0; i < count; i++) {
            instances[i] = b.instance();
            readies[i] = b.instanceOutput(instances[i], 0, 1);
        }
        for (int i = 0; i < count; i++) {
            b.defineInstance(instances[i], "stage" + i, stage,
                    List.of(nextValid, nextData, i + 1 < count ? readies[i + 1] : lastReady));
            nextValid = b.instanceOutput(instances[i], 1, 1);
            nextData = b.instanceOutput(instances[i], 2, 130);
        }
        b.output("ready", readies[0]);
        b.output("valid", nextValid);
        b.output("data", nextData);
        Netlist top = b.build("Top", "", "");
        Occurrence leaf = new Occurrence(stage, List.of(), List.of());
        Design design =
                new Design(new Occurrence(top, java.util.Collections.nCopies(count, leaf), List.of()));
        compare(design, CompiledSimulator.compile(design, 1), 1, 60);
        compare(design, CompiledSimulator.compile(design, 1, false, 200), 1, 60);
    }

    @Test
    void anOutputThatOnlyTheEdgeNeedsIsThatOfTheStateBeforeIt() {
        NetlistBuilder s = new NetlistBuilder();
        int count = s.register(4);
        s.defineRegister(count, "count", s.add(count, s.constant(BitVector.of(4, 1))), Netlist.ALWAYS,
                Optional.of(BitVector.zero(4)));
        s.output("inverted", s.not(count));
        Netlist counter = s.build("Counter", "", "");
        NetlistBuilder b = new NetlistBuilder();
        int instance = b.instance();
        int register = b.register(4);
        b.defineRegister(register, "r", b.instanceOutput(instance, 0, 4), Netlist.ALWAYS, Optional.empty());
        b.defineInstance(instance, "counter", counter, List.of());
        b.output("y", register);
        Occurrence child = new Occurrence(counter, List.of(), List.of());
        Design design = new Design(new Occurrence(b.build("Top", "", ""), List.of(child), List.of()));
        compare(design, CompiledSimulator.compile(design, 1), 1, 20);
    }

    @Test
    void inputsConstantsAndStatePassThroughLevelsOfModules() {
        NetlistBuilder s = new NetlistBuilder();
        int narrow = s.input("narrow", 3);
        int wide = s.input("wide", 150);
        int rom = s.memory("rom", 150, 8, MemoryStyle.AUTOMATIC, Collision.READ_OLD, Optional.empty(), false);
        int word = s.memoryRead(rom);
        s.defineRead(word, narrow, true, s.slice(wide, 0, 0));
        int delay = s.delay(150);
        s.defineDelay(delay, "delay", wide, s.slice(wide, 1, 1), 3);
        int held = s.register(150);
        s.defineRegister(held, "held", held, s.slice(wide, 2, 2), Optional.empty());
        int last = s.register(150);
        s.defineRegister(last, "last", s.mux(s.slice(wide, 3, 3), word, delay), Netlist.ALWAYS, Optional.empty());
        List<Integer> shown = new ArrayList<>(List.of(narrow, wide, word, delay, held, last));
        shown.add(s.constant(BitVector.of(150, 7)));
        shown.add(s.constant(BitVector.of(3, 5)));
        shown.add(s.mux(s.slice(narrow, 0, 0), word, last));
        shown.forEach(node -> s.output("o" + node, node));
        Netlist leaf = s.build("Leaf", "", "");
        NetlistBuilder m = new NetlistBuilder();
        List<Integer> inner = instantiate(m, leaf, List.of(m.input("narrow", 3), m.input("wide", 150)));
        instantiate(m, leaf, List.of(inner.get(7), inner.get(2)));
        inner.forEach(node -> m.output("o" + node, node));
        Netlist middle = m.build("Middle", "", "");
        NetlistBuilder b = new NetlistBuilder();
        List<Integer> first = instantiate(b, middle, List.of(b.input("narrow", 3), b.input("wide", 150)));
        List<Integer> second = instantiate(b, middle, List.of(first.get(0), first.get(5)));
        List<Integer> third = instantiate(b, leaf, List.of(second.get(7), second.get(3)));
        int swapped = b.register(150);
        b.defineRegister(swapped, "swapped", b.bitwise(BitOperator.XOR, third.get(3), second.get(2)), Netlist.ALWAYS,
                Optional.empty());
        third.forEach(node -> b.output("o" + node, node));
        second.forEach(node -> b.output("o" + node, node));
        b.output("swapped", swapped);
        Occurrence leafPlace = new Occurrence(leaf, List.of(), List.of(Optional.empty()));
        Occurrence middlePlace = new Occurrence(middle, List.of(leafPlace, leafPlace), List.of());
        Design design = new Design(new Occurrence(
                b.build("Top", "", ""), List.of(middlePlace, middlePlace, leafPlace), List.of()));
        compare(design, CompiledSimulator.compile(design, 1), 1, 100);
        compare(design, CompiledSimulator.compile(design, 1, true, 150), 1, 100);
    }

    /** The outputs of a new instance. */
    private static List<Integer> instantiate(NetlistBuilder b, Netlist module, List<Integer> drivers) {
        int instance = b.instance();
        b.defineInstance(instance, "i" + instance, module, drivers);
        List<Integer> outputs = new ArrayList<>();
        for (int port = 0; port < module.outputs().size(); port++) {
            outputs.add(b.instanceOutput(instance, port, module.outputs().get(port).width()));
        }
        return outputs;
    }

    @Test
    void aWideWordRoundAboutThroughItsOwnInstanceIsThatBeforeTheEdge() {
        NetlistBuilder s = new NetlistBuilder();
        int in = s.input("in", 200);
        int a = s.register(200);
        int c = s.register(200);
        s.defineRegister(a, "a", s.add(in, s.constant(BitVector.of(200, 3))), Netlist.ALWAYS, Optional.empty());
        s.defineRegister(c, "c", s.bitwise(BitOperator.XOR, in, a), Netlist.ALWAYS, Optional.empty());
        s.output("a", a);
        s.output("c", c);
        Netlist child = s.build("Child", "", "");
        NetlistBuilder b = new NetlistBuilder();
        int choice = b.input("choice", 1);
        int first = b.instance();
        int second = b.instance();
        int firstA = b.instanceOutput(first, 0, 200);
        int firstC = b.instanceOutput(first, 1, 200);
        int secondA = b.instanceOutput(second, 0, 200);
        b.defineInstance(first, "first", child, List.of(b.mux(choice, firstA, secondA)));
        b.defineInstance(second, "second", child, List.of(b.mux(choice, firstC, firstA)));
        b.output("a", firstA);
        b.output("c", b.instanceOutput(second, 1, 200));
        Occurrence leaf = new Occurrence(child, List.of(), List.of());
        Design design = new Design(new Occurrence(b.build("Top", "", ""), List.of(leaf, leaf), List.of()));
        compare(design, CompiledSimulator.compile(design, 1), 1, 50);
    }

    @Test
    void manyPortsAndManyConstantsAndWidePopCountsCompile() {
        NetlistBuilder s = new NetlistBuilder();
        List<Integer> inputs = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            inputs.add(s.input("i" + i, i % 5 == 0 ? 100 : 20));
        }
        List<Integer> parts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int width = s.width(inputs.get(i));
            parts.add(s.bitwise(BitOperator.XOR, inputs.get(i),
                    s.constant(BitVector.of(width, 0x9E3779B97F4A7C15L * (i + 1), i))));
        }
        int all = s.concat(parts);
        s.output("bits", all);
        s.output("ones", s.popCount(all));
        Netlist child = s.build("Child", "", "");
        NetlistBuilder b = new NetlistBuilder();
        int x = b.input("x", 100);
        int instance = b.instance();
        List<Integer> drivers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            drivers.add(i % 5 == 0 ? b.add(x, b.constant(BitVector.of(100, i))) : b.slice(x, i % 80 + 19, i % 80));
        }
        b.defineInstance(instance, "child", child, drivers);
        b.output("bits", b.instanceOutput(instance, 0, s.width(all)));
        b.output("ones", b.instanceOutput(instance, 1, s.width(s.popCount(all))));
        Design design = new Design(new Occurrence(
                b.build("Top", "", ""), List.of(new Occurrence(child, List.of(), List.of())), List.of()));
        compare(design, CompiledSimulator.compile(design, 1), 1, 10);
    }

    @Test
    void moreConstantsAndValuesThanAConstantPoolHoldsCompile() {
        NetlistBuilder b = new NetlistBuilder();
        int x = b.input("x", 64);
        int sum = b.register(64);
        int node = sum;
        for (int i = 0; i < 50_000; i++) {
            node = b.bitwise(BitOperator.XOR, node, b.constant(BitVector.of(64, XnorUnit.mix(i))));
            if (i % 2 == 0) {
                int delay = b.register(64);
                b.defineRegister(delay, "r" + i, node, Netlist.ALWAYS, Optional.of(BitVector.zero(64)));
                node = b.add(delay, x);
            }
        }
        b.defineRegister(sum, "sum", node, Netlist.ALWAYS, Optional.of(BitVector.zero(64)));
        b.output("sum", sum);
        Design design = design(b.build("Constants", "", ""));
        compare(design, CompiledSimulator.compile(design, 1), 1, 10);
    }

    @Test
    void theMatrixVectorUnitRunsLikeTheInterpreter() {
        Design design = new XnorUnit(128, 4, 512, 16).design();
        compare(design, CompiledSimulator.compile(design, 1), 1, 200);
    }

    @Test
    void aWideWordThatIsReadWhileItsMemoryIsWrittenIsTheOldOne() {
        NetlistBuilder b = new NetlistBuilder();
        int address = b.input("address", 2);
        int data = b.input("data", 100);
        int memory = b.memory("m", 100, 4, MemoryStyle.AUTOMATIC, Collision.READ_OLD, Optional.empty(), false);
        int now = b.memoryRead(memory);
        b.defineRead(now, address, false, Netlist.ALWAYS);
        int register = b.register(100);
        b.memoryWrite(memory, address, b.mux(b.slice(data, 0, 0), data, now), b.slice(data, 1, 1));
        b.defineRegister(register, "r", now, b.slice(data, 2, 2), Optional.empty());
        b.output("r", register);
        b.output("now", now);
        Design design =
                new Design(new Occurrence(b.build("Top", "", ""), List.of(), List.of(Optional.empty())));
        compare(design, CompiledSimulator.compile(design, 1), 1, 100);
    }

    private static Design design(Netlist module) {
        return new Design(new Occurrence(
                module, List.of(), module.memories().stream().map(m -> m.contents()).toList()));
    }
}
