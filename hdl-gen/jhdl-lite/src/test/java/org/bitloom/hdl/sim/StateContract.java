package org.bitloom.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.CheckKind;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Occurrence;
import org.bitloom.hdl.ir.SourceLocation;
import org.junit.jupiter.api.Test;

/** How state behaves in every simulation: registers, delay lines, memories, instances and checks, cycle by cycle. */
abstract class StateContract {
    abstract Simulation start(Design design, long seed);

    private final NetlistBuilder b = new NetlistBuilder();

    private Simulation start() {
        Netlist module = b.build("Top", "", "");
        return start(design(module, List.of()), 1);
    }

    private static Design design(Netlist module, List<Occurrence> children) {
        return new Design(new Occurrence(
                module,
                children,
                module.memories().stream().map(Netlist.MemoryDefinition::contents).toList()));
    }

    private static MemoryContents contents(int width, long... words) {
        return MemoryContents.of(
                width, LongStream.of(words).mapToObj(w -> BitVector.of(width, w)).toList());
    }

    /** The output's value before each of the edges at which the first input has these values. */
    private static List<Long> trace(Simulation simulation, int output, long... inputs) {
        List<Long> seen = new ArrayList<>();
        for (long input : inputs) {
            simulation.set(0, input);
            seen.add(simulation.get(output));
            simulation.clock();
        }
        return seen;
    }

    @Test
    void anOutputFollowsItsInputWithoutAnEdge() {
        b.output("y", b.not(b.input("x", 4)));
        Simulation simulation = start();
        simulation.set(0, 5);
        assertThat(simulation.get(0)).isEqualTo(10);
        simulation.set(0, 0xf6);
        assertThat(simulation.get(0)).isEqualTo(9);
        assertThat(simulation.cycle()).isZero();
    }

    @Test
    void aRegisterTakesItsNextValueAtTheEdgeWhereEnabled() {
        int x = b.input("x", 8);
        int enable = b.input("enable", 1);
        int register = b.register(8);
        b.defineRegister(register, "r", x, enable, Optional.of(BitVector.of(8, 7L)));
        b.output("y", register);
        Simulation simulation = start();
        simulation.reset(true);
        simulation.clock();
        simulation.reset(false);
        simulation.set(1, 1);
        assertThat(trace(simulation, 0, 1, 2, 3)).containsExactly(7L, 1L, 2L);
        simulation.set(1, 0);
        assertThat(trace(simulation, 0, 4, 5)).containsExactly(3L, 3L);
        simulation.reset(true);
        assertThat(trace(simulation, 0, 6, 6)).containsExactly(3L, 7L);
        assertThat(simulation.cycle()).isEqualTo(8);
    }

    @Test
    void registersExchangeTheirValuesAndOneWithoutResetRunsUnderReset() {
        int x = b.input("x", 8);
        int first = b.register(8);
        int second = b.register(8);
        int load = b.input("load", 1);
        b.defineRegister(first, "first", b.mux(load, x, second), Netlist.ALWAYS, Optional.empty());
        b.defineRegister(second, "second", first, Netlist.ALWAYS, Optional.empty());
        b.output("a", first);
        b.output("b", second);
        Simulation simulation = start();
        simulation.reset(true);
        simulation.set(1, 1);
        assertThat(trace(simulation, 0, 1, 2)).last().isEqualTo(1L);
        simulation.set(1, 0);
        assertThat(List.of(simulation.get(0), simulation.get(1))).containsExactly(2L, 1L);
        simulation.clock();
        assertThat(List.of(simulation.get(0), simulation.get(1))).containsExactly(1L, 2L);
    }

    @Test
    void aDelayLineCountsEnabledEdgesOnly() {
        int x = b.input("x", 8);
        int enable = b.input("enable", 1);
        int delay = b.delay(8);
        b.defineDelay(delay, "d", x, enable, 3);
        b.output("y", delay);
        Simulation simulation = start();
        simulation.set(1, 1);
        assertThat(trace(simulation, 0, 1, 2, 3, 4, 5).subList(3, 5)).containsExactly(1L, 2L);
        simulation.set(1, 0);
        assertThat(trace(simulation, 0, 6, 7)).containsExactly(3L, 3L);
        simulation.set(1, 1);
        assertThat(trace(simulation, 0, 8, 9, 10, 11)).containsExactly(3L, 4L, 5L, 8L);
    }

    @Test
    void aRomShowsItsWordAtOnceOrAfterTheEdgeAndHoldsItWhileDisabled() {
        int address = b.input("address", 2);
        int enable = b.input("enable", 1);
        int memory = b.memory("m", 8, 4, MemoryStyle.AUTOMATIC, Collision.READ_OLD,
                Optional.of(contents(8, 10, 20, 30, 40)), false);
        int shown = b.memoryRead(memory);
        b.defineRead(shown, address, false, Netlist.ALWAYS);
        int taken = b.memoryRead(memory);
        b.defineRead(taken, address, true, enable);
        b.output("shown", shown);
        b.output("taken", taken);
        Simulation simulation = start();
        assertThat(trace(simulation, 0, 0, 3, 1)).containsExactly(10L, 40L, 20L);
        simulation.set(1, 1);
        assertThat(trace(simulation, 1, 2, 1, 0).subList(1, 3)).containsExactly(30L, 20L);
        simulation.set(1, 0);
        assertThat(trace(simulation, 1, 3, 2)).containsExactly(10L, 10L);
    }

    @Test
    void aReadAtTheEdgeOfAWriteTakesTheOldWordAndTheLastWriteWins() {
        int address = b.input("address", 1);
        int data = b.input("data", 8);
        int memory = b.memory("m", 8, 2, MemoryStyle.AUTOMATIC, Collision.READ_OLD,
                Optional.of(contents(8, 1, 2)), false);
        int read = b.memoryRead(memory);
        b.defineRead(read, address, true, Netlist.ALWAYS);
        int shown = b.memoryRead(memory);
        b.defineRead(shown, address, false, Netlist.ALWAYS);
        b.memoryWrite(memory, address, b.not(data), Netlist.ALWAYS);
        b.memoryWrite(memory, address, data, Netlist.ALWAYS);
        b.output("read", read);
        b.output("shown", shown);
        Simulation simulation = start();
        simulation.set(1, 50);
        simulation.set(0, 1);
        assertThat(simulation.get(1)).isEqualTo(2);
        simulation.clock();
        assertThat(simulation.get(0)).isEqualTo(2);
        assertThat(simulation.get(1)).isEqualTo(50);
        simulation.clock();
        assertThat(simulation.get(0)).isEqualTo(50);
        simulation.set(0, 0);
        simulation.clock();
        assertThat(simulation.get(0)).isEqualTo(1);
    }

    @Test
    void anAddressBeyondTheDepthShowsZeroAndIsReportedAtTheEdge() {
        int address = b.input("address", 2);
        int enable = b.input("enable", 1);
        int memory = b.memory("m", 8, 3, MemoryStyle.AUTOMATIC, Collision.READ_OLD,
                Optional.of(contents(8, 1, 2, 3)), false);
        int read = b.memoryRead(memory);
        b.defineRead(read, address, true, enable);
        b.output("read", read);
        Simulation simulation = start();
        simulation.set(1, 1);
        simulation.set(0, 2);
        simulation.clock();
        simulation.set(0, 3);
        assertThatThrownBy(simulation::clock)
                .isInstanceOf(CheckFailedException.class)
                .hasMessage("Top, cycle 1: read of word 3 of memory m, which has 3");
        assertThat(simulation.cycle()).isEqualTo(1);
        assertThat(simulation.get(0)).isEqualTo(3);
        simulation.reset(true);
        simulation.clock();
        assertThat(simulation.get(0)).isZero();
        simulation.reset(false);
        simulation.set(1, 0);
        simulation.clock();
        assertThat(simulation.cycle()).isEqualTo(3);
    }

    @Test
    void aWriteBeyondTheDepthIsReportedAndUnderResetDropped() {
        int address = b.input("address", 2);
        int memory = b.memory("m", 8, 3, MemoryStyle.AUTOMATIC, Collision.READ_OLD,
                Optional.of(contents(8, 1, 2, 3)), false);
        b.memoryWrite(memory, address, b.constant(BitVector.of(8, 9L)), Netlist.ALWAYS);
        int read = b.memoryRead(memory);
        b.defineRead(read, b.slice(address, 1, 1), false, Netlist.ALWAYS);
        b.output("read", read);
        Simulation simulation = start();
        simulation.set(0, 3);
        assertThatThrownBy(simulation::clock)
                .isInstanceOf(CheckFailedException.class)
                .hasMessage("Top, cycle 0: write to word 3 of memory m, which has 3");
        simulation.reset(true);
        simulation.clock();
        assertThat(simulation.get(0)).isEqualTo(2);
    }

    @Test
    void aCollisionThatWasDeclaredImpossibleIsReported() {
        int address = b.input("address", 1);
        int memory = b.memory("m", 8, 2, MemoryStyle.BLOCK, Collision.NEVER, Optional.of(contents(8, 1, 2)), false);
        b.memoryWrite(memory, b.constant(BitVector.of(1, 1L)), b.constant(BitVector.of(8, 9L)), Netlist.ALWAYS);
        int read = b.memoryRead(memory);
        b.defineRead(read, address, true, Netlist.ALWAYS);
        b.output("read", read);
        Simulation simulation = start();
        simulation.clock();
        simulation.set(0, 1);
        assertThatThrownBy(simulation::clock)
                .isInstanceOf(CheckFailedException.class)
                .hasMessage("Top, cycle 1: word 1 of memory m is read and written at the same edge, which was declared"
                        + " never to happen");
    }

    @Test
    void anAssertionThatFailsNamesInstanceCycleAndLineButNotUnderReset() {
        NetlistBuilder child = new NetlistBuilder();
        int fine = child.input("fine", 1);
        child.check(new Check(CheckKind.ASSERT, fine, "must be fine", new SourceLocation("p.Cell", "Cell.java", 12)));
        Netlist cell = child.build("Cell", "", "");
        int instance = b.instance();
        b.defineInstance(instance, "cell", cell, List.of(b.input("x", 1)));
        Netlist module = b.build("Top", "", "");
        Simulation simulation = start(design(module, List.of(design(cell, List.of()).top())), 1);
        simulation.reset(true);
        simulation.clock();
        simulation.reset(false);
        assertThatThrownBy(simulation::clock)
                .isInstanceOf(CheckFailedException.class)
                .hasMessage("Top.cell, cycle 1: must be fine (Cell.java:12)");
        simulation.set(0, 1);
        simulation.clock();
        assertThat(simulation.cycle()).isEqualTo(2);
    }

    @Test
    void instancesOfOneModuleHaveTheirOwnStateAndContents() {
        NetlistBuilder child = new NetlistBuilder();
        int x = child.input("x", 8);
        int register = child.register(8);
        child.defineRegister(register, "r", child.add(register, x), Netlist.ALWAYS, Optional.of(BitVector.zero(8)));
        int memory = child.memory("m", 8, 2, MemoryStyle.AUTOMATIC, Collision.READ_OLD, Optional.empty(), true);
        int word = child.memoryRead(memory);
        child.defineRead(word, child.slice(register, 0, 0), false, Netlist.ALWAYS);
        child.output("sum", child.add(register, x));
        child.output("word", word);
        Netlist cell = child.build("Cell", "", "");

        int input = b.input("x", 8);
        int first = b.instance();
        int second = b.instance();
        int firstSum = b.instanceOutput(first, 0, 8);
        b.defineInstance(second, "second", cell, List.of(firstSum));
        b.defineInstance(first, "first", cell, List.of(input));
        b.output("sum", b.instanceOutput(second, 0, 8));
        b.output("firstWord", b.instanceOutput(first, 1, 8));
        b.output("secondWord", b.instanceOutput(second, 1, 8));
        Netlist module = b.build("Top", "", "");
        Simulation simulation = start(
                new Design(new Occurrence(
                        module,
                        List.of(
                                new Occurrence(cell, List.of(), List.of(Optional.of(contents(8, 11, 12)))),
                                new Occurrence(cell, List.of(), List.of(Optional.of(contents(8, 21, 22))))),
                        List.of())),
                1);
        simulation.set(0, 1);
        // first: 0 1 2, second: 0 1 3; what is seen is second + first + x.
        assertThat(List.of(simulation.get(0), simulation.get(1), simulation.get(2))).containsExactly(1L, 11L, 21L);
        simulation.clock();
        assertThat(List.of(simulation.get(0), simulation.get(1), simulation.get(2))).containsExactly(3L, 12L, 22L);
        simulation.clock();
        assertThat(List.of(simulation.get(0), simulation.get(1), simulation.get(2))).containsExactly(6L, 11L, 22L);
    }

    @Test
    void aPathThroughAnInstanceAndBackIntoItIsNoLoop() {
        NetlistBuilder child = new NetlistBuilder();
        int forwards = child.input("forwards", 4);
        int backwards = child.input("backwards", 4);
        child.output("forwardsOut", child.not(forwards));
        child.output("backwardsOut", child.not(backwards));
        Netlist cell = child.build("Cell", "", "");
        int instance = b.instance();
        int there = b.instanceOutput(instance, 0, 4);
        b.defineInstance(instance, "cell", cell, List.of(b.input("x", 4), b.add(there, there)));
        b.output("y", b.instanceOutput(instance, 1, 4));
        Netlist module = b.build("Top", "", "");
        Simulation simulation = start(design(module, List.of(design(cell, List.of()).top())), 1);
        simulation.set(0, 0b1010);
        assertThat(simulation.get(0)).isEqualTo(0b0101);
    }

    @Test
    void unknownStateDependsOnTheSeedAndOnNothingElse() {
        int register = b.register(128);
        b.defineRegister(register, "r", register, Netlist.ALWAYS, Optional.empty());
        b.output("y", register);
        Design design = design(b.build("Top", "", ""), List.of());
        assertThat(start(design, 1).output(0)).isEqualTo(start(design, 1).output(0));
        assertThat(start(design, 1).output(0)).isNotEqualTo(start(design, 2).output(0));
    }

    @Test
    void widePortsPassAsLimbsAtAnOffset() {
        b.output("y", b.not(b.input("x", 100)));
        Simulation simulation = start();
        simulation.set(0, new long[] {9, 0, -1L, 9}, 1);
        long[] limbs = {7, 7, 7, 7};
        simulation.get(0, limbs, 1);
        assertThat(limbs).containsExactly(7L, -1L, 0L, 7L);
    }
}
