package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Occurrence;

/**
 * The same design with nothing in it that nobody uses: no dead node, register, memory, instance or port, and every value
 * cut to the range of bits that matters. Wires are replaced by what drives them. The ports of the top module stay. On
 * the way population counts become instances of modules made for the device family. Behaviour at the top module's
 * outputs, and of all checks, is unchanged.
 */
final class Narrow {
    private final Demand demand;
    private final CountModules counts;
    private final Map<Netlist, NarrowModule> modules = new IdentityHashMap<>();
    private final Map<MemoryContents, MemoryContents> contents = new IdentityHashMap<>();

    private Narrow(Design design, CountModules counts) {
        demand = new Demand(design);
        this.counts = counts;
    }

    static Design of(Design design, CountModules counts) {
        return with(design, counts).design(design);
    }

    /** The narrowed modules, still to be put together by {@link #design}. */
    static Narrow with(Design design, CountModules counts) {
        Narrow narrow = new Narrow(design, counts);
        for (Demand.Module module : narrow.demand.modules()) {
            narrow.modules.put(module.netlist, new NarrowModule(module, narrow));
        }
        return narrow;
    }

    Design design(Design old) {
        return new Design(occurrence(old.top()));
    }

    CountModules counts() {
        return counts;
    }

    NarrowModule module(Netlist old) {
        NarrowModule module = modules.get(old);
        if (module == null) {
            throw new IllegalArgumentException("module " + old.name() + " comes before its own parts");
        }
        return module;
    }

    /** The words cut to bits {@code high} down to {@code low}. */
    MemoryContents cut(MemoryContents words, int high, int low) {
        if (low == 0 && high == words.wordWidth() - 1) {
            return words;
        }
        return contents.computeIfAbsent(words, w -> {
            List<BitVector> cut = new ArrayList<>(w.depth());
            for (int i = 0; i < w.depth(); i++) {
                cut.add(w.word(i).slice(high, low));
            }
            return MemoryContents.of(high - low + 1, cut);
        });
    }

    private Occurrence occurrence(Occurrence old) {
        NarrowModule module = module(old.module());
        Demand.Module need = demand.module(old.module());
        List<Occurrence> children = new ArrayList<>();
        for (int i = 0; i < old.children().size(); i++) {
            if (need.isInstanceLive(i)) {
                children.add(occurrence(old.children().get(i)));
            }
        }
        module.counters().forEach(counter -> children.add(Occurrence.of(counter)));
        List<Optional<MemoryContents>> words = new ArrayList<>();
        for (int i = 0; i < old.contents().size(); i++) {
            MemoryDefinition memory = old.module().memories().get(i);
            if (need.isMemoryLive(i)) {
                int high = need.wordHigh(i);
                int low = need.wordLow(i);
                words.add(old.contents().get(i).or(memory::contents).map(w -> cut(w, high, low)));
            }
        }
        return new Occurrence(module.netlist(), children, words);
    }
}
