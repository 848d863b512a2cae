package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.ReadPort;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;
import org.bitloom.hdl.ir.Netlist.WritePort;

/** A change of a module's own state at a clock edge. */
sealed interface Commit {
    /** Id of a bit, or {@link Netlist#ALWAYS}. */
    int enable();

    record Register(int index, RegisterDefinition definition) implements Commit {
        @Override
        public int enable() {
            return definition.enable();
        }
    }

    record Delay(int index, DelayDefinition definition) implements Commit {
        @Override
        public int enable() {
            return definition.enable();
        }
    }

    record Read(int memory, int port, ReadPort definition) implements Commit {
        @Override
        public int enable() {
            return definition.enable();
        }
    }

    record Write(int memory, WritePort definition) implements Commit {
        @Override
        public int enable() {
            return definition.enable();
        }
    }

    /** All of a module; of a memory the reads before the writes. */
    static List<Commit> of(Netlist module) {
        List<Commit> all = new ArrayList<>();
        for (int i = 0; i < module.registers().size(); i++) {
            all.add(new Register(i, module.registers().get(i)));
        }
        for (int i = 0; i < module.delays().size(); i++) {
            all.add(new Delay(i, module.delays().get(i)));
        }
        for (int i = 0; i < module.memories().size(); i++) {
            List<ReadPort> reads = module.memories().get(i).reads();
            for (int port = 0; port < reads.size(); port++) {
                if (reads.get(port).clocked()) {
                    all.add(new Read(i, port, reads.get(port)));
                }
            }
            for (WritePort port : module.memories().get(i).writes()) {
                all.add(new Write(i, port));
            }
        }
        return all;
    }

    static boolean exist(Netlist module) {
        return !of(module).isEmpty();
    }

    /** Nodes whose values decide the change, without the enable. */
    default List<Integer> values() {
        return switch (this) {
            case Register r -> List.of(r.definition.next());
            case Delay d -> List.of(d.definition.input());
            case Read r -> List.of(r.definition.address());
            case Write w -> List.of(w.definition.address(), w.definition.data());
        };
    }

    static List<Integer> operands(Netlist module) {
        List<Integer> nodes = new ArrayList<>();
        for (Commit commit : of(module)) {
            nodes.addAll(commit.values());
            if (commit.enable() != Netlist.ALWAYS) {
                nodes.add(commit.enable());
            }
        }
        return nodes;
    }
}
