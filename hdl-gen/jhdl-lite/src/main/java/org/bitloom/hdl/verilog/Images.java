package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Occurrence;

/**
 * The {@code $readmemh} files of a design and how their names reach the memories. Equal contents are one file. Where all
 * occurrences of a module agree, the module holds the file's name; where they differ it has a string parameter, which
 * its parent binds, or passes on from a parameter of its own.
 */
final class Images {
    /** A string parameter of a module: the file of one memory, in the module itself or in instances beneath it. */
    record Parameter(String name, List<Integer> path, int memory) {
        private Optional<MemoryContents> contents(Occurrence occurrence) {
            Occurrence at = occurrence;
            for (int instance : path) {
                at = at.children().get(instance);
            }
            return at.contents().get(memory);
        }
    }

    /**
     * What one module needs to know.
     *
     * @param memories  for each memory the file as Verilog writes it, a quoted name or a parameter; empty where there are
     *                  no contents
     * @param instances for each instance and each parameter of its module the same
     */
    record Binding(List<Parameter> parameters, List<String> memories, List<List<String>> instances) {}

    private record Place(String path, Occurrence occurrence) {}

    private final Map<Netlist, List<Place>> places = new IdentityHashMap<>();
    private final Map<Netlist, Binding> bindings = new IdentityHashMap<>();
    private final Map<MemoryContents, String> files = new LinkedHashMap<>();
    private final Set<String> fileNames = new HashSet<>();

    Images(Design design) {
        collect(new Place("", design.top()));
        for (Netlist module : design.modules()) {
            bindings.put(module, bind(module, places.getOrDefault(module, List.of())));
        }
    }

    Binding binding(Netlist module) {
        Binding binding = bindings.get(module);
        return binding == null ? new Binding(List.of(), List.of(), List.of()) : binding;
    }

    /** The files by name. */
    Map<String, MemoryContents> files() {
        Map<String, MemoryContents> byName = new LinkedHashMap<>();
        files.forEach((contents, name) -> byName.put(name, contents));
        return byName;
    }

    /** Small memories spell their contents out. */
    static boolean isSpelledOut(MemoryDefinition memory) {
        return !memory.external() && memory.contents().isPresent() && memory.depth() <= 16;
    }

    private void collect(Place place) {
        Netlist module = place.occurrence().module();
        places.computeIfAbsent(module, _ -> new ArrayList<>()).add(place);
        for (int i = 0; i < module.memories().size(); i++) {
            MemoryDefinition memory = module.memories().get(i);
            if (!isSpelledOut(memory)) {
                String owner = !memory.external() || place.path().isEmpty() ? module.name() : place.path();
                place.occurrence().contents().get(i).ifPresent(contents -> file(contents, owner + "_" + memory.name()));
            }
        }
        for (int i = 0; i < module.instances().size(); i++) {
            String name = module.instances().get(i).name();
            collect(new Place(
                    place.path().isEmpty() ? name : place.path() + "_" + name,
                    place.occurrence().children().get(i)));
        }
    }

    private void file(MemoryContents contents, String wanted) {
        files.computeIfAbsent(contents, _ -> {
            String base = wanted.toLowerCase(Locale.ROOT);
            String name = base;
            for (int i = 1; !fileNames.add(name); i++) {
                name = base + "_" + i;
            }
            return name + ".mem";
        });
    }

    private Binding bind(Netlist module, List<Place> at) {
        List<Parameter> parameters = new ArrayList<>();
        Names scope = new Names();
        List<String> memories = new ArrayList<>();
        for (int i = 0; i < module.memories().size(); i++) {
            MemoryDefinition memory = module.memories().get(i);
            memories.add(isSpelledOut(memory) ? "" : value(new Parameter(memory.name(), List.of(), i), at, parameters, scope));
        }
        List<List<String>> instances = new ArrayList<>();
        for (int i = 0; i < module.instances().size(); i++) {
            List<String> values = new ArrayList<>();
            for (Parameter inner : binding(module.instances().get(i).module()).parameters()) {
                List<Integer> path = new ArrayList<>(List.of(i));
                path.addAll(inner.path());
                String name = module.instances().get(i).name() + "_" + inner.name();
                values.add(value(new Parameter(name, path, inner.memory()), at, parameters, scope));
            }
            instances.add(values);
        }
        return new Binding(List.copyOf(parameters), memories, instances);
    }

    /** The quoted file name where all places agree, else a parameter, which is added. */
    private String value(Parameter wanted, List<Place> at, List<Parameter> parameters, Names scope) {
        Optional<MemoryContents> first = wanted.contents(at.getFirst().occurrence());
        boolean agreed = true;
        for (int i = 1; i < at.size() && agreed; i++) {
            agreed = wanted.contents(at.get(i).occurrence()).equals(first);
        }
        if (agreed) {
            return first.map(contents -> '"' + files.get(contents) + '"').orElse("\"\"");
        }
        String name = scope.take(wanted.name().toUpperCase(Locale.ROOT));
        parameters.add(new Parameter(name, wanted.path(), wanted.memory()));
        return name;
    }
}
