package org.bitloom.hdl;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Occurrence;

/** Turns a component into a {@link Design}. */
public final class Elaborator {
    private Elaborator() {}

    /**
     * Elaborates a component and all below it.
     *
     * @param name name of the design and of its top module; all other modules have it as prefix
     * @throws ElaborationException with every mistake that was found
     */
    public static <C, T extends Component> Design elaborate(String name, Function<C, T> constructor, C config) {
        return elaborate(new Session(name), config, () -> constructor.apply(config));
    }

    /** Elaborates a component that has no configuration. */
    public static <T extends Component> Design elaborate(String name, Supplier<T> constructor) {
        return elaborate(new Session(name), Session.NO_CONFIG, constructor);
    }

    private static <T extends Component> Design elaborate(Session session, Object config, Supplier<T> constructor) {
        if (!session.design.equals(Names.legal(session.design))) {
            throw new IllegalArgumentException("design name '" + session.design
                    + "' is no identifier: use letters, digits and single underscores, a letter first");
        }
        T top = session.construct(null, config, constructor);
        Occurrence occurrence = occurrence(top.elaboration(), session.design);
        if (!session.problems().isEmpty()) {
            throw new ElaborationException(session.design, session.problems());
        }
        return new Design(occurrence);
    }

    private static Occurrence occurrence(Elaboration elaboration, String path) {
        Netlist netlist = Objects.requireNonNull(elaboration.netlist);
        List<Occurrence> children = new ArrayList<>();
        for (Elaboration child : elaboration.children) {
            String name = netlist.instances().get(child.instanceIndex).name();
            children.add(occurrence(child, path + "." + name));
        }
        List<Optional<MemoryContents>> contents = new ArrayList<>();
        for (OpenMemory memory : elaboration.memories) {
            Netlist.MemoryDefinition definition = netlist.memories().get(memory.index);
            contents.add(definition.external() ? memory.instanceContents : definition.contents());
            if (definition.external() && memory.instanceContents.isEmpty()) {
                elaboration.session.add(new Problem(
                        elaboration.type.getSimpleName(),
                        elaboration.instanceSite == null ? null : elaboration.instanceSite.location(),
                        "",
                        "ROM '" + definition.name() + "' of " + path + " has no contents",
                        "give them with .contents(…), in the constructor or at the instance",
                        List.of()));
            }
        }
        return new Occurrence(netlist, children, contents);
    }
}
