package org.bitloom.hdl.ir;

import java.util.List;
import java.util.Optional;

/**
 * One place in the tree of instances: a module with what belongs to this place alone, the contents of its memories.
 *
 * @param children one for each {@link Netlist#instances()} of the module, in that order
 * @param contents one for each {@link Netlist#memories()} of the module: its initial words here, whether they come from
 *                 the module or with the instance; empty: none, the words start unknown
 */
public record Occurrence(Netlist module, List<Occurrence> children, List<Optional<MemoryContents>> contents) {
    public Occurrence {
        children = List.copyOf(children);
        contents = List.copyOf(contents);
        if (children.size() != module.instances().size() || contents.size() != module.memories().size()) {
            throw new IllegalArgumentException("occurrence does not match its module " + module.name());
        }
    }

    /** A module and all beneath it, with no memories in any of them. */
    public static Occurrence of(Netlist module) {
        return new Occurrence(
                module, module.instances().stream().map(instance -> of(instance.module())).toList(), List.of());
    }
}
