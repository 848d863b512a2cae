package org.bitloom.hdl.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.ir.CombinationalAnalysis;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Occurrence;

/**
 * Random designs of up to three modules, the later ones instantiating the earlier ones any number of times, built
 * through {@link org.bitloom.hdl.ir.NetlistBuilder}.
 *
 * <p>They hold no unknown value when it matters, so that simulators with and without X must agree. During the first
 * {@link #WARM_UP} cycles of each run reset and the input {@code warm} are active. Then a register with a reset value
 * holds that; a register without takes a constant (a mux of {@code warm} in front of it, its enable or-ed with
 * {@code warm}), and so does a delay line, in as many cycles as it has stages; all words of a memory are given and none
 * is written; a clocked read takes word 0.
 */
final class RandomDesign {
    static final int LONGEST_DELAY = 12;
    static final int WARM_UP = LONGEST_DELAY + 1;

    private RandomDesign() {}

    /** @param name of the top and prefix of all module names */
    static Design generate(Choices choices, Profile profile, String name) {
        CombinationalAnalysis analysis = new CombinationalAnalysis();
        List<Netlist> library = new ArrayList<>();
        int children = choices.weighted(60, 25, 15);
        for (int i = 0; i < children; i++) {
            String child = name + "_child" + i;
            library.add(choices.span(
                    () -> RandomModule.generate(choices, profile, analysis, List.copyOf(library), child)));
        }
        return new Design(occurrence(choices, RandomModule.generate(choices, profile, analysis, library, name)));
    }

    private static Occurrence occurrence(Choices choices, Netlist module) {
        List<Optional<MemoryContents>> contents = module.memories().stream()
                .map(memory -> memory.external()
                        ? Optional.of(
                                RandomBits.contents(memory.wordWidth(), memory.depth(), choices.below(1 << 16)))
                        : memory.contents())
                .toList();
        List<Occurrence> children = module.instances().stream()
                .map(instance -> occurrence(choices, instance.module()))
                .toList();
        return new Occurrence(module, children, contents);
    }
}
