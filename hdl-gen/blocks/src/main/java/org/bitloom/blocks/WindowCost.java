package org.bitloom.blocks;

import org.bitloom.hdl.Component;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/** What a {@link SlidingWindow} takes, in the order of its parts. */
final class WindowCost {
    private WindowCost() {}

    static Resources of(SlidingWindow.Config config, Family family) {
        Fabric fabric = Fabric.of(family);
        WindowOrder order = config.order();
        int loops = order.loops().size();
        // Both levels are sums of what they were, a step that the loops choose, and a carry.
        int levels = 2 * Component.bitsFor(config.inputWords()) + 2;
        Resources cost = new Resources(2 * levels + 8, levels + 1, 0, 0, loops + 3);
        for (int loop = 0; loop < loops - 1; loop++) {
            cost = cost.plus(fabric.counter(order.loops().get(loop).count()));
        }
        int words = config.ringWords();
        int address = Fabric.addressBits(words);
        boolean even = Integer.bitCount(words) == 1;
        cost = cost.plus(fabric.counter(words))
                .plus(new Resources(even ? 2 * address : 5 * address, address, 0, 0, loops + (even ? 1 : 2)));
        return cost.plus(fabric.ram(config.wordBits(), words, config.style(), true));
    }
}
