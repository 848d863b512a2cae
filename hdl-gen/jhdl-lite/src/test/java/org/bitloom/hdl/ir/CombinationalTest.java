package org.bitloom.hdl.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.junit.jupiter.api.Test;

class CombinationalTest {
    private final CombinationalAnalysis analysis = new CombinationalAnalysis();

    @Test
    void aWireComesAfterItsDriver() {
        NetlistBuilder b = new NetlistBuilder();
        int wire = b.wire(8);
        int user = b.not(wire);
        int input = b.input("x", 8);
        b.driveWire(wire, input);
        b.output("y", user);
        Combinational result = analysis.of(b.build("M", "", ""));
        assertThat(result.order()).containsExactly(input, wire, user);
        assertThat(result.loops()).isEmpty();
        assertThat(result.inputsOfOutput(0)).isEqualTo(bits(0));
    }

    @Test
    void registersAndClockedReadsDependOnNothingAnUnclockedReadOnItsAddress() {
        NetlistBuilder b = new NetlistBuilder();
        int address = b.input("address", 4);
        int memory = b.memory("m", 8, 16, MemoryStyle.AUTOMATIC, Collision.READ_OLD, Optional.empty(), false);
        int clocked = b.memoryRead(memory);
        b.defineRead(clocked, address, true, Netlist.ALWAYS);
        int shown = b.memoryRead(memory);
        b.defineRead(shown, address, false, Netlist.ALWAYS);
        int register = b.register(8);
        b.defineRegister(register, "r", shown, Netlist.ALWAYS, Optional.empty());
        b.output("a", b.not(clocked));
        b.output("b", b.not(shown));
        b.output("c", b.not(register));
        Combinational result = analysis.of(b.build("M", "", ""));
        assertThat(result.inputsOfOutput(0)).isEqualTo(bits());
        assertThat(result.inputsOfOutput(1)).isEqualTo(bits(0));
        assertThat(result.inputsOfOutput(2)).isEqualTo(bits());
    }

    @Test
    void readyBackwardsAndValidForwardsThroughOneInstanceAreNoLoop() {
        NetlistBuilder s = new NetlistBuilder();
        int valid = s.input("valid", 1);
        int ready = s.input("ready", 1);
        s.output("validOut", s.not(valid));
        s.output("readyOut", s.not(ready));
        Netlist stage = s.build("Stage", "", "");

        NetlistBuilder b = new NetlistBuilder();
        int in = b.input("in", 1);
        int instance = b.instance();
        int validOut = b.instanceOutput(instance, 0, 1);
        int readyOut = b.instanceOutput(instance, 1, 1);
        b.defineInstance(instance, "stage", stage, List.of(in, b.bitwise(Node.BitOperator.AND, validOut, in)));
        b.output("ready", readyOut);
        Combinational result = analysis.of(b.build("Top", "", ""));
        assertThat(result.loops()).isEmpty();
        assertThat(result.inputsOf(readyOut)).isEqualTo(bits(0));
    }

    @Test
    void aLoopThroughAnInstanceIsListedInTheDirectionOfTheData() {
        NetlistBuilder s = new NetlistBuilder();
        int a = s.input("a", 1);
        s.output("b", s.not(a));
        Netlist inverter = s.build("Inverter", "", "");

        NetlistBuilder b = new NetlistBuilder();
        int free = b.input("free", 1);
        int instance = b.instance();
        int out = b.instanceOutput(instance, 0, 1);
        int and = b.bitwise(Node.BitOperator.AND, out, free);
        b.defineInstance(instance, "inverter", inverter, List.of(and));
        b.output("y", and);
        Combinational result = analysis.of(b.build("Top", "", ""));
        assertThat(result.loops()).containsExactly(List.of(and, out));
        assertThat(result.order()).hasSize(3);
    }

    @Test
    void loopsThatShareANodeAreReportedOnce() {
        NetlistBuilder b = new NetlistBuilder();
        int w = b.wire(4);
        int v = b.wire(4);
        b.driveWire(w, b.add(b.not(w), b.add(w, w)));
        b.driveWire(v, b.not(v));
        b.output("w", w);
        Combinational result = analysis.of(b.build("Top", "", ""));
        assertThat(result.loops()).hasSize(2);
        assertThat(result.loops().get(1)).containsExactlyInAnyOrder(v, b.not(v));
    }

    @Test
    void aChainOfWiresBackwardsNeedsNoStack() {
        NetlistBuilder b = new NetlistBuilder();
        int in = b.input("in", 1);
        int[] wires = new int[20_000];
        java.util.Arrays.setAll(wires, i -> b.wire(1));
        for (int i = 0; i < wires.length; i++) {
            b.driveWire(wires[i], i + 1 < wires.length ? b.not(wires[i + 1]) : in);
        }
        b.output("out", wires[0]);
        Combinational result = analysis.of(b.build("Chain", "", ""));
        assertThat(result.inputsOfOutput(0)).isEqualTo(bits(0));
        assertThat(result.order()).hasSize(40_000).endsWith(wires[0]);
    }

    private static BitSet bits(int... set) {
        BitSet result = new BitSet();
        for (int bit : set) {
            result.set(bit);
        }
        return result;
    }
}
