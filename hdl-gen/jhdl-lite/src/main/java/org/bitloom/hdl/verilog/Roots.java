package org.bitloom.hdl.verilog;

import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.InstanceDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.ReadPort;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;
import org.bitloom.hdl.ir.Netlist.WritePort;

/** The places of a module where values leave the dataflow: what is computed for, in the order of the text. */
interface Roots {
    /** How a root's value may be written. */
    enum Form {
        /** Any expression. */
        EXPRESSION,
        /** A short one: a signal, a part of one, a constant. */
        SHORT,
        /** The name of a signal, or a constant. */
        PLAIN
    }

    /** @param target what a signal for this value would be called */
    void root(int node, String target, Form form);

    static void outputs(Netlist netlist, Roots roots) {
        netlist.outputs().forEach(port -> roots.root(port.driver(), port.name(), Form.EXPRESSION));
    }

    static void register(Netlist netlist, RegisterDefinition register, String name, Roots roots) {
        for (Arm arm : Arm.of(netlist, register)) {
            roots.root(arm.value(), name + "_next", Form.EXPRESSION);
            bit(arm.condition(), name + "_enable", roots);
        }
    }

    static void memory(MemoryDefinition memory, String name, Roots roots) {
        List<WritePort> writes = memory.writes();
        for (int i = 0; i < writes.size(); i++) {
            String write = name + (writes.size() == 1 ? "_write" : "_write" + i);
            roots.root(writes.get(i).address(), write + "_address", Form.PLAIN);
            roots.root(writes.get(i).data(), write + "_data", Form.EXPRESSION);
            bit(writes.get(i).enable(), write, roots);
        }
        List<ReadPort> reads = memory.reads();
        for (int i = 0; i < reads.size(); i++) {
            String read = name + (reads.size() == 1 ? "_read" : "_read" + i);
            roots.root(reads.get(i).address(), read + "_address", Form.PLAIN);
            bit(reads.get(i).enable(), read, roots);
        }
    }

    static void delay(DelayDefinition delay, String name, Roots roots) {
        roots.root(delay.input(), name + "_input", Form.EXPRESSION);
        bit(delay.enable(), name + "_enable", roots);
    }

    static void instance(InstanceDefinition instance, String name, Roots roots) {
        for (int i = 0; i < instance.inputs().size(); i++) {
            roots.root(instance.inputs().get(i), name + "_" + instance.module().inputs().get(i).name(), Form.SHORT);
        }
    }

    private static void bit(int enable, String target, Roots roots) {
        if (enable != Netlist.ALWAYS) {
            roots.root(enable, target, Form.EXPRESSION);
        }
    }
}
