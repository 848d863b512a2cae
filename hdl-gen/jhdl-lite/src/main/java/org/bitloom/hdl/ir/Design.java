package org.bitloom.hdl.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A whole elaborated design: the tree of occurrences under its top module. */
public record Design(Occurrence top) {
    public String name() {
        return top.module().name();
    }

    /** Each module once, children before their parents, the top last. */
    public List<Netlist> modules() {
        List<Netlist> order = new ArrayList<>();
        collect(top.module(), Collections.newSetFromMap(new IdentityHashMap<>()), order);
        return List.copyOf(order);
    }

    private static void collect(Netlist module, Set<Netlist> seen, List<Netlist> order) {
        if (seen.add(module)) {
            module.instances().forEach(instance -> collect(instance.module(), seen, order));
            order.add(module);
        }
    }
}
