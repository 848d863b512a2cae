package org.bitloom.blocks;

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
        // Each bit of a sum takes a step that the loops choose: on Xilinx in the adder's own LUT.
        int bit = fabric.hasChoosingAdders() ? 1 : 2;
        int levels = SlidingWindow.availableBits(config) + SlidingWindow.filledBits(config);
        Resources cost = new Resources(bit * levels + 5, levels + 1, 0, 0, loops + 3);
        for (int loop = 0; loop < loops - 1; loop++) {
            cost = cost.plus(fabric.counter(order.loops().get(loop).count()))
                    .plus(Resources.flipFlops(config.ahead() ? 1 : 0));
        }
        int words = config.ringWords();
        int address = Fabric.addressBits(words);
        boolean even = Integer.bitCount(words) == 1;
        int steps = even ? bit : 2 * bit + 1;
        cost = cost.plus(fabric.counter(words))
                .plus(new Resources(steps * address, address, 0, 0, loops + (even ? 1 : 2)));
        return cost.plus(fabric.ram(config.wordBits(), words, config.style(), true));
    }
}
