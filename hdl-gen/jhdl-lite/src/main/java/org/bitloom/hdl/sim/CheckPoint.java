package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.ReadPort;
import org.bitloom.hdl.ir.Netlist.WritePort;

/** Something in one module that can fail at a clock edge. */
sealed interface CheckPoint {
    /** @param check index of the module's check */
    record Assertion(int check) implements CheckPoint {}

    record WriteBeyond(int memory, WritePort port) implements CheckPoint {}

    record ReadBeyond(int memory, ReadPort port) implements CheckPoint {}

    record Collide(int memory, ReadPort read) implements CheckPoint {}

    /** All that can fail, what is reported first first; addresses that cannot be beyond the depth are left out. */
    static List<CheckPoint> of(Netlist module) {
        List<CheckPoint> all = new ArrayList<>();
        for (int i = 0; i < module.checks().size(); i++) {
            all.add(new Assertion(i));
        }
        for (int i = 0; i < module.memories().size(); i++) {
            MemoryDefinition memory = module.memories().get(i);
            for (WritePort port : memory.writes()) {
                if (canExceed(module, port.address(), memory)) {
                    all.add(new WriteBeyond(i, port));
                }
            }
            for (ReadPort port : memory.reads()) {
                if (canExceed(module, port.address(), memory)) {
                    all.add(new ReadBeyond(i, port));
                }
            }
            if (memory.collision() == Collision.NEVER && !memory.writes().isEmpty()) {
                for (ReadPort port : memory.reads()) {
                    if (port.clocked()) {
                        all.add(new Collide(i, port));
                    }
                }
            }
        }
        return all;
    }

    static boolean canExceed(Netlist module, int address, MemoryDefinition memory) {
        int width = module.node(address).width();
        return width > 31 || 1L << width > memory.depth();
    }

    /** Nodes that the check looks at, as often as it does; an address is looked at again for the message. */
    default List<Integer> operands(Netlist module) {
        List<Integer> nodes = new ArrayList<>();
        switch (this) {
            case Assertion a -> nodes.add(module.checks().get(a.check).condition());
            case WriteBeyond w -> nodes.addAll(List.of(w.port.enable(), w.port.address(), w.port.address()));
            case ReadBeyond r -> nodes.addAll(List.of(r.port.enable(), r.port.address(), r.port.address()));
            case Collide c -> {
                for (WritePort write : module.memories().get(c.memory).writes()) {
                    nodes.addAll(List.of(c.read.enable(), c.read.address(), write.enable(), write.address()));
                    nodes.add(c.read.address());
                }
            }
        }
        nodes.removeIf(node -> node == Netlist.ALWAYS);
        return nodes;
    }

    default CheckFailedException failure(Netlist module, String instance, long cycle, String address) {
        return switch (this) {
            case Assertion a -> CheckFailedException.assertion(instance, cycle, module.checks().get(a.check));
            case WriteBeyond w -> CheckFailedException.beyondDepth(
                    instance, cycle, module.memories().get(w.memory), true, address);
            case ReadBeyond r -> CheckFailedException.beyondDepth(
                    instance, cycle, module.memories().get(r.memory), false, address);
            case Collide c -> CheckFailedException.collision(instance, cycle, module.memories().get(c.memory), address);
        };
    }
}
