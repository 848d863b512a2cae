package org.bitloom.blocks;

import java.util.List;
import org.bitloom.blocks.SlidingWindow.Config;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.verilog.Family;

/**
 * The paths between registers in a {@link SlidingWindow}: which loops are in their last rounds chooses the step by which
 * the counts of words and the address go on. Whether a word is read decides it as well, as late as the flags of the
 * registers let it.
 */
final class WindowPaths {
    private WindowPaths() {}

    static List<LogicPath> of(Config config, Family family) {
        Fabric fabric = Fabric.of(family);
        WindowOrder order = config.order();
        int loops = order.loops().size() - 1;
        int ends = config.ahead()
                ? 0
                : order.loops().subList(0, loops).stream()
                        .mapToInt(loop -> fabric.depth(Fabric.addressBits(loop.count())))
                        .max()
                        .orElse(0);
        int chosen = fabric.depth(loops);
        int words = Math.max(SlidingWindow.availableBits(config), SlidingWindow.filledBits(config)) + 1;
        // A ring of an odd number of words goes round where a second sum is not negative.
        boolean even = Integer.bitCount(config.ringWords()) == 1;
        return List.of(
                LogicPath.of("control", Math.max(1, ends) + chosen + 1, words),
                LogicPath.of("loops", Math.max(1, ends) + chosen + 1, 0),
                LogicPath.of("address", ends + chosen + (even ? 1 : 2), Fabric.addressBits(config.ringWords())),
                LogicPath.of("memory", isBlock(config, family) ? 0 : fabric.readDepth(config.wordBits(), config.ringWords()), 0));
    }

    /** Whether the words lie in block memory. */
    static boolean isBlock(Config config, Family family) {
        return Fabric.of(family).ram(config.wordBits(), config.ringWords(), config.style(), true).bram() > 0;
    }
}
